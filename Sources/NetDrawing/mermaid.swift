/// A picture in the language of Mermaid, which the pages of GitHub and GitLab draw.
///
/// Names stand in quotes, with what means something there as an entity code (mermaid.js.org/syntax/flowchart.html,
/// "Special characters that break syntax").
public func mermaid(_ picture: Picture) -> String {
  let nodes = picture.nodes.enumerated().map { index, node in "  n\(index)\(node.text)" }
  let edges = picture.edges.map { edge in
    let lines = edge.head == .twoArrows ? ["reset"] : edge.lines
    return "  n\(edge.from) \(edge.head.line)\(lines.isEmpty ? "" : "|\(quoted(lines))|") n\(edge.to)"
  }
  func style(_ name: String, _ style: String, of isMeant: (Picture.Node) -> Bool) -> [String] {
    let names = picture.nodes.indices.filter { isMeant(picture.nodes[$0]) }.map { "n\($0)" }
    return names.isEmpty ? [] : ["  classDef \(name) \(style)", "  class \(names.joined(separator: ",")) \(name)"]
  }
  let styles = style("strong", "stroke-width:3px", of: \.isStrong) + style("dead", "fill:#dddddd", of: \.isDead)
  return (["flowchart \(picture.direction.rawValue)"] + nodes + edges + styles).joined(separator: "\n") + "\n"
}

extension Picture.Node {
  fileprivate var text: String {
    switch shape {
    case .place(let tokens, let capacity):
      "((\(quoted([label + (capacity.map { " ≤ \($0)" } ?? ""), tokensInWords(tokens)]))))"
    case .transition: "[\(quoted([label]))]"
    case .marking: "(\(quoted(lines)))"
    }
  }

  /// Whether it is drawn with a strong line: a transition that can fire, the first of markings.
  var isStrong: Bool {
    switch shape {
    case .place: false
    case .transition(let isEnabled): isEnabled
    case .marking(let isInitial, _): isInitial
    }
  }

  /// Whether it is a marking that enables nothing.
  var isDead: Bool { if case .marking(_, isDead: true) = shape { true } else { false } }
}

extension Picture.Edge.Head {
  /// Mermaid has no line with two arrows at one end; such a one is labelled.
  fileprivate var line: String {
    switch self {
    case .arrow: "-->"
    case .circle: "--o"
    case .disc: "-.-"
    case .twoArrows: "-.->"
    }
  }
}

/// Lines as one quoted string; empty ones are left out.
private func quoted(_ lines: [String]) -> String {
  "\"\(lines.filter { !$0.isEmpty }.map(escaped).joined(separator: "<br/>"))\""
}

/// A line without anything that Mermaid or Markdown, which it reads labels as, gives a meaning to.
private func escaped(_ line: String) -> String {
  var escaped = ""
  // As long as there were only digits, a list may begin.
  var isBeginning = true
  for scalar in line.printable.unicodeScalars {
    switch scalar {
    case "\"", "#", "&", "<", ">", ";", "`", "\\", "|", "*", "_", "~": escaped += "#\(scalar.value);"
    case ".", ")", "-", "+", "=": escaped += isBeginning ? "#\(scalar.value);" : String(scalar)
    default: escaped.unicodeScalars.append(scalar)
    }
    isBeginning = isBeginning && ("0"..."9" ~= scalar || scalar == " ")
  }
  return escaped
}
