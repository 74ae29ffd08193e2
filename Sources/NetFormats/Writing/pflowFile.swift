import PetriNet

/// Writes a net as PNEditor does, with its roles. Read arcs are not said.
func pflowFile(of net: Net) -> String {
  func point(_ position: Position?) -> String {
    "<x>\(decimal((position?.x ?? 0).rounded()))</x><y>\(decimal((position?.y ?? 0).rounded()))</y>"
  }
  let places = net.places.enumerated().map { index, place in
    "    <place><id>\(index + 1)</id>\(point(place.position))<label>\(xml(place.name))</label>"
      + "<tokens>\(place.initial)</tokens><isStatic>false</isStatic>"
      + (place.capacity.map { "<capacity>\($0)</capacity>" } ?? "") + "</place>"
  }
  func id(ofTransition index: Int) -> Int { net.places.count + index + 1 }
  let transitions = net.transitions.enumerated().map { index, transition in
    "    <transition><id>\(id(ofTransition: index))</id>\(point(transition.position))"
      + "<label>\(xml(transition.name))</label></transition>"
  }
  let arcs = net.arcs.compactMap { arc -> String? in
    let (place, transition) = (arc.place + 1, id(ofTransition: arc.transition))
    let (source, target) = arc.kind == .output ? (transition, place) : (place, transition)
    let type: String
    switch arc.kind {
    case .input, .output: type = "regular"
    case .inhibitor: type = "inhibitor"
    case .reset: type = "reset"
    case .read: return nil
    }
    return "    <arc><type>\(type)</type><sourceId>\(source)</sourceId><destinationId>\(target)</destinationId>"
      + "<multiplicity>\(arc.weight)</multiplicity></arc>"
  }
  let roles = net.roles.enumerated().map { index, role in
    let ids = net.transitions.indices.filter { net.transitions[$0].roles.contains(role.name) }
      .map { "<transitionId>\(id(ofTransition: $0))</transitionId>" }
    return "    <role><id>\(index + 1)</id><name>\(xml(role.name))</name>\(ids.joined())"
      + "<createCase>\(role.mayCreate)</createCase><destroyCase>\(role.mayDestroy)</destroyCase></role>"
  }
  return """
    <?xml version="1.0" encoding="UTF-8"?>
    <document>
      <subnet>
        <id>0</id><x>0</x><y>0</y><label>\(xml(net.title ?? net.about ?? net.name))</label>
    \((places + transitions + arcs).joined(separator: "\n"))
      </subnet>
      <roles>
    \(roles.joined(separator: "\n"))
      </roles>
    </document>

    """
}
