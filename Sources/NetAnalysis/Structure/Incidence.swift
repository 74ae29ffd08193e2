import PetriNet

/// By how much each transition can change each place: the incidence matrix C, sparse.
///
/// An input and an output of one place meet in one number, their difference. A reset arc has no such number: its change
/// depends on the tokens that are there, so a change is a range.
struct Incidence {
  /// What one firing can do to one place.
  struct Change: Hashable {
    /// The index of the place.
    let place: Int
    /// The index of the transition.
    let transition: Int
    /// The most negative change; nil when a reset can take any number of tokens.
    let least: Int?
    /// The most positive change.
    let most: Int

    /// The change, where it is the same whatever the marking.
    var exactly: Int? { least == most ? most : nil }
  }

  /// The changes that a transition makes, by place; those that are always zero are left out.
  let byTransition: [[Change]]
  /// The same by place, then by transition.
  let byPlace: [[Change]]

  init(of net: Net) {
    var byPlace = Array(repeating: [Change](), count: net.places.count)
    byTransition = net.transitions.indices.map { transition in
      net.effects(of: transition).compactMap { effect in
        let change = Change(effect, transition: transition)
        guard change.exactly != 0 else { return nil }
        byPlace[effect.place].append(change)
        return change
      }
    }
    self.byPlace = byPlace
  }
}

extension Incidence.Change {
  /// A reset leaves the output alone, so it takes at least the tokens that the transition needs to be there, and at most
  /// those that a capacity or an inhibitor allows.
  fileprivate init(_ effect: Effect, transition: Int) {
    place = effect.place
    self.transition = transition
    guard effect.resets else {
      least = effect.change
      most = effect.change
      return
    }
    let fullest = [effect.capacity, effect.inhibitor.map { $0 - 1 }].compactMap(\.self).min()
    let most = effect.output - max(effect.input, effect.read ?? 0)
    self.most = most
    // A transition that needs more than the place can hold never fires.
    least = fullest.map { min(most, effect.output - $0) }
  }
}
