import Reference

/// What became of calls, counted.
public struct Tally: Hashable, Sendable {
  /// The nets.
  public var nets = 0
  /// The calls.
  public var calls = 0
  /// Dispatches that were done.
  public var events = 0
  /// Dispatches that were answered with an earlier event.
  public var replays = 0
  /// Creations that were done or answered again.
  public var creations = 0
  /// Instances that there are in the end.
  public var instances = 0
  /// Refusals, by code.
  public var refusals: [String: Int] = [:]

  /// Nothing.
  public init() {}

  /// Calls that were refused.
  public var refused: Int { refusals.values.reduce(0, +) }

  mutating func count(_ outcome: Result<Answer, Refusal>) {
    calls += 1
    switch outcome {
    case .success(let answer) where answer.seq == 0: creations += 1
    case .success(let answer) where answer.replayed: replays += 1
    case .success: events += 1
    case .failure(let refusal): refusals[refusal.code, default: 0] += 1
    }
  }

  /// Adds another.
  public mutating func add(_ other: Tally) {
    nets += other.nets
    calls += other.calls
    events += other.events
    replays += other.replays
    creations += other.creations
    instances += other.instances
    refusals.merge(other.refusals, uniquingKeysWith: +)
  }
}
