import PetriNet

/// By how much each transition can change each place: the incidence matrix C, sparse.
///
/// An input and an output of one place meet in one number, their difference. A reset arc has no such number: what it takes
/// depends on the tokens that are there, and only the most that it can add is known.
struct Incidence {
  /// What one firing does to one place.
  struct Change: Hashable {
    /// The index of the place.
    let place: Int
    /// The index of the transition.
    let transition: Int
    /// The change; of a reset the largest there can be, and any smaller one may happen.
    let most: Int
    /// Whether the transition resets the place.
    let resets: Bool
    /// The tokens that it puts, which are all that there are after a reset.
    let output: Int
  }

  /// The changes that a transition makes, by place; those that are always zero are left out.
  let byTransition: [[Change]]
  /// The same by place, then by transition.
  let byPlace: [[Change]]

  private init(byTransition: [[Change]], byPlace: [[Change]]) {
    self.byTransition = byTransition
    self.byPlace = byPlace
  }

  /// The matrix as if the transitions that reset something never fired.
  var withoutResets: Incidence {
    let resetting = byTransition.map { $0.contains(where: \.resets) }
    return Incidence(
      byTransition: zip(byTransition, resetting).map { $1 ? [] : $0 },
      byPlace: byPlace.map { $0.filter { !resetting[$0.transition] } })
  }

  /// Whether some transition resets some place.
  var hasResets: Bool { byTransition.contains { $0.contains(where: \.resets) } }

  /// Whether some transition resets a place.
  func resets(_ place: Int) -> Bool { byPlace[place].contains(where: \.resets) }

  init(of net: Net) {
    var byPlace = Array(repeating: [Change](), count: net.places.count)
    byTransition = net.transitions.indices.map { transition in
      net.effects(of: transition).compactMap { effect in
        let change = Change(effect, transition: transition)
        guard change.resets || change.most != 0 else { return nil }
        byPlace[effect.place].append(change)
        return change
      }
    }
    self.byPlace = byPlace
  }
}

extension Incidence.Change {
  /// A reset leaves the output alone, so it takes at least the tokens that the transition needs to be there.
  fileprivate init(_ effect: Effect, transition: Int) {
    place = effect.place
    self.transition = transition
    resets = effect.resets
    output = effect.output
    most = resets ? effect.output - max(effect.input, effect.read ?? 0) : effect.change
  }
}
