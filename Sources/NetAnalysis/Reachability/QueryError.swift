public import Diagnostics

/// What is wrong with a query, and where.
public struct QueryError: Error, Hashable, Sendable {
  /// What, and the next step.
  public let message: Diagnostic.Message
  /// The column, in characters, from one.
  public let column: Int
}
