/// An event as its hash sees it; `docs/hash-chain.md` describes the encoding.
public struct ChainedEvent: Hashable, Sendable, Codable {
  /// The transition.
  public var action: String
  /// How many firings in a row.
  public var multiple: Int
  /// The payload, as PostgreSQL prints the jsonb.
  public var payload: String
  /// The role of the database that fired it.
  public var actor: String
  /// The caller's own name for it.
  public var key: String?
  /// Which event of its instance it is, from 1.
  public var seq: Int
  /// When, in microseconds since 1970.
  public var at: Int
  /// The role of the net under which it was fired.
  public var role: String
  /// The tokens after it, in the order of the net's places.
  public var marking: [Int]

  /// An event of its parts.
  public init(
    action: String, multiple: Int, payload: String, actor: String, key: String?, seq: Int, at: Int, role: String,
    marking: [Int]
  ) {
    self.action = action
    self.multiple = multiple
    self.payload = payload
    self.actor = actor
    self.key = key
    self.seq = seq
    self.at = at
    self.role = role
    self.marking = marking
  }

  /// Its hash, after the one before it.
  ///
  /// - Parameters:
  ///   - previous: the hash of the event before it, or of the beginning.
  ///   - id: the instance.
  /// - Returns: what stands in `events.hash`.
  public func hash(after previous: Hash, id: String) -> Hash {
    let text =
      field(id) + field(action) + "\(multiple)," + field(payload) + field(actor) + field(key) + "\(seq),\(at),"
      + field(role) + array(marking)
    return Hash(of: previous.bytes + Array(text.utf8))
  }
}

/// The beginning of an instance, from which its chain starts.
public struct Genesis: Hashable, Sendable {
  /// The net's name.
  public var net: String
  /// The net's digest, in hexadecimal digits.
  public var digest: String
  /// The instance.
  public var id: String
  /// When it began, in microseconds since 1970.
  public var createdAt: Int
  /// The initial marking.
  public var initial: [Int]

  /// The beginning of an instance.
  public init(net: String, digest: String, id: String, createdAt: Int, initial: [Int]) {
    self.net = net
    self.digest = digest
    self.id = id
    self.createdAt = createdAt
    self.initial = initial
  }

  /// The hash before the first event.
  public var hash: Hash {
    Hash(of: Array((field(net) + field(digest) + field(id) + "\(createdAt)," + array(initial)).utf8))
  }
}

/// A text with its length before it; an absent one has none.
func field(_ text: String?) -> String {
  text.map { "\($0.unicodeScalars.count):\($0)," } ?? ":,"
}

/// Numbers as PostgreSQL writes an array.
private func array(_ numbers: [Int]) -> String { "{" + numbers.map(String.init).joined(separator: ",") + "}" }
