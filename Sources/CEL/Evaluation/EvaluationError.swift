/// Why an expression has no value.
public struct EvaluationError: Error, Hashable, Sendable {
  /// Where, in characters from zero.
  public let offset: Int
  /// What went wrong, for people.
  public let message: String
  /// What kind of error it is.
  public let kind: Kind

  /// What can go wrong.
  public enum Kind: Sendable {
    /// A value is of a type that the function does not take.
    case type
    /// A double would have become infinite or no number, which JSON has not.
    case notFinite
    /// The value itself: it is too large, missing, or zero.
    case value
  }
}

/// What went wrong in a function, which does not know where it stands.
struct FunctionError: Error {
  let message: String
  let kind: EvaluationError.Kind

  init(_ message: String, _ kind: EvaluationError.Kind = .value) {
    self.message = message
    self.kind = kind
  }

  /// There is no such function for these values.
  static let noOverload = FunctionError("there is no such function for values of these types", .type)
  /// A whole number that 64 bits cannot hold.
  static let overflow = FunctionError("the number does not fit into 64 bits")
}
