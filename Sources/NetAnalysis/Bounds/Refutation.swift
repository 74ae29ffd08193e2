public import PetriNet

/// The proof that no reachable marking meets all of some demands: Farkas' lemma.
///
/// The demands, multiplied and added up, ask for a sum of tokens of at least some number; so do traps that are always
/// marked, as demands that each marking meets. An invariant, and the capacities where it does not suffice, say that the
/// sum is always less. Like an `Invariant`, a value of this type has been checked in whole numbers when it was made.
public struct Refutation: Hashable, Sendable {
  /// By what each demand is multiplied, in their order: not below zero for ≥, not above it for ≤.
  public let multipliers: [Int]
  /// The traps that take part in the sum, and by what each is multiplied.
  public let traps: [MarkedTrap: Int]
  /// The sum of tokens that the demands amount to.
  public let terms: [Weighted]
  /// What the demands ask of it, at least.
  public let demanded: Int
  /// What it can be, at most; less than `demanded`.
  public let possible: Int
  /// Why it can be no more; nil when the demands contradict each other, or the capacities, whatever the net does.
  public let invariant: Invariant?

  /// Checks a proof; nil when it is none, or a number on the way needs more than 64 bits.
  ///
  /// - Parameters:
  ///   - demands: the demands.
  ///   - traps: what is asked beside them, and always met.
  ///   - multipliers: by what each demand is multiplied, and then each trap.
  ///   - slack: what is to be added to the sum demanded so that no firing makes it larger.
  ///   - net: the net.
  ///   - incidence: the incidence matrix of the net.
  init?(
    of demands: [Demand], and traps: [MarkedTrap] = [], multipliers: [Int], slack: [Weighted], in net: Net,
    incidence: Incidence
  ) {
    guard multipliers.count == demands.count + traps.count else { return nil }
    var parts: [Weighted] = []
    var demanded = Int128(0)
    for (multiplier, demand) in zip(multipliers, demands + traps.map(\.demand)) {
      guard demand.signs.contains(multiplier.signum()) || multiplier == 0 else { return nil }
      for term in demand.terms {
        let product = multiplier.multipliedReportingOverflow(by: term.weight)
        guard !product.overflow, net.places.indices.contains(term.index) else { return nil }
        parts.append(Weighted(term.index, product.partialValue))
      }
      let (sum, overflow) = demanded.addingReportingOverflow(Int128(multiplier) * Int128(demand.number))
      guard !overflow else { return nil }
      demanded = sum
    }
    guard let terms = SparseVector(summing: parts), let whole = SparseVector(summing: terms + slack) else { return nil }

    // The invariant's weights are those of the whole, divided by what divides them all.
    var invariant: Invariant?
    var possible = Int128(0)
    if let first = whole.first {
      guard let proved = Invariant(whole, of: net, incidence: incidence) else { return nil }
      possible = Int128(first.weight / proved.terms[0].weight) * Int128(proved.value)
      invariant = proved
    }
    // Slack above zero is at least nothing; below zero, it is at most what the capacity says.
    guard let slack = SparseVector(summing: slack) else { return nil }
    for term in slack where term.weight < 0 {
      guard let capacity = net.places[term.index].capacity else { return nil }
      let (sum, overflow) = possible.addingReportingOverflow(Int128(term.weight.magnitude) * Int128(capacity))
      guard !overflow else { return nil }
      possible = sum
    }
    guard possible < demanded, let demanded = Int(exactly: demanded), let possible = Int(exactly: possible) else {
      return nil
    }
    self.multipliers = Array(multipliers[..<demands.count])
    self.traps = Dictionary(zip(traps, multipliers[demands.count...])) { $0 + $1 }.filter { $0.value != 0 }
    self.terms = terms
    self.demanded = demanded
    self.possible = possible
    self.invariant = invariant
  }

  /// The proof in a sentence.
  public func words(in net: Net) -> String {
    let sum = terms.isEmpty ? "0" : terms.words(in: net)
    let sets = traps.keys.sorted { $0.places.lexicographicallyPrecedes($1.places) }.map { $0.words(in: net) }
    let traps =
      switch sets.count {
      case 0: ""
      case 1: ", with the trap \(sets[0]) that is always marked,"
      default: ", with \(sets.count) traps that are always marked, such as \(sets[0]),"
      }
    let asked = "together the demands\(traps) ask for \(sum) ≥ \(demanded)"
    guard let invariant else { return "\(asked), which is at most \(possible) in any marking" }
    return "\(asked), but \(invariant.words(in: net)) in every reachable marking, which allows at most \(possible)"
  }
}
