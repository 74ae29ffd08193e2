public import PetriNet

extension WorkLimit {
  /// What somebody who asks for semiflows waits for: some tens of milliseconds.
  public static let semiflows = WorkLimit(steps: 1_200_000)
}

/// The minimal P-semiflows of a net: weights above zero on places, of which the sum of tokens never changes.
///
/// They are the equalities from which all others with such weights follow. A place with a reset arc is in none, unless
/// that transition resets all places of the sum and puts back as much as was there at the beginning; then it is still
/// looked for, but not for sure found.
///
/// - Parameters:
///   - net: the net.
///   - limit: the work after which it gives up; some nets have exponentially many.
///   - shouldStop: asked now and then; it gives up when this says so.
/// - Returns: the invariants, by place; nil when it gave up, and then `LinearFacts` still knows a basis.
public func placeSemiflows(
  of net: Net, limit: WorkLimit = .semiflows, shouldStop: () -> Bool = { false }
) -> [Invariant]? {
  let incidence = Incidence(of: net)
  return incidence.minimalSemiflows(of: net, limit: limit, shouldStop: shouldStop)
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
    !incidence.byTransition[transition].contains(where: \.resets)
  }
  let matrix = transitions.map { incidence.byTransition[$0].map { Weighted($0.place, $0.most) } }
  return minimalSemiflows(of: matrix, limit: limit, shouldStop: shouldStop)?
    .map { $0.map { Weighted(transitions[$0.index], $0.weight) } }
}

/// The equalities of a net.
struct Flows {
  /// The minimal P-semiflows; nil when there are too many.
  let semiflows: [Invariant]?
  /// As many equalities as it takes to have all, the simplest first.
  let basis: [Invariant]
  /// Equalities without negative weights: the minimal P-semiflows, or some of them when there are too many.
  let semipositive: [Invariant]

  init(of net: Net, incidence: Incidence, limit: WorkLimit, shouldStop: () -> Bool) {
    semiflows = incidence.minimalSemiflows(of: net, limit: limit, shouldStop: shouldStop)
    semipositive = semiflows ?? incidence.coveringSemiflows(of: net, limit: limit, shouldStop: shouldStop)
    let all = semipositive + incidence.flowBasis(of: net, limit: limit)
    let simplestFirst = all.enumerated().sorted { left, right in
      (left.element.terms.count, left.element.isSemipositive ? 0 : 1, left.offset)
        < (right.element.terms.count, right.element.isSemipositive ? 0 : 1, right.offset)
    }
    var (span, isOver) = (Span(), false)
    basis = simplestFirst.map(\.element).filter { invariant in
      isOver = isOver || shouldStop()
      return !isOver && span.insert(invariant.terms)
    }
  }
}

extension Incidence {
  fileprivate func minimalSemiflows(of net: Net, limit: WorkLimit, shouldStop: () -> Bool) -> [Invariant]? {
    var all: [Invariant] = []
    for (places, matrix) in equations {
      guard let vectors = NetAnalysis.minimalSemiflows(of: matrix, limit: limit, shouldStop: shouldStop) else {
        return nil
      }
      all += prove(vectors, on: places, of: net)
    }
    return unique(all)
  }

  fileprivate func coveringSemiflows(of net: Net, limit: WorkLimit, shouldStop: () -> Bool) -> [Invariant] {
    unique(
      equations.flatMap { places, matrix in
        prove(NetAnalysis.coveringSemiflows(of: matrix, limit: limit, shouldStop: shouldStop), on: places, of: net)
      })
  }

  fileprivate func flowBasis(of net: Net, limit: WorkLimit) -> [Invariant] {
    unique(
      equations.flatMap { places, matrix in
        prove(NetAnalysis.flowBasis(of: matrix, limit: limit) ?? [], on: places, of: net)
      })
  }

  /// The vectors that are equalities of the net.
  private func prove(_ vectors: [SparseVector], on places: [Int], of net: Net) -> [Invariant] {
    vectors.compactMap { vector in
      Invariant(vector.map { Weighted(places[$0.index], $0.weight) }, of: net, incidence: self)
    }.filter { $0.relation == .equal }
  }

  private func unique(_ invariants: [Invariant]) -> [Invariant] {
    var seen: Set<Invariant> = []
    return invariants.filter { seen.insert($0).inserted }
  }

  /// Places, and their rows of the matrix, by transition: those that nothing resets; and all, as if the transitions that
  /// reset something never fired. Of the second only those vectors are equalities that each reset restores.
  private var equations: [(places: [Int], matrix: [SparseVector])] {
    func rows(_ places: [Int], _ incidence: Incidence) -> ([Int], [SparseVector]) {
      (places, places.map { incidence.byPlace[$0].map { Weighted($0.transition, $0.most) } })
    }
    let constant = rows(byPlace.indices.filter { !resets($0) }, self)
    return hasResets ? [constant, rows(Array(byPlace.indices), withoutResets)] : [constant]
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
