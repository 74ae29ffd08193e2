/// A question about markings: which of them is meant.
public indirect enum Query: Hashable, Sendable {
  /// All of these.
  case all([Query])
  /// Any of these.
  case any([Query])
  /// A sum of tokens compares with a number.
  case compare(TokenSum, Comparison)
  /// The transition is enabled, or is not.
  case enabled(Int, Bool)
  /// Nothing is enabled, or something is.
  case deadlock(Bool)

  /// How a sum compares with zero.
  public enum Comparison: String, Hashable, Sendable {
    case less = "<"
    case atMost = "<="
    case equal = "="
    case different = "<>"
    case atLeast = ">="
    case greater = ">"

    /// What holds when it does not.
    var opposite: Comparison {
      switch self {
      case .less: .atLeast
      case .atMost: .greater
      case .equal: .different
      case .different: .equal
      case .atLeast: .less
      case .greater: .atMost
      }
    }

    /// Whether a number compares so with zero.
    func holds(_ number: Int128) -> Bool {
      switch self {
      case .less: number < 0
      case .atMost: number <= 0
      case .equal: number == 0
      case .different: number != 0
      case .atLeast: number >= 0
      case .greater: number > 0
      }
    }
  }

  /// What holds when this does not.
  var opposite: Query {
    switch self {
    case .all(let parts): .any(parts.map(\.opposite))
    case .any(let parts): .all(parts.map(\.opposite))
    case .compare(let sum, let comparison): .compare(sum, comparison.opposite)
    case .enabled(let transition, let isEnabled): .enabled(transition, !isEnabled)
    case .deadlock(let isDead): .deadlock(!isDead)
    }
  }
}

/// A sum of tokens, each place's times a factor, and a number.
public struct TokenSum: Hashable, Sendable {
  /// The largest factor: so that no sum of a marking's tokens passes 128 bits.
  static let largestFactor = 1 << 31

  /// The factor of each place, by index; none zero.
  public private(set) var factors: [Int: Int] = [:]
  /// What is added.
  public private(set) var number: Int

  /// A number.
  init(_ number: Int) {
    self.number = number
  }

  /// The tokens of a place.
  init(place: Int) {
    number = 0
    factors = [place: 1]
  }

  /// This and another one times a factor; nil when a number becomes too large.
  func adding(_ other: TokenSum, times factor: Int) -> TokenSum? {
    var sum = self
    for (place, own) in other.factors {
      let (product, overflow) = own.multipliedReportingOverflow(by: factor)
      guard !overflow else { return nil }
      let (total, overflows) = (sum.factors[place] ?? 0).addingReportingOverflow(product)
      guard !overflows, total.magnitude <= Self.largestFactor else { return nil }
      sum.factors[place] = total == 0 ? nil : total
    }
    let (product, overflow) = other.number.multipliedReportingOverflow(by: factor)
    let (total, overflows) = sum.number.addingReportingOverflow(product)
    guard !overflow, !overflows else { return nil }
    sum.number = total
    return sum
  }

  /// Its value in a marking.
  func value(in counts: [Int]) -> Int128 {
    factors.reduce(Int128(number)) { $0 + Int128($1.value) * Int128(counts[$1.key]) }
  }
}
