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
  /// Laws that are held: all of the author's, then others that were proved, those of fewest places first.
  public let laws: [HeldLaw]

  /// How many counts the laws, and the bounds that are no capacities, may take out of a vector together.
  private static let budget = 6

  /// Chooses what is held.
  ///
  /// - Parameters:
  ///   - element: what the vector counts in.
  ///   - places: how the places of the net are held.
  ///   - stated: the laws of the author's.
  ///   - laws: those that were proved, those of fewest places first.
  ///   - net: the net.
  init(element: IntegerType, places: [PlacePlan], stated: [Law], laws: [Invariant], of net: Net) {
    self.element = element
    count = places.count
    let proved = places.map(\.bound?.most)
    let most = proved.contains(nil) ? nil : proved.compactMap { $0 }.max()
    self.most = most

    var held = stated.map { HeldLaw($0, element: element, bounds: proved) }
    var left = max(0, Self.budget - held.reduce(0) { $0 + $1.terms.count })
    for law in laws where law.terms.count <= left && !stated.contains(where: { $0.says(law) }) {
      guard let law = HeldLaw(law, element: element, bounds: proved, net: net) else { continue }
      left -= law.terms.count
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

/// A law that the domain of the markings holds: how a sum of tokens compares with a number.
public struct HeldLaw: Hashable, Sendable {
  /// In what the sum is taken, so that it does not overflow in a marking that the net can have: that would refuse it.
  public enum Width: Hashable, Sendable {
    /// What the vector counts in.
    case element
    /// 64 bits, where 32 are too few.
    case bigint
    /// Any number of digits, where a place has no bound or 64 bits are too few.
    case numeric
  }

  /// The places of the sum with their weights, by place.
  public let terms: [Weighted]
  /// How the sum compares with the number.
  public let relation: Query.Comparison
  /// The number.
  public let number: Int
  /// Whether the author of the net states it.
  public let isStated: Bool
  /// The law as people read it.
  public let words: String
  /// In what the sum is taken.
  public let width: Width

  /// A law of the author's.
  init(_ law: Law, element: IntegerType, bounds: [Int?]) {
    (terms, relation, number, isStated, words) = (law.terms, law.relation, law.number, true, law.statement.text)
    width = Self.width(of: terms, element, bounds)
  }

  /// A law that was proved; nil where its sum may pass 64 bits.
  init?(_ law: Invariant, element: IntegerType, bounds: [Int?], net: Net) {
    (terms, relation, number, isStated, words) = (law.terms, .equal, law.value, false, law.words(in: net))
    width = Self.width(of: terms, element, bounds)
    guard width != .numeric else { return nil }
  }

  private static func width(of terms: [Weighted], _ element: IntegerType, _ bounds: [Int?]) -> Width {
    if terms.count == 1, terms[0].weight == 1 { return .element }
    var sum = 0
    for term in terms {
      guard let weight = Int(exactly: term.weight.magnitude), let most = bounds[term.index] else { return .numeric }
      let (product, overflows) = weight.multipliedReportingOverflow(by: most)
      let (total, isBeyond) = sum.addingReportingOverflow(product)
      guard !overflows, !isBeyond else { return .numeric }
      sum = total
    }
    return element == .integer && sum > element.most ? .bigint : .element
  }
}
