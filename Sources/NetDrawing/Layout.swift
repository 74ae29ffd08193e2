public import PetriNet

/// Where the nodes of a picture are on the paper, and what way the edges take. The unit is a pixel; y grows downwards.
public struct Layout: Hashable, Sendable {
  /// The middle of each node.
  public let nodes: [Position]
  /// The ways of the edges.
  public let edges: [Way]

  /// The way of an edge.
  public struct Way: Hashable, Sendable {
    /// The points of a Bézier spline of third degree, 1 + 3·n of them; none for a straight line.
    public var spline: [Position] = []
    /// The middle of its label; nil for the middle of the way.
    public var label: Position?
  }

  /// The drawing's own positions, made larger until no two nodes lie on each other; nil when some node has none or two
  /// stand at one point.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - picture: its picture.
  public init?(of net: Net, picture: Picture) {
    let own = net.places.map(\.position) + net.transitions.map(\.position)
    let points = own.compactMap(\.self)
    guard points.count == own.count, points.allSatisfy({ $0.x.magnitude < 1e6 && $0.y.magnitude < 1e6 }),
      let scale = Self.scale(points, sizes: picture.nodes.map(\.size))
    else { return nil }
    nodes = points.map { Position(x: $0.x * scale, y: $0.y * scale) }
    edges = Array(repeating: Way(), count: picture.edges.count)
  }

  /// By how much points have to move apart so that nodes of some sizes do not touch, but no more than four times; nil
  /// when two are the same.
  private static func scale(_ points: [Position], sizes: [Size]) -> Double? {
    let order = points.indices.sorted { (points[$0].x, $0) < (points[$1].x, $1) }
    let widest = sizes.map(\.width).max() ?? 0
    var scale = 1.0
    for (rank, one) in order.enumerated() {
      for other in order[(rank + 1)...] {
        let (dx, dy) = (points[other].x - points[one].x, (points[other].y - points[one].y).magnitude)
        guard dx < widest + 10 else { break }
        guard dx > 1e-3 || dy > 1e-3 else { return nil }
        let width = (sizes[one].width + sizes[other].width) / 2 + 10
        let height = (sizes[one].height + sizes[other].height) / 2 + 10
        scale = max(scale, min(width / dx, height / dy))
      }
    }
    return min(scale, 4)
  }
}

extension Layout {
  /// What Graphviz' `dot` is given to find a layout: the sizes of nodes and labels, and which belong together.
  public static func input(for picture: Picture) -> String {
    let nodes = picture.nodes.enumerated().map { index, node in
      "n\(index) [width=\(node.size.width / inch), height=\(node.size.height / inch)]"
    }
    let edges = picture.edges.map { edge in
      let label = edge.size.map { size in
        let (width, height) = ((size.width * point).rounded(.up), (size.height * point).rounded(.up))
        return """
           [label=<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="\(Int(width))" HEIGHT="\(Int(height))"><TR><TD></TD></TR></TABLE>>]
          """
      }
      return "n\(edge.from) -> n\(edge.to)\(label ?? "")"
    }
    return """
      digraph {
      rankdir=\(picture.direction.rawValue)
      node [shape=box, fixedsize=true, label=""]
      edge [arrowhead=none]
      \((nodes + edges).joined(separator: "\n"))
      }

      """
  }

  /// Pixels.
  private static let inch = 96.0
  /// What a pixel is in the unit of tables, 1/72 of an inch.
  private static let point = 72 / inch

  /// The layout that `dot -Tplain` answers; nil when this is none of the picture.
  ///
  /// Its unit is an inch and its y grows upwards (graphviz.org/docs/outputs/plain). It names an edge by its ends; those
  /// with the same ends come in the order in which they were given.
  public init?(plain: String, of picture: Picture) {
    struct Ends: Hashable {
      let from: Substring
      let to: Substring
    }
    var nodes: [Substring: Position] = [:]
    var edges: [Ends: [Way]] = [:]
    for line in plain.split(separator: "\n") {
      let words = line.split(separator: " ")
      func points(at index: Int, count: Int) -> [Position]? {
        guard count >= 0, count <= words.count, index + 2 * count <= words.count else { return nil }
        let numbers = words[index..<(index + 2 * count)].compactMap { Double($0) }
        guard numbers.count == 2 * count, numbers.allSatisfy({ $0.magnitude < 1e6 }) else { return nil }
        return (0..<count).map { Position(x: numbers[2 * $0] * Self.inch, y: -numbers[2 * $0 + 1] * Self.inch) }
      }
      switch words.first {
      case "node":
        guard words.count > 1, let point = points(at: 2, count: 1) else { return nil }
        nodes[words[1]] = point[0]
      case "edge":
        guard words.count > 3, let count = Int(words[3]), count % 3 == 1, let spline = points(at: 4, count: count)
        else {
          return nil
        }
        // After the points a label and its middle, if there is one, and then a style and a colour.
        let label = words.count > 4 + 2 * count + 4 ? points(at: words.count - 4, count: 1)?.first : nil
        edges[Ends(from: words[1], to: words[2]), default: []].append(Way(spline: spline, label: label))
      default: continue
      }
    }
    let found = picture.nodes.indices.compactMap { nodes["n\($0)"] }
    for ends in edges.keys { edges[ends]?.reverse() }
    let ways = picture.edges.compactMap { edge in edges[Ends(from: "n\(edge.from)", to: "n\(edge.to)")]?.popLast() }
    guard found.count == picture.nodes.count, ways.count == picture.edges.count else { return nil }
    self.nodes = found
    self.edges = ways
  }
}
