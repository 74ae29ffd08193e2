public import PetriNet

/// What is known of the markings that a query means.
public struct Reachability: Hashable, Sendable {
  /// Whether one of them is reachable.
  public enum Answer: Hashable, Sendable {
    /// This one is, by these transitions.
    case reachable(Marking, path: [Int])
    /// None is, for this reason.
    case never(String)
    /// Nobody knows, for this reason.
    case undecided(Stop)
  }

  /// Whether one of them is reachable.
  public let answer: Answer
  /// How many markings were looked at.
  public let markings: Int
}

/// Finds out whether a marking that a query means can be reached.
///
/// A few thousand markings are looked at first, since most questions are decided there, in the fewest firings. Then the
/// state equation may show that there is no such marking. Then several methods go on side by side, a slice of each in
/// turn, and each slice twice as long as the one before: through all markings, through those that stubborn sets choose,
/// and back from what is meant. So the one that is cheapest for a question decides it, in a few times its own time.
///
/// - Parameters:
///   - query: which markings are meant.
///   - net: the net.
///   - bounds: for each place a number of tokens that no reachable marking exceeds, as far as one is proved.
///   - limits: of markings and memory.
///   - clock: see ``Clock``.
/// - Returns: the answer.
public func reach(
  _ query: Query, in net: Net, bounds: @autoclosure () -> [Int?], limits: Limits = Limits(),
  clock: Clock = { _ in 0 }
) -> Reachability {
  withoutActuallyEscaping(bounds) { bounds in
    Verifier(of: net, limits: limits) { _ in bounds() }.reach(query, clock: clock)
  }
}

extension Verifier {
  /// The same as a question among others.
  public func reach(_ query: Query, clock: Clock = { _ in 0 }) -> Reachability {
    let most = limits.bytes - limits.bytes / 4
    guard let space = markings(bytes: most) else { return Reachability(answer: .undecided(.memory), markings: 0) }
    // Each of the methods beside the first may take an eighth of the memory, unless earlier questions left less.
    let share = min(limits.bytes / 8, max(0, limits.bytes - space.bytes) / 2)
    var all = ForwardSearch(query, through: space)
    func ask(_ phase: Progress.Phase, _ markings: Int) -> Bool { clock(Progress(phase: phase, markings: markings)) < 1 }
    func runAll(_ more: Int, _ bytes: Int) -> Reachability.Answer? {
      let space = all.space
      return all.run(more, Limits(markings: limits.markings, bytes: bytes)) { ask(.exploring, space.count) }
    }
    func answered(_ answer: Reachability.Answer) -> Reachability {
      Reachability(answer: answer, markings: all.space.count)
    }

    if let answer = runAll(2000, most) { return answered(answer) }
    guard ask(.bounding, all.space.count) else { return answered(.undecided(.time)) }
    let known = bounds(clock)
    if let reason = refutation(of: query, in: net, shouldStop: { !ask(.bounding, all.space.count) }) {
      return answered(.never(reason))
    }
    guard ask(.bounding, all.space.count) else { return answered(.undecided(.time)) }
    guard let packed = markings(bytes: most) else { return answered(.undecided(.memory)) }
    if packed !== all.space { all = ForwardSearch(query, through: packed) }
    let facts = PlainFacts(of: net, bounds: known)
    let left = Limits(markings: limits.markings, bytes: share, reduces: limits.reduces)
    let chosen = ReducedSearch(query, in: net, bounds: known, facts: facts, left) {
      ask(.reducing, packed.count)
    }
    var backwards = query.leastMarkings(of: net).map {
      BackwardSearch(for: $0, in: net, bounds: known, invariants: invariants(clock), bytes: share)
    }

    var slice = 2000
    while true {
      if all.stop == nil, let answer = runAll(10 * slice, most) { return answered(answer) }
      if let answer = chosen.run(slice, left, goOn: { ask(.reducing, chosen.markings) }) {
        return Reachability(answer: answer, markings: chosen.markings)
      }
      if let search = backwards {
        backwards = search.after(500 * slice) { ask(.reducing, search.count) }
        if let answer = backwards?.answer(to: query, in: net) {
          return Reachability(answer: answer, markings: backwards?.count ?? 0)
        }
        if backwards?.isOver == true { backwards = nil }
      }
      guard ask(.exploring, all.space.count) else { return answered(.undecided(.time)) }
      if all.stop != nil, chosen.isOver, backwards == nil { break }
      slice *= 2
    }
    // The memory of the other methods is left to the first.
    if all.stop == .memory, let answer = runAll(.max / 2, limits.bytes - chosen.bytes) { return answered(answer) }
    return answered(.undecided(all.stop ?? .time))
  }
}

extension BackwardSearch {
  /// The search after so much work more.
  fileprivate func after(_ work: Int, goOn: () -> Bool) -> BackwardSearch {
    var search = self
    search.run(work: work, goOn: goOn)
    return search
  }

  /// Whether there is nothing more to do.
  fileprivate var isOver: Bool {
    if case .searching = state { return false }
    return true
  }

  /// What it found out; a way counts when the firing rule can go it, and leads to what is meant.
  fileprivate func answer(to query: Query, in net: Net) -> Reachability.Answer? {
    switch state {
    case .searching, .gaveUp: return nil
    case .closed(let barrier):
      return .never(
        "searched backwards, \(barrier.least.count) least markings lead to what is meant, and the initial marking is as "
          + "large as none of them")
    case .met(let path):
      var marking = net.initialMarking
      for transition in path {
        guard let after = try? net.fire(transition, in: marking) else { return nil }
        marking = after
      }
      return query.holds(marking, of: net) ? .reachable(marking, path: path) : nil
    }
  }
}

/// Why the state equation says that no marking is meant by a query; nil when it does not.
private func refutation(of query: Query, in net: Net, shouldStop: () -> Bool) -> String? {
  guard let rows = query.demands(of: net) else { return nil }
  var reasons: [String] = []
  for row in rows {
    guard !row.isEmpty, let refutation = StateEquation.refute(row, of: net, shouldStop: shouldStop) else { return nil }
    reasons.append(refutation.words(in: net))
  }
  return reasons.first.map { first in
    rows.count == 1 ? first : "\(first) (and \(rows.count - 1) more such proofs, one for each way to meet the query)"
  }
}
