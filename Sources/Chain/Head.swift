/// Where the chain of an instance stands: the leaf of an anchor.
public struct Head: Hashable, Sendable, Encodable {
  /// The net.
  public var net: String
  /// The instance.
  public var id: String
  /// The seq of its last event; 0 is its beginning.
  public var seq: Int
  /// The hash of its last event.
  public var hash: Hash

  /// The fields in a file.
  enum CodingKeys: String, CodingKey, CaseIterable {
    case net
    case id
    case seq
    case hash
  }

  /// Where a chain stands.
  public init(net: String, id: String, seq: Int, hash: Hash) {
    self.net = net
    self.id = id
    self.seq = seq
    self.hash = hash
  }

  /// What the tree hashes: net and instance as texts with their lengths, the seq, the hash.
  var leaf: [UInt8] { Array("\(field(net))\(field(id))\(seq),\(hash),".utf8) }

  /// Whether it is the head of an instance; names are the same when their bytes are, as in PostgreSQL.
  public func belongs(to net: String, _ id: String) -> Bool {
    self.net.utf8.elementsEqual(net.utf8) && self.id.utf8.elementsEqual(id.utf8)
  }

  /// The order of the leaves: by net, then by instance, both by their bytes.
  public static func precedes(_ left: Head, _ right: Head) -> Bool {
    left.net.utf8.elementsEqual(right.net.utf8)
      ? left.id.utf8.lexicographicallyPrecedes(right.id.utf8) : left.net.utf8.lexicographicallyPrecedes(right.net.utf8)
  }
}
