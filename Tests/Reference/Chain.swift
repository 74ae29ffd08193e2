internal import Crypto
internal import PetriNet

/// The hash chains of a net's instances, computed as `docs/hash-chain.md` says from the times that the database answers.
public struct Chain: Sendable {
  /// A point of a chain.
  public struct Link: Hashable, Sendable {
    /// When, as the database prints it in JSON.
    public let at: String
    /// The hash, in hexadecimal digits.
    public let hash: String
    fileprivate let bytes: [UInt8]
    /// Microseconds since 2000.
    public let moment: Int
  }

  private let digest: [UInt8]
  private var links: [Bytewise: [Link]] = [:]

  /// The chains of a net that has no instances yet.
  public init(_ net: ReferenceNet) {
    digest = Array(SHA256.hash(data: Array(net.net.canonicalForm.utf8)))
  }

  /// The link of an event, of seq 0 that of the beginning, if it was added.
  public func link(_ id: String, _ seq: Int) -> Link? {
    guard let links = links[Bytewise(id)], links.indices.contains(seq) else { return nil }
    return links[seq]
  }

  /// Adds the beginning of an instance, or its next event.
  ///
  /// - Returns: the link; nil when the time is none.
  public mutating func add(_ id: String, _ seq: Int, at: String, in net: ReferenceNet) -> Link? {
    guard let moment = microseconds(at), let instance = net[id] else { return nil }
    let name = Bytewise(id)
    let bytes: [UInt8]
    if seq == 0 {
      let root = Self.encoded("ptflow 1,", [net.net.name, Self.digits(digest), id], "")
      bytes = Self.encoded(
        Array(SHA256.hash(data: root)), moment, "{}", 1, [nil, "", instance.role], instance.actor)
    } else {
      guard let before = links[name]?.last, links[name]?.count == seq else { return nil }
      let event = instance.events[seq - 1]
      let key = event.key.map { Self.digits(Array(SHA256.hash(data: Array($0.utf8)))) }
      bytes = Self.encoded(
        before.bytes, moment, event.payload.printed, event.multiple,
        [key, net.net.transitions[event.transition].name, event.role], event.actor)
    }
    let hash = Array(SHA256.hash(data: bytes))
    let link = Link(at: at, hash: Self.digits(hash), bytes: hash, moment: moment)
    links[name, default: []].append(link)
    return link
  }

  /// What is hashed of an event: the hash before it, the time, the hash of the payload, and the rest as text.
  private static func encoded(
    _ previous: [UInt8], _ moment: Int, _ payload: String, _ multiple: Int, _ texts: [String?], _ actor: String
  ) -> [UInt8] {
    let time = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: moment >> $0) }
    return previous + time + SHA256.hash(data: Array(payload.utf8)) + encoded("\(multiple),", texts, actor)
  }

  /// Texts with the number of their code points, between two that have none.
  private static func encoded(_ start: String, _ texts: [String?], _ end: String) -> [UInt8] {
    let fields = texts.map { text in
      guard let text else { return ":," }
      return String(text.unicodeScalars.count) + ":" + text + ","
    }
    return Array((start + fields.joined() + end).utf8)
  }

  private static func digits(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// The microseconds since 2000 of a time as PostgreSQL prints it in JSON, in UTC: `2026-01-02T03:04:05.000006+00:00`.
func microseconds(_ time: String) -> Int? {
  let bytes = Array(time.utf8)
  guard bytes.count >= 25, time.hasSuffix("+00:00") else { return nil }
  func number(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }
  guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
    let minute = number(14..<16), let second = number(17..<19)
  else { return nil }
  let fraction = String(decoding: bytes[19..<(bytes.count - 6)].dropFirst(), as: UTF8.self)
  guard fraction.count <= 6, let micro = Int(fraction + String(repeating: "0", count: 6 - fraction.count)) else {
    return nil
  }
  // Days of the civil calendar, in years that begin in March.
  let (shifted, march) = (month > 2 ? year : year - 1, (month + 9) % 12)
  let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * march + 2) / 5 + day - 1 - 730_425
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000 + micro
}
