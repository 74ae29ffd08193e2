/// That an instance had a history, and no other, when an anchor was made: its chain from the beginning to the anchored
/// event, and the way from there to the anchor's root. It needs nothing else to be checked.
public struct Proof: Hashable, Sendable, Codable {
  /// The net's name.
  public var net: String
  /// The net's digest, in hexadecimal digits.
  public var digest: String
  /// The initial marking.
  public var initial: [Int]
  /// The instance.
  public var id: String
  /// When it began, in microseconds since 1970.
  public var createdAt: Int
  /// Its events up to the anchored one.
  public var events: [ChainedEvent]
  /// The place of the instance among the leaves of the anchor.
  public var index: Int
  /// How many leaves the anchor has.
  public var size: Int
  /// The hashes beside the way to the root, from below, in hexadecimal digits.
  public var path: [String]

  /// A proof of its parts.
  public init(
    net: String, digest: String, initial: [Int], id: String, createdAt: Int, events: [ChainedEvent], index: Int,
    size: Int, path: [String]
  ) {
    self.net = net
    self.digest = digest
    self.initial = initial
    self.id = id
    self.createdAt = createdAt
    self.events = events
    self.index = index
    self.size = size
    self.path = path
  }

  /// Where the chain stands after the last event; nil when the events are not 1, 2, 3 ….
  public var head: Head? {
    guard events.enumerated().allSatisfy({ $1.seq == $0 + 1 }) else { return nil }
    let genesis = Genesis(net: net, digest: digest, id: id, createdAt: createdAt, initial: initial)
    let hash = events.reduce(genesis.hash) { $1.hash(after: $0, id: id) }
    return Head(net: net, id: id, seq: events.count, hash: "\(hash)")
  }

  /// The root of the anchor that the proof belongs to; nil when it belongs to none.
  public var root: Hash? {
    let hashes = path.compactMap { Hash($0) }
    guard hashes.count == path.count, let head else { return nil }
    return MerkleTree.root(from: head, at: index, of: size, along: hashes)
  }
}
