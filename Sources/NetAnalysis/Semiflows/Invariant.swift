public import PetriNet

/// A weighted sum of tokens that no firing changes, or that no firing makes larger: a linear fact about all reachable
/// markings.
///
/// A value of this type is its own certificate. However the weights were found, the initializer takes them against every
/// transition of the net in whole numbers, and there is no other way to have one. With weights y, the incidence matrix C
/// and the initial marking m0 it has seen y·C = 0, or y·C ≤ 0, and so y·m = y·m0, or y·m ≤ y·m0, for every reachable
/// marking m (T. Murata, "Petri nets: properties, analysis and applications", Proceedings of the IEEE 77 (1989), IV.B).
///
/// Reads and inhibitors only keep transitions from firing, which leaves such a fact true. A reset takes what is there, so
/// that y·C says nothing of the sum when the place has a weight below zero, and no more than ≤ when it has one above. But
/// a transition that resets all places of the sum leaves exactly what it puts there, whatever the sum was. When that is
/// y·m0 again it keeps an equality, and otherwise the sum is never more than the largest of these numbers.
public struct Invariant: Hashable, Sendable {
  /// How the sum compares with a number.
  public enum Relation: String, Hashable, Sendable {
    /// It is always the same: a P-invariant, and a P-semiflow when no weight is negative.
    case equal = "="
    /// It is never more: a P-subinvariant.
    case atMost = "≤"
  }

  /// The places of the sum with their weights, by place. No weight is zero, and no number but 1 divides all of them.
  public let terms: [Weighted]
  /// How the sum compares with `value`.
  public let relation: Relation
  /// The sum in the initial marking, or what a reset of all its places leaves when that is more.
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

    var value = Int128(0)
    var touched: [Int: Touch] = [:]
    for term in terms {
      guard value.add(term.weight, times: net.places[term.index].initial) else { return nil }
      for change in incidence.byPlace[term.index] {
        guard touched[change.transition, default: Touch()].add(change, term.weight) else { return nil }
      }
    }

    var isEqual = true
    var most = value
    for touch in touched.values {
      if touch.resets == terms.count {
        isEqual = isEqual && touch.left == value
        most = max(most, touch.left)
      } else {
        guard !touch.isUnlimited, touch.growth <= 0 else { return nil }
        isEqual = isEqual && touch.resets == 0 && touch.growth == 0
      }
    }

    guard let value = Int(exactly: most) else { return nil }
    self.terms = terms
    self.value = value
    relation = isEqual ? .equal : .atMost
  }

  /// Whether no weight is negative.
  public var isSemipositive: Bool { terms.allSatisfy { $0.weight > 0 } }

  /// The fact as people write it: `x + 2·y - z = 1`.
  public func words(in net: Net) -> String { "\(terms.words(in: net)) \(relation.rawValue) \(value)" }
}

/// What one transition does to a sum of tokens.
private struct Touch {
  /// By how much it can make the sum larger.
  private(set) var growth = Int128(0)
  /// How many places of the sum it resets.
  private(set) var resets = 0
  /// What it leaves in these.
  private(set) var left = Int128(0)
  /// Whether it can make the sum larger by any number.
  private(set) var isUnlimited = false

  /// Adds what it does to one place of the sum; false when a number does not fit.
  mutating func add(_ change: Incidence.Change, _ weight: Int) -> Bool {
    guard change.resets else { return growth.add(weight, times: change.most) }
    resets += 1
    isUnlimited = isUnlimited || weight < 0
    return growth.add(weight, times: change.most) && left.add(weight, times: change.output)
  }
}

extension Int128 {
  /// Adds a product; false when the sum does not fit.
  fileprivate mutating func add(_ left: Int, times right: Int) -> Bool {
    let (sum, overflow) = addingReportingOverflow(Int128(left) * Int128(right))
    self = sum
    return !overflow
  }
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
