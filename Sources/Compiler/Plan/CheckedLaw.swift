public import NetAnalysis

/// A law that a CHECK on each row of `states` holds.
public struct CheckedLaw: Hashable, Sendable {
  /// The law.
  public let law: Invariant
  /// For each of its terms whether the column is cast to bigint.
  ///
  /// PostgreSQL takes a product in the wider type of its factors, and a sum in the wider type of its terms. Where that is
  /// too narrow for what the domains let in, a marking that the net can have would be refused for an overflow.
  public let casts: [Bool]

  /// The most places of a law that is checked. PostgreSQL reads a CHECK anew for each statement: one of three places
  /// takes 7 % of the instructions of a dispatch, each further place about 2 %.
  private static let mostPlaces = 3

  /// The first of some laws that has few places, all of them bounded, and a sum of at most 64 bits; nil when there is
  /// none.
  ///
  /// - Parameters:
  ///   - laws: those that hold, those of fewest places first.
  ///   - places: how the places of the net are held.
  init?(among laws: [Invariant], of places: [PlacePlan]) {
    for law in laws where law.terms.count <= Self.mostPlaces {
      guard let casts = Self.casts(in: law, of: places) else { continue }
      self.law = law
      self.casts = casts
      return
    }
    return nil
  }

  /// Which terms are cast, so that no product and no sum from the left overflows; nil when 64 bits are too few, or a
  /// place has no bound.
  private static func casts(in law: Invariant, of places: [PlacePlan]) -> [Bool]? {
    var casts: [Bool] = []
    var sum = (type: IntegerType.smallint, most: 0)
    for term in law.terms {
      let domain = places[term.index].domain
      guard let weight = Int(exactly: term.weight.magnitude), let most = domain.bound else { return nil }
      let (product, overflows) = weight.multipliedReportingOverflow(by: most)
      let (total, isBeyond) = sum.most.addingReportingOverflow(product)
      guard !overflows, !isBeyond else { return nil }

      // A number in SQL is an integer, or a bigint when it needs to be.
      let type = weight == 1 ? domain.base : max(domain.base, .integer, IntegerType(holding: weight))
      let isTooNarrow = type < IntegerType(holding: product) || max(sum.type, type) < IntegerType(holding: total)
      casts.append(isTooNarrow)
      sum = (isTooNarrow ? .bigint : max(sum.type, type), total)
    }
    return casts
  }
}
