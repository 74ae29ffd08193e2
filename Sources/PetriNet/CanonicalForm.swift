/// The net's meaning as text: one line a place, a transition, a role and an arc, sorted, and nothing of the drawing.
///
/// Two nets are the same exactly when these lines are. The structural digest is taken of them, and the difference
/// between two versions of a net is the difference of their lines.
extension Net {
  /// The lines, each without its newline.
  public var canonicalLines: [String] {
    let places = places.map { place in
      "place \(quoted(place.name)) initial \(place.initial)" + (place.capacity.map { " capacity \($0)" } ?? "")
    }
    let roles = roles.filter { $0.mayCreate || $0.mayDestroy }.map { role in
      "role \(quoted(role.name))" + (role.mayCreate ? " creates" : "") + (role.mayDestroy ? " destroys" : "")
    }
    let transitions = self.transitions.indices.map { index in
      let roles = self.roles(of: index).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return "transition \(quoted(self.transitions[index].name)) roles \(roles.map(quoted).joined(separator: " "))"
    }
    let arcs = arcs.map { arc in
      "arc \(quoted(self.transitions[arc.transition].name)) \(arc.kind.rawValue) "
        + quoted(self.places[arc.place].name) + (arc.kind == .reset ? "" : " \(arc.weight)")
    }
    return [places, roles, transitions, arcs].flatMap { lines in
      lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  /// The lines as one text, each ended by a newline.
  public var canonicalForm: String { canonicalLines.map { $0 + "\n" }.joined() }
}

/// A name in double quotes, so that a name with spaces or newlines stays one word on one line.
private func quoted(_ name: String) -> String {
  var text = "\""
  for scalar in name.unicodeScalars {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + "\""
}
