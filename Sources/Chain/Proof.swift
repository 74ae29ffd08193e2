/// That an instance had a history, and no other, when an anchor was made: its events from the beginning to the anchored
/// one, and the way from there to the anchor's root. It needs nothing else to be checked.
public struct Proof: Hashable, Sendable, Encodable {
  /// The number of the encoding by which its events are hashed.
  public private(set) var encoding = ChainedEvent.encoding
  /// The net's name.
  public var net: String
  /// The canonical form of the net, in the version that the instance keeps.
  public var canonicalForm: String
  /// The instance.
  public var id: String
  /// Its events from seq 0, the beginning, to the anchored one.
  public var events: [ChainedEvent]
  /// The way from the instance's leaf to the root, from below.
  public var path: [PathStep]

  /// The fields in a file.
  enum CodingKeys: String, CodingKey, CaseIterable {
    case encoding
    case net
    case canonicalForm = "canonical_form"
    case id
    case events
    case path
  }

  /// A proof of its parts.
  public init(net: String, canonicalForm: String, id: String, events: [ChainedEvent], path: [PathStep]) {
    self.net = net
    self.canonicalForm = canonicalForm
    self.id = id
    self.events = events
    self.path = path
  }

  /// Where the chain stands after the last event; the seq of a chain without events is -1.
  public var head: Head {
    let root = ChainRoot(net: net, digest: Hash(of: Array(canonicalForm.utf8)), id: id)
    let hash = events.reduce(root.hash) { $1.hash(after: $0) }
    return Head(net: net, id: id, seq: events.count - 1, hash: hash)
  }

  /// The root of the anchor that the proof leads to.
  public var root: Hash { MerkleTree.root(from: head, along: path) }
}
