public import Diagnostics

/// An arc between a place and a transition.
public struct Arc: Hashable, Sendable {
  /// The five kinds of arcs, in the order in which a transition looks at them.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Needs its weight in tokens and takes them.
    case input
    /// Needs its weight in tokens and leaves them.
    case read
    /// Needs fewer tokens than its weight.
    case inhibitor
    /// Empties the place; needs nothing. It has no weight.
    case reset
    /// Puts its weight in tokens, which must fit.
    case output
  }

  /// What it does.
  public var kind: Kind
  /// The index of its place in `Net.places`.
  public var place: Int
  /// The index of its transition in `Net.transitions`.
  public var transition: Int
  /// How many tokens; at least one. Without meaning for a reset, where it is one.
  public var weight: Int
  /// Where it was declared.
  public var location: SourceLocation

  /// An arc.
  public init(
    _ kind: Kind, place: Int, transition: Int, weight: Int = 1, location: SourceLocation = .unknown
  ) {
    self.kind = kind
    self.place = place
    self.transition = transition
    self.weight = weight
    self.location = location
  }
}
