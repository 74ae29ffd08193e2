internal import PetriNet

/// What the sums of deltas can decide of a row of events, and what they cannot.
extension NetPlan {
  /// The largest number of firings in one event for which the sums of all deltas of a batch fit: PostgreSQL adds up
  /// 32-bit integers in 64 bits, and wider ones much slower.
  var mostFirings: Int {
    let largest = transitions.flatMap(\.effects).map { $0.resets ? 0 : Int($0.change.magnitude) }.max() ?? 0
    return Int(Int32.max) / max(largest, 1)
  }

  /// The places that can hold a number to which a sum of deltas cannot be added.
  var widePlaces: [PlacePlan] { places.filter { $0.domain.base == .bigint } }

  /// The transitions with a reset, which is no addition.
  var resettingTransitions: [TransitionPlan] { transitions.filter { $0.effects.contains(where: \.resets) } }

  /// Whether there are arcs for which the marking before a firing has to be looked at: where tokens are put back, read or
  /// must not be there. For all others, that no count below zero is left behind says the same.
  var looksBack: Bool {
    transitions.flatMap(\.effects).contains { $0.read != nil || $0.inhibitor != nil || $0.input > 0 && $0.output > 0 }
  }
}
