public import PetriNet

/// What is known of a property of a net.
public struct Verification: Hashable, Sendable {
  /// Whether it holds in the initial marking; nil when that was not decided.
  public let holds: Bool?
  /// Why, in words; part of a sentence.
  public let reason: String
  /// The transitions of a run that shows it, where a run can.
  public let witness: [Int]
  /// The part of the witness that goes round for ever.
  public let loop: Range<Int>?
  /// Why it was not decided.
  public let stop: Stop?
  /// How many markings were looked at.
  public let markings: Int
}

/// Finds out whether a property holds in the initial marking of a net.
///
/// What only asks whether a marking can be reached is asked as ``reach(_:in:bounds:limits:clock:)`` does. For all else all
/// markings are looked for, and it is computed where each part of the property holds.
///
/// - Parameters:
///   - property: the property.
///   - net: the net.
///   - bounds: for each place a number of tokens that no reachable marking exceeds, as far as one is proved.
///   - limits: of markings and memory.
///   - clock: see ``Clock``.
/// - Returns: the answer.
public func verify(
  _ property: Property, of net: Net, bounds: @autoclosure () -> [Int?], limits: Limits = Limits(),
  clock: @escaping Clock = { _ in 0 }
) -> Verification {
  withoutActuallyEscaping(bounds) { bounds in
    Verifier(of: net, limits: limits) { _ in bounds() }.verify(property, clock: clock)
  }
}

extension Verifier {
  /// The same as a question among others.
  public func verify(_ property: Property, clock: @escaping Clock = { _ in 0 }) -> Verification {
    switch property {
    case .now(let query):
      return Verification(
        holds: query.holds(net.initialMarking, of: net), reason: "in the initial marking", witness: [], loop: nil,
        stop: nil, markings: 1)
    case .not(let part):
      let found = verify(part, clock: clock)
      return Verification(
        holds: found.holds.map { !$0 }, reason: found.reason, witness: found.witness, loop: found.loop,
        stop: found.stop, markings: found.markings)
    case .all(let parts): return verify(parts, deciding: false, clock)
    case .any(let parts): return verify(parts, deciding: true, clock)
    case .existsUntil(let first, .now(let query)) where first == .always:
      return Verification(reach(query, clock: clock))
    case .existsGlobally(.now(let query)) where !isComplete:
      // A marking takes its tokens, and as much again in the tables.
      let limit = min(20_000, limits.markings, limits.bytes / 16 / (net.places.count + 16))
      guard let found = Lasso(through: query, in: net, limit: limit, goOn: { clock(.bounding) < 1 }) else {
        return verifyByAll(property, clock)
      }
      return Verification(
        holds: found.run != nil,
        reason: found.run == nil
          ? "each run leaves such markings, of which there are \(found.markings)" : "this run stays there",
        witness: found.run?.path ?? [], loop: found.run?.loop, stop: nil, markings: found.markings)
    default:
      return verifyByAll(property, clock)
    }
  }

  /// Parts of which one that holds, or does not, decides for all.
  private func verify(_ parts: [Property], deciding: Bool, _ clock: @escaping Clock) -> Verification {
    var found: [Verification] = []
    for part in parts {
      found.append(verify(part, clock: clock))
      if found.last?.holds == deciding { return found[found.count - 1] }
    }
    return found.first { $0.holds == nil } ?? found.first { !$0.witness.isEmpty } ?? found.first
      ?? Verification(
        holds: !deciding, reason: "there is nothing to meet", witness: [], loop: nil, stop: nil, markings: 1)
  }

  private func verifyByAll(_ property: Property, _ clock: @escaping Clock) -> Verification {
    _ = bounds(clock)
    guard let space = markings(bytes: limits.bytes) else { return Verification(.memory, 0) }
    func goOn(_ phase: Progress.Phase) -> Bool { clock(Progress(phase: phase, markings: space.count)) < 1 }
    // A part of the memory is kept for the connections and the properties.
    let most = Limits(markings: limits.markings, bytes: limits.bytes / 2)
    if let stop = space.explore(most, goOn: { goOn(.exploring) }) { return Verification(stop, space.count) }
    guard let graph = connections(of: space, goOn: { goOn(.connecting) }) else {
      return Verification(goOn(.connecting) ? .memory : .time, space.count)
    }
    let properties = PropertyGraph(space, graph) { goOn(.concluding) }
    guard space.bytes + graph.bytes + property.size * space.count <= limits.bytes else {
      return Verification(.memory, space.count)
    }
    guard let holds = properties.holds(property) else { return Verification(.time, space.count) }
    let run = properties.run(showing: property, holds[0], from: 0)
    // What is shown is what the firing rule does.
    let isReal = run.isReal(in: net)
    return Verification(
      holds: holds[0], reason: "computed for all \(space.count) markings", witness: isReal ? run.path : [],
      loop: isReal ? run.loop : nil, stop: nil, markings: space.count)
  }
}

extension Verification {
  fileprivate init(_ found: Reachability) {
    switch found.answer {
    case .reachable(_, let path):
      self.init(holds: true, reason: "this leads there", witness: path, loop: nil, stop: nil, markings: found.markings)
    case .never(let reason):
      self.init(holds: false, reason: reason, witness: [], loop: nil, stop: nil, markings: found.markings)
    case .undecided(let stop):
      self.init(stop, found.markings)
    }
  }

  fileprivate init(_ stop: Stop, _ markings: Int) {
    self.init(
      holds: nil, reason: "undecided after \(markings) markings", witness: [], loop: nil, stop: stop,
      markings: markings)
  }
}

extension Property {
  /// How many parts it has, itself among them.
  fileprivate var size: Int {
    switch self {
    case .now: 1
    case .not(let part), .existsNext(let part), .existsGlobally(let part): 1 + part.size
    case .all(let parts), .any(let parts): 1 + parts.reduce(0) { $0 + $1.size }
    case .existsUntil(let first, let second): 1 + first.size + second.size
    }
  }
}

extension PropertyGraph.Run {
  /// Whether the firing rule can go it, and comes back to where its loop begins.
  fileprivate func isReal(in net: Net) -> Bool {
    var marking = net.initialMarking
    var start: Marking?
    for (index, transition) in path.enumerated() {
      if index == loop?.lowerBound { start = marking }
      guard let after = try? net.fire(transition, in: marking) else { return false }
      marking = after
    }
    return loop == nil || start == marking
  }
}
