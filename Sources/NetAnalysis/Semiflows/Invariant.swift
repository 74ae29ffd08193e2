public import PetriNet

/// A weighted sum of tokens that no firing changes, or that no firing makes larger: a linear fact about all reachable
/// markings.
///
/// A value of this type is its own certificate. However the weights were found, the initializer takes them against every
/// transition of the net in whole numbers, and there is no other way to have one. With weights y, the incidence matrix C
/// and the initial marking m0 it has seen y·C = 0, or y·C ≤ 0, and so y·m = y·m0, or y·m ≤ y·m0, for every reachable
/// marking m (T. Murata, "Petri nets: properties, analysis and applications", Proceedings of the IEEE 77 (1989), IV.B).
///
/// Reads and inhibitors only keep transitions from firing, which leaves such a fact true. A reset takes what is there:
/// nothing can be told of the sum when its place has a weight below zero, and no more than ≤ when it has one above.
/// Multiplying a firing (`multiple`) is firing many times.
public struct Invariant: Hashable, Sendable {
  /// How the sum compares with its value in the initial marking.
  public enum Relation: String, Hashable, Sendable {
    /// It stays the same: a P-invariant, and a P-semiflow when no weight is negative.
    case equal = "="
    /// It never exceeds it: a P-subinvariant.
    case atMost = "≤"
  }

  /// The places of the sum with their weights, by place. No weight is zero, and no number but 1 divides all of them.
  public let terms: [Weighted]
  /// How the sum compares with `value`.
  public let relation: Relation
  /// The sum in the initial marking.
  public let value: Int

  /// Proves that a weighted sum of tokens never grows, and whether it always stays the same. There is no such invariant
  /// when some firing could make the sum larger, when nothing has a weight, and when a number on the way needs more than
  /// 64 bits.
  ///
  /// - Parameters:
  ///   - weights: places and their weights in any order; those of one place add up.
  ///   - net: the net of these places.
  public init?(_ weights: some Sequence<Weighted>, of net: Net) {
    self.init(weights, of: net, incidence: Incidence(of: net))
  }

  /// The same where the incidence matrix of the net is at hand.
  init?(_ weights: some Sequence<Weighted>, of net: Net, incidence: Incidence) {
    guard var terms = SparseVector(summing: weights), !terms.isEmpty,
      terms.allSatisfy({ net.places.indices.contains($0.index) })
    else { return nil }
    terms.divideByCommonDivisor()

    var largest: [Int: Int] = [:]
    var isEqual = true
    for term in terms {
      for change in incidence.byPlace[term.index] {
        if change.resets {
          guard term.weight > 0 else { return nil }
          isEqual = false
        }
        let product = term.weight.multipliedReportingOverflow(by: change.most)
        let sum = largest[change.transition, default: 0].addingReportingOverflow(product.partialValue)
        guard !product.overflow, !sum.overflow else { return nil }
        largest[change.transition] = sum.partialValue
      }
    }
    guard largest.values.allSatisfy({ $0 <= 0 }) else { return nil }

    var value = 0
    for term in terms {
      let product = term.weight.multipliedReportingOverflow(by: net.places[term.index].initial)
      let sum = value.addingReportingOverflow(product.partialValue)
      guard !product.overflow, !sum.overflow else { return nil }
      value = sum.partialValue
    }

    self.terms = terms
    self.value = value
    relation = isEqual && largest.values.allSatisfy { $0 == 0 } ? .equal : .atMost
  }

  /// Whether no weight is negative.
  public var isSemipositive: Bool { terms.allSatisfy { $0.weight > 0 } }

  /// The fact as people write it: `x + 2·y - z = 1`.
  public func words(in net: Net) -> String { "\(terms.words(in: net)) \(relation.rawValue) \(value)" }
}

extension [Weighted] {
  /// The sum of tokens as people write it: `x + 2·y - z`.
  func words(in net: Net) -> String {
    enumerated().map { position, term in
      let sign = term.weight < 0 ? (position == 0 ? "-" : " - ") : (position == 0 ? "" : " + ")
      let factor = term.weight.magnitude == 1 ? "" : "\(term.weight.magnitude)·"
      return sign + factor + net.places[term.index].name
    }.joined()
  }
}
