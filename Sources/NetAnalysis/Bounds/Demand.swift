/// A demand on a marking: Σ aₚ·mₚ ≥ k, or ≤, or =.
public struct Demand: Hashable, Sendable {
  /// How the sum must compare with the number.
  public enum Relation: String, Hashable, Sendable {
    case atLeast = "≥"
    case atMost = "≤"
    case equal = "="
  }

  /// Places and the weights of their tokens, in any order; those of one place add up.
  public var terms: [Weighted]
  /// How the sum must compare.
  public var relation: Relation
  /// With what it must compare.
  public var number: Int

  /// A demand.
  public init(_ terms: [Weighted], _ relation: Relation, _ number: Int) {
    self.terms = terms
    self.relation = relation
    self.number = number
  }
}

extension Demand {
  /// 1 when the sum must be at least the number, -1 when at most; both for an equality.
  var signs: [Int] {
    switch relation {
    case .atLeast: [1]
    case .atMost: [-1]
    case .equal: [1, -1]
    }
  }

  /// One side of the demand as Σ aₚ·mₚ ≥ k; nil when a number needs more than 64 bits.
  func inequality(_ sign: Int) -> (terms: [Weighted], least: Int)? {
    guard number > Int.min, terms.allSatisfy({ $0.weight > Int.min }) else { return nil }
    return (terms.map { Weighted($0.index, sign * $0.weight) }, sign * number)
  }
}
