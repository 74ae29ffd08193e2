/// A picture in the language of Graphviz, whose programs find places on the paper for it.
///
/// The nodes are called n0, n1, … in their order, so that a layout can be matched with them. Names are escaped after
/// "The DOT Language" (graphviz.org/doc/info/lang.html) and its string escapes in labels.
public func dot(_ picture: Picture) -> String {
  let nodes = picture.nodes.enumerated().map { index, node in "  n\(index) [\(node.attributes)]" }
  let edges = picture.edges.map { edge in
    let label = edge.lines.isEmpty ? [] : [("label", quoted(edge.lines))]
    let head = edge.head.arrowhead.map { [("arrowhead", $0)] } ?? []
    let attributes = (label + head).map { "\($0)=\($1)" }.joined(separator: ", ")
    return "  n\(edge.from) -> n\(edge.to)" + (attributes.isEmpty ? "" : " [\(attributes)]")
  }
  return """
    digraph \(quoted(picture.title)) {
      rankdir=\(picture.direction.rawValue)
      node [fontname="Helvetica", fontsize=11]
      edge [fontname="Helvetica", fontsize=10]
    \((nodes + edges).joined(separator: "\n"))
    }

    """
}

extension Picture.Node {
  fileprivate var attributes: String {
    switch shape {
    case .place(let tokens, let capacity):
      let limit = capacity.map { " ≤ \($0)" } ?? ""
      return
        "shape=circle, width=0.55, fixedsize=true, label=\(quoted(tokensInWords(tokens))), xlabel=\(quoted(label + limit))"
    case .transition(let isEnabled):
      return "shape=box, height=0.35\(isEnabled ? ", penwidth=2.5" : ""), label=\(quoted(label))"
    case .marking(let isInitial, let isDead):
      let line = isInitial ? ", penwidth=2.5" : ""
      let style = isDead ? ", style=\"rounded,filled\", fillcolor=\"#dddddd\"" : ", style=rounded"
      return "shape=box\(style)\(line), label=\(quoted(lines))"
    }
  }
}

extension Picture.Edge.Head {
  fileprivate var arrowhead: String? {
    switch self {
    case .arrow: nil
    case .circle: "odot"
    case .disc: "dot"
    case .twoArrows: "normalnormal"
    }
  }
}

/// Tokens as they are drawn where only text can be: up to four as dots, more as a number.
func tokensInWords(_ tokens: Int) -> String {
  tokens <= 4 ? String(repeating: "●", count: max(0, tokens)) : "\(tokens)"
}

/// A string as DOT writes it.
private func quoted(_ text: String) -> String { quoted([text]) }

/// Lines as one string of DOT.
private func quoted(_ lines: [String]) -> String { "\"\(lines.map(escaped).joined(separator: "\\n"))\"" }

/// A line without what labels take for escapes and for entities of HTML.
private func escaped(_ line: String) -> String {
  var escaped = ""
  for scalar in line.printable.unicodeScalars {
    switch scalar {
    case "\"": escaped += "\\\""
    case "\\": escaped += "\\\\"
    case "&": escaped += "&amp;"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}
