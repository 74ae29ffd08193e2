public import NetAnalysis

/// A law that a CHECK on each row of `states` holds.
public struct CheckedLaw: Hashable, Sendable {
  /// The law.
  public let law: Invariant
  /// The type in which its sum is taken: the narrowest integer that holds every part of it, whatever its domains let in.
  public let sum: IntegerType

  /// The most places of a law that is checked. PostgreSQL reads a CHECK anew for each statement: one of three places
  /// takes 7 % of the instructions of a dispatch, each further place about 2 %.
  private static let mostPlaces = 3

  /// The first of some laws that has few places and a sum that cannot overflow; nil when there is none.
  ///
  /// - Parameters:
  ///   - laws: those that hold, those of fewest places first.
  ///   - places: how the places of the net are held.
  init?(among laws: [Invariant], of places: [PlacePlan]) {
    for law in laws where law.terms.count <= Self.mostPlaces {
      guard let largest = Self.largestSum(of: law, in: places) else { continue }
      self.law = law
      sum = IntegerType(holding: largest)
      return
    }
    return nil
  }

  /// The largest that the terms of a law can add up to, signs aside; nil when a place has no bound, or beyond 64 bits.
  private static func largestSum(of law: Invariant, in places: [PlacePlan]) -> Int? {
    law.terms.reduce(0 as Int?) { sum, term in
      guard let sum, let weight = Int(exactly: term.weight.magnitude), let most = places[term.index].domain.bound
      else { return nil }
      let (product, overflows) = weight.multipliedReportingOverflow(by: most)
      let (total, isBeyond) = sum.addingReportingOverflow(product)
      return overflows || isBeyond ? nil : total
    }
  }
}
