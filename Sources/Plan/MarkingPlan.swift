public import NetAnalysis
internal import PetriNet

/// What is true of every marking of a net, and held by the domain of its markings.
///
/// A comparison with all counts at once costs a firing next to nothing. Each count that is taken out of the vector costs it
/// 3,700 instructions of some 330,000 (PostgreSQL 15), so that not all that was proved can be held: the limits that
/// somebody wrote down are, and of the rest what stays within a budget.
public struct MarkingPlan: Hashable, Sendable {
  /// What the vector counts in.
  public let element: IntegerType
  /// How many places there are.
  public let count: Int
  /// The most tokens that any place can hold; nil where some place has no bound.
  public let most: Int?
  /// Smaller bounds, the smallest first, each with its places: all capacities, and others.
  public let bounds: [SharedBound]
  /// Laws that are held: those of fewest places first.
  public let laws: [HeldLaw]

  /// How many counts the laws, and the bounds that are no capacities, may take out of a vector together.
  private static let budget = 6

  /// Chooses what is held.
  ///
  /// - Parameters:
  ///   - element: what the vector counts in.
  ///   - places: how the places of the net are held.
  ///   - laws: those that were proved, those of fewest places first.
  init(element: IntegerType, places: [PlacePlan], laws: [Invariant]) {
    self.element = element
    count = places.count
    let proved = places.map(\.bound?.most)
    let most = proved.contains(nil) ? nil : proved.compactMap { $0 }.max()
    self.most = most

    var left = Self.budget
    var held: [HeldLaw] = []
    for law in laws where law.terms.count <= left {
      guard let law = HeldLaw(law, element: element, bounds: proved) else { continue }
      left -= law.law.terms.count
      held.append(law)
    }
    self.laws = held

    let smaller = places.indices.filter { proved[$0] != nil && proved[$0] != most }
    let capacities = smaller.filter { proved[$0] == places[$0].place.capacity }
    let others = smaller.filter { proved[$0] != places[$0].place.capacity }.prefix(left)
    bounds = Dictionary(grouping: capacities + others) { proved[$0] ?? 0 }.sorted { $0.key < $1.key }
      .map { SharedBound(most: $0.key, places: $0.value.sorted()) }
  }
}

/// The most tokens that some places can hold.
public struct SharedBound: Hashable, Sendable {
  /// The bound.
  public let most: Int
  /// The indexes of the places, in order.
  public let places: [Int]
}

/// A law that the domain of the markings holds.
public struct HeldLaw: Hashable, Sendable {
  /// The law.
  public let law: Invariant
  /// Whether its sum is taken in 64 bits: where 32 bits are too few for a marking that the net can have, it would be
  /// refused for an overflow.
  public let isWide: Bool

  /// A law whose places are all bounded and whose sum fits 64 bits; nil for others.
  init?(_ law: Invariant, element: IntegerType, bounds: [Int?]) {
    var sum = 0
    for term in law.terms {
      guard let weight = Int(exactly: term.weight.magnitude), let most = bounds[term.index] else { return nil }
      let (product, overflows) = weight.multipliedReportingOverflow(by: most)
      let (total, isBeyond) = sum.addingReportingOverflow(product)
      guard !overflows, !isBeyond else { return nil }
      sum = total
    }
    self.law = law
    isWide = element == .integer && sum > element.most
  }
}
