public import PetriNet

/// What the state equation m = m0 + C·x, with m and x not below zero, says of reachable markings.
public enum StateEquation {
  /// Tries to prove that no reachable marking meets all of some demands.
  ///
  /// Where the linear program of the state equation and the demands has no solution, the equation that shows it is the
  /// proof. A solution may leave a trap empty that is marked in the initial marking, and so in each reachable one; then
  /// that it is marked is one demand more, and the program is solved again (J. Esparza, S. Melzer, "Verification of safety
  /// properties using integer programming: beyond the state equation", Formal Methods in System Design 16 (2000)). A
  /// solution without such a trap may be in fractions, and even a whole one need not be reachable: then nothing is known.
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
    var all = demands
    var traps: [MarkedTrap] = []
    var relation: FlowRelation?
    /// The demand and the sign of each slack variable, by number.
    var sides: [(demand: Int, sign: Int)] = []
    var next = 0
    while true {
      while next < all.count {
        let demand = all[next]
        guard demand.terms.allSatisfy({ net.places.indices.contains($0.index) }) else { return nil }
        for sign in demand.signs {
          let slack = tableau.variables.slack(sides.count)
          sides.append((next, sign))
          guard let (terms, least) = demand.inequality(sign), tableau.define(slack, as: terms, minus: least) else {
            return nil
          }
          switch tableau.maximise(slack, upToZero: true, shouldStop: shouldStop) {
          case .atZero: continue
          case .unbounded, .gaveUp: return nil
          case .largest: return refutation(of: demands, traps, by: slack, sides, in: tableau, net, incidence)
          }
        }
        next += 1
      }
      // Sets of places, a bit each, for each transition: not for nets so large that this takes longer than the rest.
      guard !demands.isEmpty, traps.count < 200, FlowRelation.bytes(of: net) <= limit.steps, !shouldStop() else {
        return nil
      }
      let known = relation ?? FlowRelation(of: net)
      relation = known
      let empty = net.places.indices.filter { tableau.equation(of: tableau.variables.tokens($0))?.constant ?? 0 == 0 }
      guard
        let trap = known.markedTrap(
          in: BitSet(empty, below: net.places.count), of: net, shouldStop: shouldStop)
      else { return nil }
      traps.append(trap)
      all.append(trap.demand)
    }
  }

  /// The proof that the equation of a slack variable is, which cannot be raised to zero.
  private static func refutation(
    of demands: [Demand], _ traps: [MarkedTrap], by slack: Int, _ sides: [(demand: Int, sign: Int)],
    in tableau: Tableau, _ net: Net, _ incidence: Incidence
  ) -> Refutation? {
    guard let equation = tableau.equation(of: slack) else { return nil }
    var multipliers = Array(repeating: 0, count: demands.count + traps.count)
    for (number, side) in sides.enumerated() {
      let weight = equation.vector[at: tableau.variables.slack(number)]
      let (sum, overflow) = multipliers[side.demand].addingReportingOverflow(side.sign * weight)
      guard !overflow else { return nil }
      multipliers[side.demand] = sum
    }
    return Refutation(
      of: demands, and: traps, multipliers: multipliers, slack: tableau.tokenWeights(equation) ?? [], in: net,
      incidence: incidence)
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
