import PetriNet

/// The most tokens that a place can hold in any reachable marking, with the proof.
public struct PlaceBound: Hashable, Sendable {
  /// Why no marking exceeds a bound.
  public enum Proof: Hashable, Sendable {
    /// The place's own capacity.
    case capacity
    /// A sum of tokens that no firing makes larger.
    ///
    /// The place has a weight above zero in it. Places with weights below zero have capacities, which say how much these
    /// can take off the sum.
    case invariant(Invariant)
  }

  /// The index of the place in `Net.places`.
  public let place: Int
  /// The bound.
  public let most: Int
  /// Why it holds.
  public let proof: Proof

  /// The bound that the capacity of a place is; nil when it has none.
  init?(capacityOf place: Int, in net: Net) {
    guard let capacity = net.places[place].capacity else { return nil }
    self.place = place
    most = capacity
    proof = .capacity
  }

  /// The bound that an invariant proves: with all other places as they make it largest, empty or full, what the sum
  /// leaves for this one, rounded down. Nil when it proves none.
  init?(of place: Int, in net: Net, by invariant: Invariant) {
    var room = Int128(invariant.value)
    var share = 0
    for term in invariant.terms {
      if term.index == place {
        share = term.weight
      } else if term.weight < 0 {
        guard let capacity = net.places[term.index].capacity else { return nil }
        // Below 2^126 each, and there are not 2^64 places.
        let (sum, overflow) = room.addingReportingOverflow(Int128(term.weight.magnitude) * Int128(capacity))
        guard !overflow else { return nil }
        room = sum
      }
    }
    guard share > 0, room >= 0, let most = Int(exactly: room / Int128(share)) else { return nil }
    self.place = place
    self.most = most
    proof = .invariant(invariant)
  }
}
