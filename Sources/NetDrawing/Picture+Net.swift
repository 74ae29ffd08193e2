public import PetriNet

extension Picture {
  /// The picture of a net: first the places, then the transitions, each in the order of the net.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - marking: the tokens to draw; transitions that can fire in it are drawn strongly.
  public init(of net: Net, marking: Marking) {
    let places = net.places.indices.map { place in
      Node(.place(tokens: marking[place], capacity: net.places[place].capacity), label: net.places[place].name)
    }
    let transitions = net.transitions.indices.map { transition in
      Node(.transition(isEnabled: net.enables(transition, in: marking)), label: net.transitions[transition].name)
    }
    let edges = net.arcs.map { arc in
      let transition = net.places.count + arc.transition
      let weight = arc.weight == 1 ? nil : "\(arc.weight)"
      return switch arc.kind {
      case .input: Edge(from: arc.place, to: transition, label: weight)
      case .output: Edge(from: transition, to: arc.place, label: weight)
      case .read: Edge(from: arc.place, to: transition, head: .disc, label: weight)
      case .inhibitor: Edge(from: arc.place, to: transition, head: .circle, label: weight)
      case .reset: Edge(from: arc.place, to: transition, head: .twoArrows)
      }
    }
    self.init(title: net.title ?? net.name, nodes: places + transitions, edges: edges)
  }
}
