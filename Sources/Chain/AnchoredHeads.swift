/// An anchor as it is kept: its root, which gets published, and the heads that the root stands for. Proofs are made with
/// it, and it shows what has changed since.
public struct AnchoredHeads: Hashable, Sendable {
  /// The first line of the file.
  public struct Header: Hashable, Sendable, Encodable {
    /// The root of the tree over the heads.
    public var root: Hash
    /// How many heads there are.
    public var instances: Int
    /// When the anchor was made, as `2026-01-02T03:04:05Z`. The root does not cover it: it is a note.
    public var at: String

    /// The fields in a file.
    enum CodingKeys: String, CodingKey, CaseIterable {
      case root
      case instances
      case at
    }
  }

  /// What it says of itself.
  public let header: Header
  /// A head an instance, in the order of the leaves.
  public let heads: [Head]

  /// An anchor over heads that are in the order of the leaves.
  public init(_ heads: [Head], at time: String) {
    header = Header(root: MerkleTree(heads).root, instances: heads.count, at: time)
    self.heads = heads
  }
}
