import PetriNet

/// A picture as an SVG document of its own.
///
/// - Parameters:
///   - picture: what to draw.
///   - layout: where.
/// - Returns: the document.
public func svg(_ picture: Picture, layout: Layout) -> String {
  let routes = routes(picture, layout)
  let edges = zip(picture.edges, zip(routes, layout.edges)).map { edge, way in
    edge.svg(along: way.0, label: way.1.label ?? way.0.middle)
  }
  let nodes = zip(picture.nodes, layout.nodes).map { $0.svg(at: $1) }
  let labels = edges.compactMap(\.label) + nodes.map(\.label)
  let box = Box(around: picture, layout, routes)
  return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="\(number(box.left)) \(number(box.top)) \(number(box.width)) \
    \(number(box.height))" width="\(number(box.width))" height="\(number(box.height))" font-family="Helvetica, Arial, \
    sans-serif" font-size="11">
    <title>\(escaped(picture.title))</title>
    <defs>
    <marker id="arrow" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="8" markerHeight="8" \
    orient="auto"><path d="M0 1 10 5 0 9z"/></marker>
    <marker id="twoArrows" viewBox="0 0 20 10" refX="20" refY="5" markerWidth="16" markerHeight="8" \
    orient="auto"><path d="M0 1 10 5 0 9zM10 1 20 5 10 9z"/></marker>
    <marker id="circle" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="9" markerHeight="9" \
    orient="auto"><circle cx="5" cy="5" r="4" fill="white" stroke="black"/></marker>
    <marker id="disc" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="7" markerHeight="7" \
    orient="auto"><circle cx="5" cy="5" r="4"/></marker>
    </defs>
    <rect x="\(number(box.left))" y="\(number(box.top))" width="\(number(box.width))" height="\(number(box.height))" \
    fill="white"/>
    <g fill="none" stroke="black">
    \(edges.map(\.line).joined(separator: "\n"))
    </g>
    <g fill="white" stroke="black" text-anchor="middle">
    \(nodes.map(\.shape).joined(separator: "\n"))
    </g>
    <g text-anchor="middle" stroke="white" stroke-width="4" paint-order="stroke" fill="black">
    \(labels.joined(separator: "\n"))
    </g>
    </svg>

    """
}

/// The paper that a picture takes.
private struct Box {
  private(set) var left = Double.infinity
  private(set) var top = Double.infinity
  private var right = -Double.infinity
  private var bottom = -Double.infinity

  init(around picture: Picture, _ layout: Layout, _ routes: [Route]) {
    let margin = 10.0
    for (node, middle) in zip(picture.nodes, layout.nodes) {
      add(middle, node.size.width / 2 + margin, node.size.height / 2 + margin)
    }
    for point in routes.flatMap(\.points) { add(point, margin, margin) }
    for (edge, way) in zip(picture.edges, layout.edges) {
      if let label = way.label, let size = edge.size { add(label, size.width / 2, size.height / 2) }
    }
    if left > right { (left, top, right, bottom) = (0, 0, 1, 1) }
  }

  var width: Double { right - left }
  var height: Double { bottom - top }

  private mutating func add(_ point: Position, _ width: Double, _ height: Double) {
    left = min(left, point.x - width)
    right = max(right, point.x + width)
    top = min(top, point.y - height)
    bottom = max(bottom, point.y + height)
  }
}

extension Picture.Edge {
  /// The line, and what is written at it.
  fileprivate func svg(along route: Route, label middle: Position) -> (line: String, label: String?) {
    let head =
      switch head {
      case .arrow: "arrow"
      case .circle: "circle"
      case .disc: "disc"
      case .twoArrows: "twoArrows"
      }
    let line = "<path d=\"\(route.path)\" marker-end=\"url(#\(head))\"/>"
    return (line, shortLines.isEmpty ? nil : text(shortLines, around: middle))
  }
}

extension Picture.Node {
  /// What stands for it, and what is written at it.
  fileprivate func svg(at middle: Position) -> (shape: String, label: String) {
    let (x, y) = (middle.x, middle.y)
    let title = "<title>\(escaped(label))</title>"
    switch shape {
    case .place(let tokens, _):
      let circle = "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(Self.radius))\"/>"
      let inside = (1...5).contains(tokens) ? dots(tokens, at: middle) : tokens == 0 ? "" : count(tokens, at: middle)
      return ("<g>\(title)\(circle)\(inside)</g>", text(shortLabel, x, y + Self.radius + Self.lineHeight - 2))
    case .transition, .marking:
      let rounding = if case .marking = shape { " rx=\"8\"" } else { "" }
      let filling = isDead ? " fill=\"#dddddd\"" : ""
      let width = isStrong ? " stroke-width=\"2.5\"" : ""
      let box = """
        <rect x="\(number(x - size.width / 2))" y="\(number(y - size.height / 2))" width="\(number(size.width))" \
        height="\(number(size.height))"\(rounding)\(filling)\(width)/>
        """
      return ("<g>\(title)\(box)</g>", text(shortLines, around: middle))
    }
  }

  /// Many tokens, in the circle.
  private func count(_ tokens: Int, at middle: Position) -> String {
    let digits = "\(tokens)"
    let size = digits.count <= 5 ? "" : " font-size=\"\(number(65 / Double(digits.count)))\""
    return """
      <text x="\(number(middle.x))" y="\(number(middle.y + 4))"\(size) fill="black" stroke="none">\(digits)</text>
      """
  }

  /// Tokens one by one, as on a die.
  private func dots(_ count: Int, at middle: Position) -> String {
    let points: [(Double, Double)] =
      switch count {
      case 1: [(0, 0)]
      case 2: [(-1, 0), (1, 0)]
      case 3: [(0, -1), (-1, 0.8), (1, 0.8)]
      case 4: [(-1, -1), (1, -1), (-1, 1), (1, 1)]
      case 5: [(-1.2, -1.2), (1.2, -1.2), (0, 0), (-1.2, 1.2), (1.2, 1.2)]
      default: []
      }
    return points.map { dx, dy in
      "<circle cx=\"\(number(middle.x + 7 * dx))\" cy=\"\(number(middle.y + 7 * dy))\" r=\"4\" fill=\"black\"/>"
    }.joined()
  }
}

/// Lines of text around a point.
private func text(_ lines: [String], around middle: Position) -> String {
  let top = middle.y + 4 - Picture.Node.lineHeight * Double(lines.count - 1) / 2
  return lines.enumerated().map { text($1, middle.x, top + Picture.Node.lineHeight * Double($0)) }.joined()
}

/// A line of text around a point.
private func text(_ text: String, _ x: Double, _ y: Double) -> String {
  "<text x=\"\(number(x))\" y=\"\(number(y))\">\(escaped(text))</text>"
}

/// A number of pixels, to a tenth.
func number(_ value: Double) -> String {
  let tenths = (value * 10).rounded() / 10
  return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
}

/// Text as XML holds it.
private func escaped(_ text: String) -> String {
  var escaped = ""
  for scalar in text.printable.unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}
