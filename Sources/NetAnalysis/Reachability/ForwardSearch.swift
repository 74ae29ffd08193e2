import PetriNet

/// A search through markings, nearest first, for one that is meant: all of them, or those that stubborn sets choose.
final class ForwardSearch {
  let query: Query
  let space: StateSpace
  private let stubborn: StubbornSets
  private let isReduced: Bool
  private var looked = 0
  /// Why it can go no further; nil as long as it can.
  private(set) var stop: Stop?

  /// A search by stubborn sets; nil when there is no memory for the net itself.
  init?(_ query: Query, in net: Net, bounds: [Int?], bytes: Int) {
    guard let space = StateSpace(of: net, bounds: bounds, bytes: bytes) else { return nil }
    self.query = query
    self.space = space
    isReduced = true
    stubborn = StubbornSets(effects: space.effects, bounds: bounds)
  }

  /// A search through all markings, of which some may have been found before.
  init(_ query: Query, through space: StateSpace) {
    self.query = query
    self.space = space
    isReduced = false
    stubborn = StubbornSets(effects: space.effects, bounds: space.net.places.map { _ in nil })
  }

  /// Goes on until so many markings more are found.
  ///
  /// - Returns: an answer; nil when there is none yet.
  func run(_ more: Int, _ limits: Limits, goOn: () -> Bool) -> Reachability.Answer? {
    let markings = min(space.count + more, limits.markings)
    let slice = Limits(markings: markings, bytes: limits.bytes)
    let ended = isReduced ? exploreReduced(slice, goOn) : space.explore(slice, goOn: goOn)
    if let hit = hit(goOn) {
      if let path = space.path(to: hit, Effort(.max), goOn: goOn) { return .reachable(space.marking(hit), path: path) }
      stop = .time
      return nil
    }
    switch ended {
    case nil where looked == space.count:
      return .never(
        isReduced
          ? "a search by stubborn sets, through \(space.count) markings, met none that is meant"
          : "none of the \(space.count) reachable markings is meant")
    case .markings where markings < limits.markings: stop = nil
    default: stop = ended ?? .time
    }
    return nil
  }

  private func exploreReduced(_ limits: Limits, _ goOn: () -> Bool) -> Stop? {
    space.explore(
      limits,
      choosing: { [stubborn, query] marking in
        if query == .deadlock(true) { return stubborn.choose(in: marking.counts) }
        let ways = stubborn.ways(to: query, from: marking.counts)
        return stubborn.closure(of: ways, among: stubborn.enabled(in: marking.counts), in: marking.counts)
      },
      goOn: goOn)
  }

  private func isMeant(_ counts: [Int]) -> Bool {
    query.holds(
      counts, isEnabled: { stubborn.isEnabled($0, in: counts) }, isDead: { stubborn.enabled(in: counts).isEmpty })
  }

  /// The first marking found that is meant, as far as there is time to look.
  private func hit(_ goOn: () -> Bool) -> Int? {
    // A look at a marking takes its places, and the transitions where the query asks for them.
    let between = max(1, (1 << 18) / (space.net.places.count + space.net.transitions.count + 1))
    while looked < space.count {
      if isMeant(space.marking(looked).counts) { return looked }
      looked += 1
      if looked % between == 0, !goOn() { return nil }
    }
    return nil
  }
}
