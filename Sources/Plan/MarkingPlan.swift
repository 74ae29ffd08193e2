public import NetAnalysis

/// What is true of every marking of a net, and held by the domain of its markings.
public struct MarkingPlan: Hashable, Sendable {
  /// What the vector counts in.
  public let element: IntegerType
  /// How many places there are.
  public let count: Int
  /// Bounds that were proved, the smallest first, each with its places.
  public let bounds: [SharedBound]
  /// Laws that are held: those of fewest places first.
  public let laws: [HeldLaw]

  /// The most places that the laws of a net have together. A place of a law costs some hundred instructions of a firing.
  private static let mostTerms = 48

  /// Chooses what is held.
  ///
  /// - Parameters:
  ///   - element: what the vector counts in.
  ///   - places: how the places of the net are held.
  ///   - laws: those that were proved, those of fewest places first.
  init(element: IntegerType, places: [PlacePlan], laws: [Invariant]) {
    self.element = element
    count = places.count
    bounds = Dictionary(grouping: places.indices.filter { places[$0].bound != nil }) { places[$0].bound?.most ?? 0 }
      .sorted { $0.key < $1.key }
      .map { SharedBound(most: $0.key, places: $0.value.sorted()) }
    var left = Self.mostTerms
    var held: [HeldLaw] = []
    for law in laws where law.terms.count <= left {
      guard let law = HeldLaw(law, element: element, bounds: places.map(\.bound?.most)) else { continue }
      left -= law.law.terms.count
      held.append(law)
    }
    self.laws = held
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
