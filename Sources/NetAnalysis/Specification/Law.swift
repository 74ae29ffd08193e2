public import Diagnostics
public import PetriNet

/// A law of the author's: how a sum of tokens compares with a number in every reachable marking, once that is proved.
public struct Law: Hashable, Sendable {
  /// The law as it stands in the file.
  public let statement: Statement
  /// The places of the sum with their weights, by place; none zero.
  public let terms: [Weighted]
  /// How the sum compares with the number.
  public let relation: Query.Comparison
  /// The number.
  public let number: Int
  /// Which markings meet it.
  public let query: Query

  /// Reads a law of a net.
  ///
  /// - Throws: what is wrong with it, where it stands.
  public init(_ statement: Statement, of net: Net) throws(Diagnostic) {
    let property = try Property(statement, of: net)
    guard case .compare(let sum, let relation)? = property.query else {
      throw Diagnostic(.error, .noComparison, at: statement.location)
    }
    let terms = sum.factors.map { Weighted($0.key, $0.value) }.sorted { $0.index < $1.index }
    guard !terms.isEmpty else { throw Diagnostic(.error, .noPlaces, at: statement.location) }
    guard sum.number > Int.min else { throw Diagnostic(.error, .largeNumber, at: statement.location) }
    // 100 >= a is read as 100 - a >= 0, and said as a <= 100.
    let isTurned = terms.allSatisfy { $0.weight < 0 }
    self.statement = statement
    self.terms = isTurned ? terms.map { Weighted($0.index, -$0.weight) } : terms
    self.relation = isTurned ? relation.turned : relation
    number = isTurned ? sum.number : -sum.number
    query = .compare(sum, relation)
  }

  /// Whether it says the same as an invariant that was proved.
  public func says(_ invariant: Invariant) -> Bool {
    guard relation == .equal, invariant.relation == .equal, terms.count == invariant.terms.count else { return false }
    let factor = terms[0].weight / invariant.terms[0].weight
    return zip(terms, invariant.terms).allSatisfy { own, proved in
      own.index == proved.index && own.weight == proved.weight.multipliedReportingOverflow(by: factor).partialValue
    } && Int128(number) == Int128(invariant.value) * Int128(factor)
  }
}

extension Query.Comparison {
  /// The same comparison with both sides times -1.
  fileprivate var turned: Self {
    switch self {
    case .less: .greater
    case .atMost: .atLeast
    case .equal, .different: self
    case .atLeast: .atMost
    case .greater: .less
    }
  }
}

extension Property {
  /// Reads what an author says of a net.
  ///
  /// - Throws: the first mistake, where it stands.
  init(_ statement: Statement, of net: Net) throws(Diagnostic) {
    do throws(QueryError) {
      try self.init(statement.text, of: net)
    } catch {
      throw Diagnostic(.error, error.message, at: statement.location(ofCharacter: error.column))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let noComparison = Self(
    "a law compares a sum of tokens with another, and this says something else",
    hint: "write stock + packed <= 100; anything else stands in require, as AG (...)")

  fileprivate static let noPlaces = Self(
    "this law names no place", hint: "write stock + packed <= 100, or remove it")

  fileprivate static let largeNumber = Self(
    "the number of this law needs more than 64 bits", hint: "no marking has that many tokens")
}
