/// Where the chain of an instance stands: the leaf of an anchor.
public struct Head: Hashable, Sendable, Codable {
  /// The net.
  public var net: String
  /// The instance.
  public var id: String
  /// How many events it has had.
  public var seq: Int
  /// The hash of its last event, in hexadecimal digits; before the first, of its beginning.
  public var hash: String

  /// Where a chain stands.
  public init(net: String, id: String, seq: Int, hash: String) {
    self.net = net
    self.id = id
    self.seq = seq
    self.hash = hash
  }

  /// What the tree hashes: net and instance as texts with their lengths, the seq, the hash.
  var leaf: [UInt8] { Array("\(field(net))\(field(id))\(seq),\(hash),".utf8) }

  /// The order of the leaves: by net, then by instance, both by their bytes.
  public static func precedes(_ left: Head, _ right: Head) -> Bool {
    left.net == right.net
      ? left.id.utf8.lexicographicallyPrecedes(right.id.utf8) : left.net.utf8.lexicographicallyPrecedes(right.net.utf8)
  }
}
