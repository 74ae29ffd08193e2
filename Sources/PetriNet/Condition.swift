/// What a transition demands of the tokens of one place before it fires.
public struct Condition: Hashable, Sendable {
  /// Which arc, or which limit of a place, demands it.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// At least as many tokens as the transition takes.
    case input
    /// At least as many tokens as the transition reads.
    case read
    /// Fewer tokens than the weight of the inhibitor arc.
    case inhibitor
    /// At most so many tokens that those which the transition puts fit the capacity.
    case capacity
    /// At most so many tokens that those which the transition puts fit 64 bits.
    case overflow

    /// How the tokens are compared with the need.
    public var relation: Relation {
      switch self {
      case .input, .read: .atLeast
      case .inhibitor: .below
      case .capacity, .overflow: .atMost
      }
    }
  }

  /// How tokens are compared with a need.
  public enum Relation: String, Hashable, Sendable, CaseIterable {
    /// tokens ≥ need
    case atLeast = ">="
    /// tokens < need
    case below = "<"
    /// tokens ≤ need
    case atMost = "<="
  }

  /// What demands it.
  public let kind: Kind
  /// The index of the place in `Net.places`.
  public let place: Int
  /// The limit, in tokens held before one firing. It is negative where no marking can fulfil the condition.
  public let need: Int
  /// By how many tokens one firing brings the place nearer to the limit: at most zero for `atLeast`, at least zero for
  /// the others, zero where it leads away from it.
  public let drift: Int
  /// The tokens that the place holds after each firing, when the transition resets it; nil otherwise.
  public let afterReset: Int?

  /// What it says against `times` firings in a row; nil when it lets all of them through.
  ///
  /// A row of firings changes a place by the same amount each time, so the first or the last is the hardest: the drift
  /// makes the last one the harder, or is zero. After a reset all but the first begin with the same tokens.
  func obstacle(at tokens: Int, times: Int) -> Obstacle? {
    if !isFulfilled(by: tokens, times: times) {
      return Obstacle(kind, place: place, tokens: tokens, need: need(times: times))
    }
    guard times > 1, let afterReset, !isFulfilled(by: afterReset, times: 1) else { return nil }
    return Obstacle(kind, place: place, tokens: afterReset, need: need(times: 1))
  }

  /// Whether it still holds after a reset, so that the transition can fire again at once.
  public var holdsAfterReset: Bool { afterReset.map { isFulfilled(by: $0, times: 1) } ?? false }

  /// Whether so many tokens fulfil it, what a reset does left aside.
  private func isFulfilled(by tokens: Int, times: Int) -> Bool {
    let need = need(times: times)
    return switch kind.relation {
    case .atLeast: Int128(tokens) >= need
    case .below: Int128(tokens) < need
    case .atMost: Int128(tokens) <= need
    }
  }

  /// The limit in tokens held before the first of `times` firings in a row; it may be wider than 64 bits.
  private func need(times: Int) -> Int128 { Int128(need) - Int128(drift) * Int128(times - 1) }
}

extension Effect {
  /// The conditions that the transition's arcs to this place, and the place's capacity, amount to; by kind.
  public var conditions: [Condition] {
    let change = resets ? 0 : self.change
    func condition(_ kind: Condition.Kind, _ need: Int) -> Condition {
      let drift = kind.relation == .atLeast ? min(change, 0) : max(change, 0)
      return Condition(kind: kind, place: place, need: need, drift: drift, afterReset: resets ? output : nil)
    }

    var conditions: [Condition] = []
    if input > 0 { conditions.append(condition(.input, input)) }
    if let read { conditions.append(condition(.read, read)) }
    if let inhibitor { conditions.append(condition(.inhibitor, inhibitor)) }
    let room = capacity ?? Int.max
    // A reset makes room for whatever fits at all.
    if output > 0, resets ? output > room : change > 0 {
      conditions.append(condition(capacity == nil ? .overflow : .capacity, room - (resets ? output : change)))
    }
    return conditions
  }
}
