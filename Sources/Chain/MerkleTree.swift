/// A tree of hashes over the heads of all chains: its root stands for all of them, and a short path shows that one of
/// them is in it.
///
/// It is the tree of RFC 6962 (Certificate Transparency), section 2.1: a leaf is hashed after a byte 0, a node after a
/// byte 1, so that neither passes for the other, and a tree of n leaves is divided at the largest power of two below n.
public struct MerkleTree: Sendable {
  /// The hashes of the leaves, in order.
  private let leaves: [Hash]

  /// A tree over heads, in the order in which they are given.
  public init(_ heads: [Head]) {
    leaves = heads.map { Hash(of: [0] + $0.leaf) }
  }

  /// The hash that stands for all leaves; of no leaf, the hash of nothing.
  public var root: Hash { Self.root(of: leaves[...]) }

  /// The way from a leaf to the root, from below.
  public func path(to index: Int) -> [PathStep] {
    var path: [PathStep] = []
    var part = leaves[...]
    while part.count > 1 {
      let middle = part.startIndex + Self.half(part.count)
      if index < middle {
        path.append(.right(Self.root(of: part[middle...])))
        part = part[..<middle]
      } else {
        path.append(.left(Self.root(of: part[..<middle])))
        part = part[middle...]
      }
    }
    return path.reversed()
  }

  /// The root that a path leads to.
  ///
  /// - Parameters:
  ///   - head: the leaf.
  ///   - path: the way from it, from below.
  /// - Returns: the root, to be compared with the one that is known.
  public static func root(from head: Head, along path: [PathStep]) -> Hash {
    path.reduce(Hash(of: [0] + head.leaf)) { hash, step in step.node(above: hash) }
  }

  private static func root(of leaves: ArraySlice<Hash>) -> Hash {
    guard let first = leaves.first else { return Hash(of: []) }
    guard leaves.count > 1 else { return first }
    let middle = leaves.startIndex + half(leaves.count)
    return node(root(of: leaves[..<middle]), root(of: leaves[middle...]))
  }

  /// The hash of the node above two others.
  static func node(_ left: Hash, _ right: Hash) -> Hash { Hash(of: [1] + left.bytes + right.bytes) }

  /// The largest power of two below a count of at least two.
  private static func half(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }
}
