/// Why an expression has no value.
public struct EvaluationError: Error, Hashable, Sendable {
  /// Where, in characters from zero.
  public let offset: Int
  /// What went wrong, for people.
  public let message: String
  /// Whether a double would have become infinite or no number, which JSON has not.
  public let isNotFinite: Bool
}

/// What went wrong in a function, which does not know where it stands.
struct FunctionError: Error {
  let message: String
  var isNotFinite = false

  init(_ message: String, isNotFinite: Bool = false) {
    self.message = message
    self.isNotFinite = isNotFinite
  }

  /// There is no such function for these values.
  static let noOverload = FunctionError("there is no such function for values of these types")
  /// A whole number that 64 bits cannot hold.
  static let overflow = FunctionError("the number does not fit into 64 bits")
}
