import JSON
import PetriNet

/// Writes a net as the JSON-LD of pflow.xyz. Resets are not said, and roles only of transitions that have one.
func pflowXYZFile(of net: Net) -> String {
  func point(_ position: Position?) -> String {
    "\"x\": \(decimal(position?.x ?? 0)), \"y\": \(decimal(position?.y ?? 0))"
  }
  let places = net.places.map { place in
    "    \(json(place.name)): {\"@type\": \"Place\", \"initial\": [\(place.initial)], "
      + "\"capacity\": [\(place.capacity ?? 0)], \(point(place.position))}"
  }
  let transitions = net.transitions.map { transition in
    let role = transition.roles.count == 1 ? "\"role\": \(json(transition.roles[0])), " : ""
    return "    \(json(transition.name)): {\"@type\": \"Transition\", \(role)\(point(transition.position))}"
  }
  let arcs = net.arcs.compactMap { arc -> String? in
    let (place, transition) = (json(net.places[arc.place].name), json(net.transitions[arc.transition].name))
    if arc.kind == .reset { return nil }
    let leavesTransition = arc.kind == .output || arc.kind == .read
    let (source, target) = leavesTransition ? (transition, place) : (place, transition)
    let inhibits = arc.kind == .inhibitor || arc.kind == .read
    return "    {\"@type\": \"Arrow\", \"source\": \(source), \"target\": \(target), \"weight\": [\(arc.weight)]"
      + (inhibits ? ", \"inhibitTransition\": true}" : "}")
  }
  return """
    {
      "@context": "https://pflow.xyz/schema",
      "@type": "PetriNet",
      "@version": "1.1",
      "name": \(json(net.title ?? net.name)),
      "token": ["https://pflow.xyz/tokens/black"],
      "places": {
    \(places.joined(separator: ",\n"))
      },
      "transitions": {
    \(transitions.joined(separator: ",\n"))
      },
      "arcs": [
    \(arcs.joined(separator: ",\n"))
      ]
    }

    """
}
