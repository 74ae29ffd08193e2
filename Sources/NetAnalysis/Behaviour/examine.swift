public import PetriNet

/// Finds out how a net behaves, as far as the limits and the clock allow; never a guess.
///
/// First it is seen what needs no marking. Then all reachable markings are looked for. Where they do not come to an end
/// soon, and no bound is proved, a coverability tree looks for a pump; where they do not come to an end in time, stubborn
/// sets look for a deadlock in what is left of it. What the markings mean for each claim is decided at the end, for which
/// a twentieth of the time is kept.
///
/// An eighth of the memory is left to the coverability tree and the stubborn sets until they are done, so that a net too
/// large for the rest is asked in these ways, too.
///
/// - Parameters:
///   - net: the net.
///   - bounds: for each place a number of tokens that no reachable marking exceeds, as far as one is proved; only asked
///     for when the markings are many.
///   - limits: of markings and memory.
///   - clock: see ``Clock``.
/// - Returns: what is known.
public func examine(
  _ net: Net, bounds: @autoclosure () -> [Int?], limits: Limits = Limits(), clock: Clock = { _ in 0 }
) -> Behaviour {
  let unknown: [Int?] = net.places.map { _ in nil }
  var facts = PlainFacts(of: net, bounds: unknown)
  // A part of the memory is kept for what comes after the exploration, as long as that is not done.
  let kept = limits.bytes / 8
  var bytes = limits.bytes - kept
  guard let small = StateSpace(of: net, bounds: unknown, bytes: bytes) else { return Behaviour(facts, of: net) }
  var space = small
  func ask(_ phase: Progress.Phase) -> Double { clock(Progress(phase: phase, markings: space.count)) }
  func explore(until share: Double, markings: Int) -> Stop? {
    let limits = Limits(markings: min(markings, limits.markings), bytes: bytes)
    return space.explore(limits) { ask(.exploring) < share }
  }

  var known = unknown
  var stop = explore(until: 0.1, markings: 20_000)
  if stop != nil, ask(.exploring) < Share.conclusions {
    known = bounds()
    facts = PlainFacts(of: net, bounds: known)
    // Begun again, with fields as wide as they need be.
    guard let packed = StateSpace(of: net, bounds: known, bytes: bytes) else { return Behaviour(facts, of: net) }
    space = packed
    stop = explore(until: 0.2, markings: 20_000)
  }
  // A pump, where there is one, mostly shows soon; a tree that finds none costs the square of its nodes.
  let isProvedBounded = zip(known, net.places).allSatisfy { $0 != nil || $1.capacity != nil }
  var coverability: Coverability?
  for (isDeep, nodes) in [(false, 1000), (true, 10_000)] where stop != nil && !isProvedBounded {
    guard coverability?.pump == nil, coverability?.isComplete != true else { break }
    let nodes = min(nodes, limits.markings, kept / (net.places.count + 1) / Coverability.bytesACount)
    coverability = Coverability(of: net, isDeep: isDeep, limit: nodes) {
      clock(Progress(phase: .covering, markings: $0)) < 0.4
    }
  }
  if stop != nil {
    let isUnbounded = coverability?.pump != nil
    stop = explore(until: 0.75, markings: isUnbounded ? 200_000 : .max)
    if isUnbounded, stop != nil { stop = .unbounded }
  }

  let left = Limits(
    markings: min(limits.markings, 2_000_000), bytes: limits.bytes - space.bytes, reduces: limits.reduces)
  func search(_ query: Query, _ limits: Limits, until share: Double) -> Reachability.Answer? {
    func goOn(_ markings: Int) -> Bool { clock(Progress(phase: .reducing, markings: markings)) < share }
    let search = ReducedSearch(query, in: net, bounds: known, facts: facts, limits) { goOn(0) }
    var (answer, slice): (Reachability.Answer?, Int) = (nil, 4000)
    while answer == nil, !search.isOver {
      answer = search.run(slice, limits) { goOn(search.markings) }
      slice *= 2
    }
    return answer
  }
  var (deadlock, crowd): (Reachability.Answer?, Reachability.Answer?)
  if stop != nil, space.firstDeadlock == nil, facts.alwaysEnabled == nil {
    deadlock = search(.deadlock(true), left, until: 0.9)
  }
  let crowded = net.places.indices.filter { (known[$0] ?? .max) > 1 && net.places[$0].capacity ?? .max > 1 }
  if stop != nil, coverability?.pump == nil, !crowded.isEmpty,
    space.first(above: 1, goOn: { ask(.concluding) < 1 }) == nil
  {
    let query = Query.any(
      crowded.compactMap { TokenSum(place: $0).adding(TokenSum(1), times: -1).map { .compare($0, .greater) } })
    crowd = search(query, left, until: Share.conclusions)
  }
  bytes = limits.bytes
  if stop == .time || stop == .memory { stop = explore(until: Share.conclusions, markings: .max) }

  var graph: StateGraph?
  if stop == nil { graph = StateGraph(of: space, bytes: bytes) { ask(.connecting) < 1 } }
  func goOn() -> Bool { ask(.concluding) < 1 }
  let terminal = graph.flatMap { graph in
    TerminalComponents(space, graph, bytes: bytes - space.bytes - graph.bytes, goOn: goOn)
  }
  let evidence = Evidence(
    space: space, bounds: known, facts: facts, isComplete: stop == nil,
    maxima: stop == nil ? space.maxima(goOn: goOn) : nil, unsafe: space.first(above: 1, goOn: goOn),
    departure: terminal == nil
      ? space.first(enabling: Set(facts.irreversible.map(\.transition)), goOn: goOn) : nil,
    terminal: terminal, coverability: coverability, deadlock: deadlock, crowd: crowd,
    commoner: stop == nil ? nil : Commoner(of: net, bytes: kept) { ask(.reducing) >= 1 })
  return Behaviour(evidence, stop: stop, graph: graph, goOn: goOn)
}

/// Up to which share of the time something goes on.
private enum Share {
  /// Whatever needs to be followed by conclusions.
  static let conclusions = 0.95
}
