/// A picture in the language of Mermaid, which the pages of GitHub and GitLab draw.
///
/// Names stand in quotes, with what means something there as an entity code (mermaid.js.org/syntax/flowchart.html,
/// "Special characters that break syntax").
public func mermaid(_ picture: Picture) -> String {
  let nodes = picture.nodes.enumerated().map { index, node in "  n\(index)\(node.text)" }
  let edges = picture.edges.map { edge in
    let label = edge.head == .twoArrows ? "reset" : edge.label
    return "  n\(edge.from) \(edge.head.line)\(label.map { "|\(quoted([$0]))|" } ?? "") n\(edge.to)"
  }
  let strong = picture.nodes.indices.filter { picture.nodes[$0].isStrong }.map { "n\($0)" }
  let style =
    strong.isEmpty ? [] : ["  classDef strong stroke-width:3px", "  class \(strong.joined(separator: ",")) strong"]
  return (["flowchart LR"] + nodes + edges + style).joined(separator: "\n") + "\n"
}

extension Picture.Node {
  fileprivate var text: String {
    switch shape {
    case .place(let tokens, let capacity):
      "((\(quoted([label + (capacity.map { " ≤ \($0)" } ?? ""), tokensInWords(tokens)]))))"
    case .transition, .marking: "[\(quoted([label]))]"
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
  let escaped = lines.filter { !$0.isEmpty }.map { line in
    line.printable.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "#", "&", "<", ">", ";", "`", "\\", "|", "*", "_", "~": "#\(scalar.value);"
      default: String(scalar)
      }
    }.joined()
  }
  return "\"\(escaped.joined(separator: "<br/>"))\""
}
