import PetriNet

extension StateSpace {
  /// Explores only what stubborn sets choose: a part of the reachable markings with all deadlocks in it.
  ///
  /// - Parameters:
  ///   - limits: how far.
  ///   - choose: the transitions to fire in a marking, out of those that are enabled.
  ///   - visit: looks at each marking before it is expanded; false ends the exploration.
  ///   - goOn: asked now and then; false ends the exploration.
  /// - Returns: why it ended early; nil when all is found.
  func explore(
    _ limits: Limits, choosing choose: (Marking) -> [Int], visit: (Int, Marking) -> Bool = { _, _ in true },
    goOn: () -> Bool
  ) -> Stop? {
    while expanded < count {
      if expanded & 7 == 0, !goOn() { return .time }
      guard count < limits.markings else { return .markings }
      let marking = marking(expanded)
      guard visit(expanded, marking) else { return nil }
      var successors: [(Int, Marking)] = []
      for transition in choose(marking) {
        if let next = try? net.fire(transition, in: marking) { successors.append((transition, next)) }
      }
      if let stop = add(successors, limits, goOn) { return stop }
    }
    return nil
  }
}
