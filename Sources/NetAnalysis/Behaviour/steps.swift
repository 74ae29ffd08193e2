import PetriNet

extension StateSpace {
  /// What can happen in a marking of a complete space: each transition that it enables, in the order of the net, and the
  /// number of the marking that it leads to. Meant for small spaces: it fires and looks up one by one.
  public func steps(from index: Int) -> [(transition: Int, target: Int)] {
    let marking = marking(index)
    return net.transitions.indices.compactMap { transition in
      guard let after = try? net.fire(transition, in: marking) else { return nil }
      return self.index(of: after).map { (transition, $0) }
    }
  }
}
