public import PetriNet

/// Answers questions about one net, and keeps for the next what it found for one: bounds, markings, and how they are
/// connected.
public final class Verifier {
  let net: Net
  let limits: Limits
  private let prove: (Clock) -> [Int?]
  private var known: [Int?]?
  private var sums: [Invariant]?
  private var space: StateSpace?
  private var graph: StateGraph?

  /// - Parameters:
  ///   - net: the net.
  ///   - limits: of markings and memory, for all questions together; the time is each question's own.
  ///   - bounds: for each place a number of tokens that no reachable marking exceeds, as far as one is proved by the clock
  ///     of the question that needs them first.
  public init(of net: Net, limits: Limits = Limits(), bounds: @escaping (Clock) -> [Int?]) {
    self.net = net
    self.limits = limits
    prove = bounds
  }

  /// The bounds; asked for once.
  func bounds(_ clock: Clock) -> [Int?] {
    if let known { return known }
    let bounds = prove(clock)
    known = bounds
    // Begun again, with fields as wide as they need be.
    if space?.isComplete != true { space = nil }
    return bounds
  }

  /// Sums of tokens, without negative weights, that never change; looked for once.
  func invariants(_ clock: Clock) -> [Invariant] {
    if let sums { return sums }
    let flows = Flows(of: net, incidence: Incidence(of: net), limit: .invariants) { clock(.bounding) >= 1 }
    sums = flows.semipositive
    return flows.semipositive
  }

  /// The reachable markings found so far, the initial one at least; nil when there is no memory for the net itself.
  func markings(bytes: Int) -> StateSpace? {
    if let space { return space }
    space = StateSpace(of: net, bounds: known ?? net.places.map { _ in nil }, bytes: bytes)
    return space
  }

  /// Whether all reachable markings were found.
  var isComplete: Bool { space?.isComplete == true }

  /// The connections of all markings, once all were found; nil when there is no memory for them, or too little time.
  func connections(of space: StateSpace, goOn: () -> Bool) -> StateGraph? {
    if let graph { return graph }
    graph = StateGraph(of: space, bytes: limits.bytes, goOn: goOn)
    return graph
  }
}
