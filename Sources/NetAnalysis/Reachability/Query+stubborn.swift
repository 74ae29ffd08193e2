import PetriNet

extension StubbornSets {
  /// Transitions of which each way to a marking that is meant fires one; for a marking that is not meant.
  ///
  /// L. M. Kristensen, K. Schmidt, A. Valmari, "Question-guided stubborn set methods for state properties", Formal Methods
  /// in System Design 29 (2006): their stubborn closure suffices to find such a marking, if there is one.
  func ways(to query: Query, from counts: [Int]) -> Set<Int> {
    func holds(_ part: Query) -> Bool {
      part.holds(counts, isEnabled: { self.isEnabled($0, in: counts) }, isDead: { self.enabled(in: counts).isEmpty })
    }
    switch query {
    case .all(let parts):
      return parts.filter { !holds($0) }.map { ways(to: $0, from: counts) }.min { $0.count < $1.count } ?? []
    case .any(let parts):
      return parts.reduce(into: []) { $0.formUnion(ways(to: $1, from: counts)) }
    case .compare(let sum, let comparison):
      let value = sum.value(in: counts)
      switch comparison {
      case .greater, .atLeast: return moving(sum, up: true)
      case .less, .atMost: return moving(sum, up: false)
      case .equal: return moving(sum, up: value < 0)
      case .different: return moving(sum, up: true).union(moving(sum, up: false))
      }
    case .enabled(let transition, true): return Set(lifting(transition, in: counts))
    case .enabled(let transition, false): return Set(disabling(transition))
    case .deadlock(true):
      return enabled(in: counts).map { Set(disabling($0)) }.min { $0.count < $1.count } ?? []
    case .deadlock(false): return []
    }
  }

  /// The transitions that can make a sum larger, or smaller.
  private func moving(_ sum: TokenSum, up: Bool) -> Set<Int> {
    sum.factors.reduce(into: []) { transitions, factor in
      transitions.formUnion((factor.value > 0) == up ? raising(factor.key) : lowering(factor.key))
    }
  }
}
