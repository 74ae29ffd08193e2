/// An event as its hash sees it: encoding 1 of `docs/hash-chain.md`.
///
/// What the encoding leaves out is derived: the seq from the place in the chain, net, version and instance from the root,
/// the marking by firing.
public struct ChainedEvent: Hashable, Sendable {
  /// The number of the encoding.
  public static let encoding = 1

  /// When, in microseconds since 2000-01-01 00:00:00 UTC.
  public var at: Int
  /// What the caller brought.
  public var payload: Payload
  /// How many firings in a row.
  public var multiple: Int
  /// The sha-256 of the caller's own name for the event.
  public var keyHash: Hash?
  /// The transition; empty for the beginning.
  public var action: String
  /// The net's role under which it was fired, or the instance created.
  public var role: String
  /// The role of the database that did it.
  public var actor: String

  /// An event of its parts.
  public init(
    at: Int, payload: Payload, multiple: Int = 1, keyHash: Hash? = nil, action: String, role: String, actor: String
  ) {
    self.at = at
    self.payload = payload
    self.multiple = multiple
    self.keyHash = keyHash
    self.action = action
    self.role = role
    self.actor = actor
  }

  /// Its hash.
  ///
  /// - Parameter previous: the hash of the event before it, or for the beginning the hash of the root.
  /// - Returns: what stands in `events.hash`.
  public func hash(after previous: Hash) -> Hash {
    let moment = withUnsafeBytes(of: Int64(at).bigEndian) { Array($0) }
    let text = "\(multiple)," + field(keyHash?.description) + field(action) + field(role) + actor
    return Hash(of: previous.bytes + moment + payload.hash.bytes + Array(text.utf8))
  }
}

/// The payload of an event; its hash is all that the chain knows of it.
public enum Payload: Hashable, Sendable {
  /// The payload as PostgreSQL prints the jsonb.
  case text(String)
  /// A payload that was taken out later; its sha-256 stays.
  case redacted(Hash)

  /// The sha-256 of its text.
  public var hash: Hash {
    switch self {
    case .text(let text): Hash(of: Array(text.utf8))
    case .redacted(let hash): hash
    }
  }
}

/// What the chain of an instance begins with: it ties the chain to the instance, the net, and the version of the net.
public struct ChainRoot: Hashable, Sendable {
  /// The net's name.
  public var net: String
  /// The sha-256 of the net's canonical form.
  public var digest: Hash
  /// The instance.
  public var id: String

  /// The root of an instance's chain.
  public init(net: String, digest: Hash, id: String) {
    self.net = net
    self.digest = digest
    self.id = id
  }

  /// The hash before the beginning.
  public var hash: Hash {
    Hash(of: Array(("ptflow \(ChainedEvent.encoding)," + field(net) + field("\(digest)") + field(id)).utf8))
  }
}

/// A text with its length in Unicode code points before it; an absent one has none.
func field(_ text: String?) -> String {
  text.map { "\($0.unicodeScalars.count):\($0)," } ?? ":,"
}
