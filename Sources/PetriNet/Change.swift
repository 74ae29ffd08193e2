/// What a transition does to the tokens of one place when it fires.
public enum Change: Hashable, Sendable {
  /// Adds so many tokens to the place; takes them when negative. Never zero.
  case add(place: Int, tokens: Int)
  /// Empties the place and puts so many tokens there.
  case reset(place: Int, tokens: Int)

  /// The index of the place in `Net.places`.
  public var place: Int {
    switch self {
    case .add(let place, _), .reset(let place, _): place
    }
  }

  /// The tokens after `times` firings in a row, none of which may be refused by a condition.
  public func tokens(after times: Int, from tokens: Int) -> Int {
    switch self {
    case .add(_, let change): tokens + times * change
    case .reset(_, let rest): rest
    }
  }
}

extension Effect {
  /// What the transition does to this place; nil when the place holds as many tokens as before.
  public var asChange: Change? {
    if resets { return .reset(place: place, tokens: output) }
    return change == 0 ? nil : .add(place: place, tokens: change)
  }
}
