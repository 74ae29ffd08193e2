public import PetriNet

/// What the state equation m = m0 + C·x, with m and x not below zero, says of reachable markings.
public enum StateEquation {
  /// Tries to prove that no reachable marking meets all of some demands.
  ///
  /// Where the linear program of the state equation and the demands has no solution, the equation that shows it is the
  /// proof. The solution may be in fractions, and even a whole one need not be reachable: then nothing is known.
  ///
  /// - Parameters:
  ///   - demands: what a marking must meet; all of it.
  ///   - net: the net; any kinds of arcs.
  ///   - limit: the work that may be done.
  ///   - shouldStop: asked now and then; it gives up when this says so.
  /// - Returns: the proof, or nil when there may be such a marking.
  public static func refute(
    _ demands: [Demand], of net: Net, limit: WorkLimit = .bounds, shouldStop: () -> Bool = { false }
  ) -> Refutation? {
    let incidence = Incidence(of: net)
    var tableau = Tableau(of: net, incidence: incidence, steps: limit.steps)
    let sides = demands.enumerated().flatMap { index, demand in
      demand.signs.map { (demand: index, sign: $0) }
    }
    for (number, side) in sides.enumerated() {
      let slack = tableau.variables.slack(number)
      guard demands[side.demand].terms.allSatisfy({ net.places.indices.contains($0.index) }),
        let (terms, least) = demands[side.demand].inequality(side.sign),
        tableau.define(slack, as: terms, minus: least)
      else { return nil }
      switch tableau.maximise(slack, upToZero: true, shouldStop: shouldStop) {
      case .atZero: continue
      case .unbounded, .gaveUp: return nil
      case .largest: break
      }
      guard let equation = tableau.equation(of: slack) else { return nil }
      var multipliers = Array(repeating: 0, count: demands.count)
      for (number, side) in sides.enumerated() {
        let weight = equation.vector[at: tableau.variables.slack(number)]
        let (sum, overflow) = multipliers[side.demand].addingReportingOverflow(side.sign * weight)
        guard !overflow else { return nil }
        multipliers[side.demand] = sum
      }
      return Refutation(
        of: demands, multipliers: multipliers, slack: tableau.tokenWeights(equation) ?? [], in: net,
        incidence: incidence)
    }
    return nil
  }

  /// Tries to prove that a transition never fires: that no reachable marking has what it needs.
  ///
  /// - Parameters:
  ///   - transition: the index of the transition.
  ///   - net: the net.
  ///   - limit: the work that may be done.
  /// - Returns: the proof, or nil when it may fire.
  public static func refuteFiring(
    of transition: Int, in net: Net, limit: WorkLimit = .bounds
  ) -> Refutation? {
    let demands = net.effects(of: transition).flatMap { effect in
      let place = [Weighted(effect.place, 1)]
      let least = max(effect.input, effect.read ?? 0)
      // What it puts has to fit in; after a reset, whatever was there.
      let room = effect.resets ? nil : effect.capacity.map { $0 - max(0, effect.change) }
      let most = [effect.inhibitor.map { $0 - 1 }, room].compactMap(\.self).min()
      return (least > 0 ? [Demand(place, .atLeast, least)] : []) + (most.map { [Demand(place, .atMost, $0)] } ?? [])
    }
    return refute(demands, of: net, limit: limit)
  }
}
