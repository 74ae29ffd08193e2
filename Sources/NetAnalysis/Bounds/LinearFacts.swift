public import PetriNet

extension WorkLimit {
  /// What a compiler can wait for on every compilation: less than a second.
  public static let bounds = WorkLimit(steps: 30_000_000)
  /// The part of it that invariants may take.
  static let invariants = WorkLimit(steps: 400_000)
}

/// What the incidence matrix proves of all reachable markings of a net, in tokens: how many each place can hold, and which
/// weighted sums of them never change.
///
/// Every reachable marking is m0 + C·x for some number x ≥ 0 of firings, and so the largest value that this sum can have
/// at a place, with no place below zero or above its capacity, is a bound. The dual of this linear program is a vector y
/// with y·C ≤ 0, which is taken for an `Invariant` and so proved again in whole numbers, whatever the search did; with
/// y·C = 0 it is an equality (T. Murata, "Petri nets: properties, analysis and applications", Proceedings of the IEEE 77
/// (1989), IV.B).
public struct LinearFacts: Hashable, Sendable {
  /// The bound of each place, by place; nil where linear programming over the state equation proves none.
  public let bounds: [PlaceBound?]
  /// Equalities of which every linear equality that the incidence matrix proves is a sum: as many as it takes and no more.
  ///
  /// They are chosen among the minimal P-semiflows, or some of them when there are too many, and a basis of all flows:
  /// those of fewest places first, and without negative weights where there is a choice. There are fewer than it takes
  /// when a limit was met.
  public let invariants: [Invariant]

  /// Finds them. They depend on the net and the limit alone. When that is met, the places that are left keep what is known
  /// by then.
  ///
  /// - Parameters:
  ///   - net: the net; any kinds of arcs.
  ///   - limit: the work that may be done for the bounds.
  ///   - shouldStop: asked now and then; when it says so, the rest keeps what is known by then.
  public init(of net: Net, limit: WorkLimit = .bounds, shouldStop: () -> Bool = { false }) {
    let incidence = Incidence(of: net)
    let flows = Flows(of: net, incidence: incidence, limit: .invariants, shouldStop: shouldStop)
    invariants = flows.basis
    var search = BoundSearch(of: net, incidence: incidence, steps: limit.steps)
    // What a few places say together is easier to follow than what a linear program finds.
    for invariant in flows.basis + flows.semipositive { search.offer(invariant) }
    search.run(through: incidence, shouldStop)
    // Resets that leave a sum as it began do not count.
    if incidence.hasResets { search.run(through: incidence.withoutResets, shouldStop) }
    bounds = search.bounds
  }
}
