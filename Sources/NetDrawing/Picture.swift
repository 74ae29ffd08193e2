/// What is to be drawn: nodes and the edges between them, without a place on the paper.
public struct Picture: Hashable, Sendable {
  /// What stands for a thing.
  public struct Node: Hashable, Sendable {
    /// What it looks like.
    public enum Shape: Hashable, Sendable {
      /// A circle with tokens in it, and with the most that fit.
      case place(tokens: Int, capacity: Int?)
      /// A box; drawn strongly when it can fire.
      case transition(isEnabled: Bool)
      /// A marking in a graph of markings.
      case marking(isInitial: Bool, isDead: Bool)
    }

    /// What it looks like.
    public var shape: Shape
    /// What is written at it.
    public var label: String

    /// A node.
    public init(_ shape: Shape, label: String) {
      self.shape = shape
      self.label = label
    }
  }

  /// A line between two nodes.
  public struct Edge: Hashable, Sendable {
    /// What is at its end.
    public enum Head: Hashable, Sendable {
      /// An arrow: tokens go this way, or a step leads there.
      case arrow
      /// A small circle: an inhibitor.
      case circle
      /// A small disc: tokens are read.
      case disc
      /// Two arrows: a reset.
      case twoArrows
    }

    /// The index of the node where it begins.
    public var from: Int
    /// The index of the node where it ends.
    public var to: Int
    /// What is at its end.
    public var head: Head
    /// What is written at it; nil for nothing.
    public var label: String?

    /// An edge.
    public init(from: Int, to: Int, head: Head = .arrow, label: String? = nil) {
      self.from = from
      self.to = to
      self.head = head
      self.label = label
    }
  }

  /// Where edges lead for the most part, in the words of Graphviz and Mermaid.
  public enum Direction: String, Hashable, Sendable {
    /// Left to right.
    case right = "LR"
    /// From top to bottom, which suits nodes that are wide.
    case down = "TB"
  }

  /// What the picture is of.
  public var title: String
  /// Where edges lead for the most part.
  public var direction: Direction
  /// The nodes.
  public var nodes: [Node]
  /// The edges.
  public var edges: [Edge]

  /// A picture.
  public init(title: String, direction: Direction = .right, nodes: [Node], edges: [Edge]) {
    self.title = title
    self.direction = direction
    self.nodes = nodes
    self.edges = edges
  }
}
