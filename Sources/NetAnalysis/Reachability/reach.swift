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
/// state equation may show that there is no such marking; then all markings are looked at for half of the time and with
/// most of the memory, and in what is left, only those that stubborn sets choose.
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
  let unknown: [Int?] = net.places.map { _ in nil }
  guard var search = QuerySearch(query, net, unknown) else {
    return Reachability(answer: .undecided(.memory), markings: 0)
  }
  if let answer = search.run(20_000, limits, until: 0.2, clock) { return answer }
  func isOver() -> Bool { clock(Progress(phase: .exploring, markings: search.space.count)) >= 1 }
  if isOver() { return search.undecided }
  if let reason = refutation(of: query, in: net) {
    return Reachability(answer: .never(reason), markings: search.space.count)
  }
  guard !isOver(), let packed = QuerySearch(query, net, bounds()) else { return search.undecided }
  search = packed
  let most = Limits(markings: limits.markings, bytes: limits.bytes - limits.bytes / 8)
  if let answer = search.run(.max, most, until: 0.5, clock) { return answer }
  if let answer = search.reduced(limits, clock) { return answer }
  return search.run(.max, limits, until: 1, clock) ?? search.undecided
}

/// Why the state equation says that no marking is meant by a query; nil when it does not.
private func refutation(of query: Query, in net: Net) -> String? {
  guard let rows = query.demands(of: net) else { return nil }
  var reasons: [String] = []
  for row in rows {
    guard !row.isEmpty, let refutation = StateEquation.refute(row, of: net) else { return nil }
    reasons.append(refutation.words(in: net))
  }
  return reasons.first.map { first in
    rows.count == 1 ? first : "\(first) (and \(rows.count - 1) more such proofs, one for each way to meet the query)"
  }
}

/// A search through markings for one that is meant.
private struct QuerySearch {
  let query: Query
  let space: StateSpace
  private let stubborn: StubbornSets
  private var looked = 0
  private var stop = Stop.time
  private let bounds: [Int?]

  init?(_ query: Query, _ net: Net, _ bounds: [Int?]) {
    guard let space = StateSpace(of: net, bounds: bounds) else { return nil }
    self.query = query
    self.space = space
    self.bounds = bounds
    stubborn = StubbornSets(effects: space.effects, bounds: bounds)
  }

  var undecided: Reachability { Reachability(answer: .undecided(stop), markings: space.count) }

  private func isMeant(_ counts: [Int]) -> Bool {
    query.holds(
      counts, isEnabled: { stubborn.isEnabled($0, in: counts) }, isDead: { stubborn.enabled(in: counts).isEmpty })
  }

  private func found(_ index: Int, in space: StateSpace) -> Reachability {
    Reachability(answer: .reachable(space.marking(index), path: space.path(to: index)), markings: space.count)
  }

  /// Looks at all markings, nearest first; nil when the limits were reached.
  mutating func run(_ markings: Int, _ limits: Limits, until share: Double, _ clock: Clock) -> Reachability? {
    let limits = Limits(markings: min(markings, limits.markings), bytes: limits.bytes)
    var (looked, hit) = (looked, -1)
    func look() -> Bool {
      while looked < space.count, hit < 0 {
        if isMeant(space.marking(looked).counts) { hit = looked }
        looked += 1
      }
      return hit < 0
    }
    let ended = space.explore(limits) {
      look() && clock(Progress(phase: .exploring, markings: space.count)) < share
    }
    _ = look()
    self.looked = looked
    if hit >= 0 { return found(hit, in: space) }
    guard let ended else {
      let count = space.count
      return Reachability(answer: .never("none of the \(count) reachable markings is meant"), markings: count)
    }
    stop = ended
    return nil
  }

  /// Looks at those markings that stubborn sets choose; nil when the limits were reached.
  func reduced(_ limits: Limits, _ clock: Clock) -> Reachability? {
    guard let space = StateSpace(of: space.net, bounds: bounds) else { return nil }
    let left = Limits(markings: min(limits.markings, 2_000_000), bytes: limits.bytes - self.space.bytes)
    var hit = -1
    let ended = space.explore(
      left,
      choosing: { marking in
        let ways = stubborn.ways(to: query, from: marking.counts)
        return stubborn.closure(of: ways, among: stubborn.enabled(in: marking.counts), in: marking.counts)
      },
      visit: { index, marking in
        if isMeant(marking.counts) { hit = index }
        return hit < 0
      },
      goOn: { clock(Progress(phase: .reducing, markings: space.count)) < 1 })
    if hit >= 0 { return found(hit, in: space) }
    guard ended == nil else { return nil }
    return Reachability(
      answer: .never("a search by stubborn sets, through \(space.count) markings, met none that is meant"),
      markings: space.count)
  }
}
