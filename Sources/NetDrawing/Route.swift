import PetriNet

/// The way that an edge takes, from the border of one node to that of another: a Bézier spline of third degree.
struct Route {
  /// 1 + 3·n points.
  let points: [Position]

  /// In the words of SVG.
  var path: String {
    func words(_ points: some Sequence<Position>) -> String {
      points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: " ")
    }
    return "M\(words(points.prefix(1)))C\(words(points.dropFirst()))"
  }

  /// A point about half way.
  var middle: Position {
    let curves = (points.count - 1) / 3
    let curve = points[(3 * (curves / 2))...].prefix(4)
    let weights = curves.isMultiple(of: 2) ? [1.0, 0, 0, 0] : [0.125, 0.375, 0.375, 0.125]
    return zip(curve, weights).reduce(Position(x: 0, y: 0)) { sum, part in
      Position(x: sum.x + part.1 * part.0.x, y: sum.y + part.1 * part.0.y)
    }
  }
}

/// The ways of all edges. Where the layout has none an edge goes straight, and edges between the same two nodes bend
/// around each other.
func routes(_ picture: Picture, _ layout: Layout) -> [Route] {
  struct Pair: Hashable {
    let low: Int
    let high: Int
    init(_ edge: Picture.Edge) { (low, high) = (min(edge.from, edge.to), max(edge.from, edge.to)) }
  }
  let counts = Dictionary(grouping: picture.edges, by: Pair.init).mapValues(\.count)
  var numbers: [Pair: Int] = [:]
  return picture.edges.enumerated().map { index, edge in
    let pair = Pair(edge)
    let number = numbers[pair, default: 0]
    numbers[pair] = number + 1
    let (from, to) = (layout.nodes[edge.from], layout.nodes[edge.to])
    var points = layout.edges[index].spline
    if points.isEmpty {
      let bend = (Double(number) - Double((counts[pair] ?? 1) - 1) / 2) * 30
      points = edge.from == edge.to ? loop(at: from, number) : curve(from, to, bend: edge.from < edge.to ? bend : -bend)
    }
    points[0] = picture.nodes[edge.from].border(from, towards: points[1])
    points[points.count - 1] = picture.nodes[edge.to].border(to, towards: points[points.count - 2])
    return Route(points: points)
  }
}

/// A line that goes to the side by so much in its middle.
private func curve(_ from: Position, _ to: Position, bend: Double) -> [Position] {
  let (dx, dy) = (to.x - from.x, to.y - from.y)
  let length = max((dx * dx + dy * dy).squareRoot(), 1)
  // The middle of the curve lies three quarters as far out as the points in between.
  let (sideX, sideY) = (-dy / length * bend / 0.75, dx / length * bend / 0.75)
  func between(_ part: Double) -> Position { Position(x: from.x + part * dx + sideX, y: from.y + part * dy + sideY) }
  return [from, between(1.0 / 3), between(2.0 / 3), to]
}

/// A line from a node to itself, above it.
private func loop(at middle: Position, _ number: Int) -> [Position] {
  let (width, height) = (30.0, 60.0 + 20 * Double(number))
  return [
    middle, Position(x: middle.x - width, y: middle.y - height), Position(x: middle.x + width, y: middle.y - height),
    middle,
  ]
}

extension Picture.Node {
  /// Where a line from the middle of the node towards a point leaves it.
  fileprivate func border(_ middle: Position, towards point: Position) -> Position {
    let (dx, dy) = (point.x - middle.x, point.y - middle.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0 else { return middle }
    let part =
      switch shape {
      case .place: Self.radius / length
      case .transition, .marking:
        min(size.width / 2 / max(dx.magnitude, 1e-9), size.height / 2 / max(dy.magnitude, 1e-9))
      }
    return Position(x: middle.x + part * dx, y: middle.y + part * dy)
  }
}
