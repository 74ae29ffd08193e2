public import PetriNet

extension Query {
  /// Whether a marking is meant; it is asked what it enables only where that matters.
  func holds(_ counts: [Int], isEnabled: (Int) -> Bool, isDead: () -> Bool) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(counts, isEnabled: isEnabled, isDead: isDead) }
    case .any(let parts): parts.contains { $0.holds(counts, isEnabled: isEnabled, isDead: isDead) }
    case .compare(let sum, let comparison): comparison.holds(sum.value(in: counts))
    case .enabled(let transition, let wanted): isEnabled(transition) == wanted
    case .deadlock(let wanted): isDead() == wanted
    }
  }

  /// The same by the firing rule.
  public func holds(_ marking: Marking, of net: Net) -> Bool {
    holds(
      marking.counts, isEnabled: { net.enables($0, in: marking) },
      isDead: { !net.transitions.indices.contains { net.enables($0, in: marking) } })
  }
}
