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
    /// Microseconds since 1970.
    public let moment: Int
  }

  private let start: String
  private var links: [Bytewise: [Link]] = [:]

  /// The chains of a net that has no instances yet.
  public init(_ net: ReferenceNet) {
    let digest = Array(SHA256.hash(data: Array(net.net.canonicalForm.utf8)))
    start = Self.field(net.net.name) + Self.field(Self.digits(digest))
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
    let counts = "{" + instance.marking(after: seq).counts.map(String.init).joined(separator: ",") + "}"
    var bytes: [UInt8]
    if seq == 0 {
      bytes = Array((start + Self.field(id) + "\(moment)," + counts).utf8)
    } else {
      guard let before = links[name]?.last, links[name]?.count == seq else { return nil }
      let event = instance.events[seq - 1]
      let asked =
        Self.field(id) + Self.field(net.net.transitions[event.transition].name) + "\(event.multiple),"
        + Self.field(event.payload.printed) + Self.field(event.actor) + Self.field(event.key)
      bytes = before.bytes
      bytes += Array((asked + "\(seq),\(moment)," + Self.field(event.role) + counts).utf8)
    }
    let hash = Array(SHA256.hash(data: bytes))
    let link = Link(at: at, hash: Self.digits(hash), bytes: hash, moment: moment)
    links[name, default: []].append(link)
    return link
  }

  private static func field(_ text: String?) -> String { text.map { "\($0.unicodeScalars.count):\($0)," } ?? ":," }

  private static func digits(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// The microseconds since 1970 of a time as PostgreSQL prints it in JSON, in UTC: `2026-01-02T03:04:05.000006+00:00`.
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
  let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * march + 2) / 5 + day - 1 - 719_468
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000 + micro
}
