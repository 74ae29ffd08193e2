internal import JSON

/// The net's meaning as text: one line a place, a role, a transition and an arc, sorted, and nothing of the drawing.
///
/// Two nets are the same exactly when these lines are. The structural digest is taken of them, and the difference
/// between two versions of a net is the difference of their lines. `docs/hash-chain.md` has the grammar;
/// `Net(canonicalForm:name:)` reads the text back.
extension Net {
  /// The lines, each without its newline.
  public var canonicalLines: [String] {
    let places = places.map { place in
      "place \(quoted(place.name)) initial \(place.initial)" + (place.capacity.map { " capacity \($0)" } ?? "")
    }
    let named = Set(self.transitions.indices.flatMap { self.roles(of: $0) })
    let roles = roles.filter { $0.mayCreate || $0.mayDestroy || !named.contains($0.name) }.map { role in
      "role \(quoted(role.name))" + (role.mayCreate ? " creates" : "") + (role.mayDestroy ? " destroys" : "")
    }
    let transitions = self.transitions.indices.map { index in
      let roles = self.roles(of: index).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let transition = self.transitions[index]
      return "transition \(quoted(transition.name)) roles \(roles.map(quoted).joined(separator: " "))"
        + (transition.payload.map { " payload \(quoted($0.document.json))" } ?? "")
        + (transition.when.map { " when \(quoted($0.text))" } ?? "")
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

/// A name in double quotes. Quotes, backslashes and whatever some program takes for a control character or the end of a
/// line are escaped, so that a name stays one word on one line for every reader.
private func quoted(_ name: String) -> String {
  var text = "\""
  for scalar in name.unicodeScalars {
    switch scalar.value {
    case 0x22, 0x5c:  // " and \
      text.unicodeScalars.append("\\")
      text.unicodeScalars.append(scalar)
    case ..<0x20, 0x7f...0x9f, 0x2028, 0x2029:
      text += "\\u{\(String(scalar.value, radix: 16))}"
    default:
      text.unicodeScalars.append(scalar)
    }
  }
  return text + "\""
}
