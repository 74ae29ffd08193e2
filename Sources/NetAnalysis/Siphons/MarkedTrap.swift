import PetriNet

/// A set of places that is marked in each reachable marking: it is in the initial one, and a transition that takes from it
/// leaves a token in it (T. Murata, "Petri nets: properties, analysis and applications", Proceedings of the IEEE 77 (1989),
/// VI.A).
///
/// A value of this type has been checked when it was made, transition by transition.
public struct MarkedTrap: Hashable, Sendable {
  /// The indices of the places, rising.
  public let places: [Int]

  /// Checks a set of places; nil when it is no trap, or not marked in the initial marking.
  init?(_ places: [Int], of net: Net) {
    let set = BitSet(places, below: net.places.count)
    guard places.contains(where: { net.places[$0].initial > 0 }) else { return nil }
    for transition in net.transitions.indices {
      let own = net.effects(of: transition).filter { set.contains($0.place) }
      guard !own.contains(where: \.lowers) || own.contains(where: \.leavesToken) else { return nil }
    }
    self.places = set.members
  }

  /// What it says of a marking: one of the places holds a token.
  var demand: Demand { Demand(places.map { Weighted($0, 1) }, .atLeast, 1) }

  /// The trap as people read it: `{x, y}`.
  func words(in net: Net) -> String { "{\(listed(places.map { net.name(ofPlace: $0) }, upTo: 6))}" }
}

extension FlowRelation {
  /// A small trap that is marked in the initial marking, among some places; nil when there is none, or somebody said to
  /// stop.
  func markedTrap(in set: BitSet, of net: Net, shouldStop: () -> Bool) -> MarkedTrap? {
    let marked = BitSet(net.places.indices.filter { net.places[$0].initial > 0 }, below: places)
    var trap = largestTrap(in: set)
    guard trap.intersects(marked) else { return nil }
    for place in trap.members where trap.contains(place) {
      guard !shouldStop() else { return nil }
      var without = trap
      without.remove(place)
      let rest = largestTrap(in: without)
      if rest.intersects(marked) { trap = rest }
    }
    return MarkedTrap(trap.members, of: net)
  }
}
