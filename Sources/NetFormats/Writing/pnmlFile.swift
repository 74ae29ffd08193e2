import PetriNet

/// Writes a net as a place/transition net of ISO/IEC 15909-2.
///
/// The standard has inputs and outputs only. The other arcs have an `arctype` and final markings stand in `finalmarkings`, as
/// ProM and pm4py write them; capacities stand in `capacity`. Roles are not said, and no end in which a place may hold any
/// number of tokens.
func pnmlFile(of net: Net) -> String {
  let places = net.places.enumerated().map { index, place in
    """
          <place id="p\(index + 1)">
            <name><text>\(xml(place.name))</text></name>\(graphics(place.position))
    """ + label("initialMarking", place.initial == 0 ? nil : place.initial) + label("capacity", place.capacity)
      + "\n      </place>"
  }
  let transitions = net.transitions.enumerated().map { index, transition in
    """
          <transition id="t\(index + 1)">
            <name><text>\(xml(transition.name))</text></name>\(graphics(transition.position))
          </transition>
    """
  }
  let arcs = net.arcs.enumerated().map { index, arc in
    let (place, transition) = ("p\(arc.place + 1)", "t\(arc.transition + 1)")
    let (source, target) = arc.kind == .output ? (transition, place) : (place, transition)
    let type: String =
      switch arc.kind {
      case .input, .output: ""
      case .read, .inhibitor, .reset: "\n        <arctype><text>\(arc.kind.rawValue)</text></arctype>"
      }
    return "      <arc id=\"a\(index + 1)\" source=\"\(source)\" target=\"\(target)\">"
      + label("inscription", arc.weight) + type + "\n      </arc>"
  }
  let title = net.title ?? net.about ?? net.name
  return """
    <?xml version="1.0" encoding="UTF-8"?>
    <pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">
      <net id="net" type="http://www.pnml.org/version-2009/grammar/ptnet">
        <name><text>\(xml(title))</text></name>
        <page id="page">
    \((places + transitions + arcs).joined(separator: "\n"))
        </page>\(finalMarkings(of: net))
      </net>
    </pnml>

    """
}

private func finalMarkings(of net: Net) -> String {
  let ends = net.specification.ends.filter { $0.parts.allSatisfy { $0.tokens != nil } }
  guard !ends.isEmpty else { return "" }
  let ids = Dictionary(net.places.enumerated().map { ($1.name, "p\($0 + 1)") }) { first, _ in first }
  let markings = ends.map { end in
    let places = end.parts.map { part in
      "          <place idref=\"\(ids[part.place] ?? "")\"><text>\(part.tokens ?? 0)</text></place>\n"
    }
    return "        <marking>\n\(places.joined())        </marking>\n"
  }
  return "\n    <finalmarkings>\n\(markings.joined())    </finalmarkings>"
}

private func label(_ name: String, _ number: Int?) -> String {
  number.map { "\n        <\(name)><text>\($0)</text></\(name)>" } ?? ""
}

private func graphics(_ position: Position?) -> String {
  position.map { "\n        <graphics><position x=\"\(decimal($0.x))\" y=\"\(decimal($0.y))\"/></graphics>" } ?? ""
}
