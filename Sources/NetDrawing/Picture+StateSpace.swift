public import NetAnalysis
import PetriNet

extension Picture {
  /// The picture of a complete state space: a node a marking, in the order of discovery, and an edge for all transitions
  /// that lead from one to another.
  ///
  /// A marking is written as the formal sum of its tokens, `paid + 3·boxes`.
  public init(of space: StateSpace) {
    let net = space.net
    var nodes: [Node] = []
    var edges: [Edge] = []
    for source in 0..<space.count {
      let steps = space.steps(from: source)
      nodes.append(
        Node(.marking(isInitial: source == 0, isDead: steps.isEmpty), label: net.sum(of: space.marking(source))))
      let first = edges.count
      for (transition, target) in steps {
        let name = net.transitions[transition].name
        if let known = edges[first...].firstIndex(where: { $0.to == target }) {
          edges[known].label = [edges[known].label, name].compactMap(\.self).joined(separator: ", ")
        } else {
          edges.append(Edge(from: source, to: target, label: name))
        }
      }
    }
    self.init(title: "\(net.title ?? net.name): reachable markings", direction: .down, nodes: nodes, edges: edges)
  }
}

extension Net {
  /// The tokens of a marking as a sum, without the places that hold none.
  fileprivate func sum(of marking: Marking) -> String {
    let terms = places.indices.filter { marking[$0] > 0 }.map { place in
      marking[place] == 1 ? places[place].name : "\(marking[place])·\(places[place].name)"
    }
    return terms.isEmpty ? "no tokens" : terms.joined(separator: " + ")
  }
}
