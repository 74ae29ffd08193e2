public import PetriNet

extension WorkLimit {
  /// What a compiler can wait for on every compilation: some tens of milliseconds.
  public static let semiflows = WorkLimit(steps: 1_500_000)
}

/// The minimal P-semiflows of a net: weights above zero on places, of which the sum of tokens never changes.
///
/// They are the equalities from which all others with such weights follow. A place with a reset arc is in none.
///
/// - Parameters:
///   - net: the net.
///   - limit: the work after which it gives up; some nets have exponentially many.
///   - shouldStop: asked now and then; it gives up when this says so.
/// - Returns: the invariants, by place; nil when it gave up, and then `invariants(of:)` still knows a basis.
public func placeSemiflows(
  of net: Net, limit: WorkLimit = .semiflows, shouldStop: () -> Bool = { false }
) -> [Invariant]? {
  let incidence = Incidence(of: net)
  let (places, matrix) = incidence.equations
  return minimalSemiflows(of: matrix, limit: limit, shouldStop: shouldStop)?
    .compactMap { Invariant($0.map { Weighted(places[$0.index], $0.weight) }, of: net, incidence: incidence) }
}

/// The minimal T-semiflows of a net: how often to fire each transition so that the marking is again what it was, if the
/// order can be had.
///
/// A transition with a reset arc is in none, because what it takes differs from marking to marking.
///
/// - Parameters:
///   - net: the net.
///   - limit: the work after which it gives up; some nets have exponentially many.
///   - shouldStop: asked now and then; it gives up when this says so.
/// - Returns: the transitions of each with the number of their firings, by transition; nil when it gave up.
public func transitionSemiflows(
  of net: Net, limit: WorkLimit = .semiflows, shouldStop: () -> Bool = { false }
) -> [[Weighted]]? {
  let incidence = Incidence(of: net)
  let transitions = net.transitions.indices.filter { transition in
    incidence.byTransition[transition].allSatisfy { $0.exactly != nil }
  }
  let matrix = transitions.map { incidence.byTransition[$0].map { Weighted($0.place, $0.most) } }
  return minimalSemiflows(of: matrix, limit: limit, shouldStop: shouldStop)?
    .map { $0.map { Weighted(transitions[$0.index], $0.weight) } }
}

/// Equalities of which every linear equality that the incidence matrix proves is a sum: as many as it takes and no more.
///
/// They are chosen among the minimal P-semiflows and a basis of all flows, those of fewest places first, and without
/// negative weights where there is a choice.
///
/// - Parameters:
///   - net: the net.
///   - limit: the work that each of the two parts may do.
/// - Returns: the invariants, those of fewest places first; fewer than there are when a limit was met.
public func invariants(of net: Net, limit: WorkLimit = .semiflows) -> [Invariant] {
  let incidence = Incidence(of: net)
  let (places, matrix) = incidence.equations
  let vectors =
    (minimalSemiflows(of: matrix, limit: limit, shouldStop: { false }) ?? [])
    + (flowBasis(of: matrix, limit: limit) ?? [])
  let proved = vectors.compactMap {
    Invariant($0.map { Weighted(places[$0.index], $0.weight) }, of: net, incidence: incidence)
  }
  let preferred = proved.enumerated().sorted { left, right in
    (left.element.terms.count, left.element.isSemipositive ? 0 : 1, left.offset)
      < (right.element.terms.count, right.element.isSemipositive ? 0 : 1, right.offset)
  }
  var span = Span()
  return preferred.map(\.element).filter { span.insert($0.terms) }
}

extension Incidence {
  /// The places for which the state equation is one, and the rows of the matrix for these, by transition.
  fileprivate var equations: (places: [Int], matrix: [SparseVector]) {
    let places = byPlace.indices.filter { byPlace[$0].allSatisfy { $0.exactly != nil } }
    return (places, places.map { byPlace[$0].map { Weighted($0.transition, $0.most) } })
  }
}

/// All sums of the vectors put in, in echelon form.
private struct Span {
  private var byFirstIndex: [Int: SparseVector] = [:]

  /// Puts a vector in unless it is a sum of those that are; says whether it was put in. One of which that cannot be told
  /// in 64 bits is left out.
  mutating func insert(_ vector: SparseVector) -> Bool {
    var rest = vector
    while let first = rest.first {
      guard let pivot = byFirstIndex[first.index] else {
        byFirstIndex[first.index] = rest
        return true
      }
      guard let sum = SparseVector.eliminating(first.index, from: rest, with: pivot) else { return false }
      rest = sum
    }
    return false
  }
}
