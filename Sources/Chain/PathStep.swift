/// A step on the way from a leaf to the root of a tree: the hash beside the way, and on which side it stands.
///
/// The side is all that there is to know of where a leaf is, and it goes into the root. A proof that said the leaf's index
/// and the size of the tree would say more than its root bears out.
public enum PathStep: Hashable, Sendable {
  /// The hash stands on the left of the way.
  case left(Hash)
  /// The hash stands on the right of the way.
  case right(Hash)

  /// The node above, of the node that the way has come to.
  func node(above hash: Hash) -> Hash {
    switch self {
    case .left(let left): MerkleTree.node(left, hash)
    case .right(let right): MerkleTree.node(hash, right)
    }
  }
}
