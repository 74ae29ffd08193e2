public import NetAnalysis
public import PetriNet

/// How a place is held.
public struct PlacePlan: Hashable, Sendable {
  /// The place.
  public let place: Place
  /// Its column in the views `states` and `history`.
  public let column: String
  /// The most tokens that it ever holds, with the proof; nil when none was found.
  public let bound: PlaceBound?
}
