import PetriNet

extension Query {
  /// Demands on the tokens of which each marking that is meant meets one row; more markings may meet them.
  ///
  /// What no sum of tokens expresses is left out. That makes rows easier to meet, never harder, so a proof that none can
  /// be met stays one.
  ///
  /// - Returns: nil when there would be too many rows.
  func demands(of net: Net) -> [[Demand]]? {
    switch self {
    case .any(let parts):
      var rows: [[Demand]] = []
      for part in parts {
        guard let more = part.demands(of: net) else { return nil }
        rows += more
      }
      return rows.count <= Self.mostRows ? rows : nil
    case .all(let parts):
      var rows: [[Demand]] = [[]]
      for part in parts {
        guard let more = part.demands(of: net), rows.count * more.count <= Self.mostRows else { return nil }
        rows = rows.flatMap { row in more.map { row + $0 } }
      }
      return rows
    case .compare(let sum, let comparison): return sum.demands(comparison)
    case .enabled(let transition, true): return [net.effects(of: transition).flatMap(\.enablingDemands)]
    case .deadlock(true): return [net.transitions.indices.flatMap { net.effects(of: $0).disablingDemands }]
    case .enabled(_, false), .deadlock(false): return [[]]
    }
  }

  private static let mostRows = 64
}

extension TokenSum {
  fileprivate func demands(_ comparison: Query.Comparison) -> [[Demand]] {
    let terms = factors.sorted { $0.key < $1.key }.map { Weighted($0.key, $0.value) }
    // Σ + number ≷ 0, so Σ ≷ -number; the numbers at the edge of 64 bits are left to the exploration.
    guard number.magnitude < 1 << 62 else { return [[]] }
    func demand(_ relation: Demand.Relation, _ more: Int) -> [Demand] { [Demand(terms, relation, more - number)] }
    return switch comparison {
    case .less: [demand(.atMost, -1)]
    case .atMost: [demand(.atMost, 0)]
    case .equal: [demand(.equal, 0)]
    case .different: [demand(.atMost, -1), demand(.atLeast, 1)]
    case .atLeast: [demand(.atLeast, 0)]
    case .greater: [demand(.atLeast, 1)]
    }
  }
}

extension Effect {
  /// What the place must hold for the transition to be enabled.
  fileprivate var enablingDemands: [Demand] {
    let least = least > 0 ? [Demand([Weighted(place, 1)], .atLeast, least)] : []
    return least + (most.map { [Demand([Weighted(place, 1)], .atMost, $0)] } ?? [])
  }
}

extension [Effect] {
  /// What must hold for the transition not to be enabled, when it has only one condition.
  fileprivate var disablingDemands: [Demand] {
    let demands = flatMap(\.enablingDemands)
    guard demands.count == 1, let demand = demands.first else { return [] }
    return [
      demand.relation == .atLeast
        ? Demand(demand.terms, .atMost, demand.number - 1) : Demand(demand.terms, .atLeast, demand.number + 1)
    ]
  }
}
