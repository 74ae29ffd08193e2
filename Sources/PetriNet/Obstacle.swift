/// A condition that keeps a transition from firing.
public struct Obstacle: Hashable, Sendable {
  /// What kind of condition fails.
  public var condition: Condition.Kind
  /// The index of the place in `Net.places`.
  public var place: Int
  /// The tokens that it holds.
  public var tokens: Int
  /// The limit, in tokens held before firing: for `input` and `read` at least so many, for `inhibitor` fewer than this,
  /// for `capacity` and `overflow` at most so many (so it may be negative). It may be wider than 64 bits where a
  /// transition fires many times.
  public var need: Int128

  /// An obstacle.
  public init(_ condition: Condition.Kind, place: Int, tokens: Int, need: Int128) {
    self.condition = condition
    self.place = place
    self.tokens = tokens
    self.need = need
  }
}

/// Why a transition cannot fire.
public struct NotEnabled: Error, Hashable, Sendable {
  /// Each failing condition, by place.
  public var obstacles: [Obstacle]
}
