public import PetriNet

extension Net {
  /// A place's name, as reasons show it.
  func name(ofPlace place: Int) -> String { shown(places[place].name) }

  /// A transition's name, as reasons show it.
  func name(ofTransition transition: Int) -> String { shown(transitions[transition].name) }

  /// The places that hold tokens, by name: `paid, boxes 3`; the first few of many.
  public func words(_ marking: Marking) -> String {
    let marked = places.indices.filter { marking[$0] > 0 }
    guard !marked.isEmpty else { return "no tokens" }
    return listed(marked.map { marking[$0] == 1 ? name(ofPlace: $0) : "\(name(ofPlace: $0)) \(marking[$0])" }, upTo: 6)
  }
}

/// Some words as a list, the first few of many.
func listed(_ words: [String], upTo most: Int) -> String {
  guard words.count > most + 1 else { return words.joined(separator: ", ") }
  return words[..<most].joined(separator: ", ") + " and \(words.count - most) more"
}

/// An author's text that a terminal must not obey, and that fits into a line.
private func shown(_ name: String) -> String {
  var shown = ""
  for (count, scalar) in name.unicodeScalars.enumerated() {
    guard count < 60 else { return shown + "…" }
    shown.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
  }
  return shown
}
