/// Why an expression is not taken: what is no CEL, or not supported of it.
public struct CELRefusal: Error, Hashable, Sendable {
  /// Where, in characters from zero.
  public let offset: Int
  /// What is wrong, for people.
  public let message: String
  /// The next step, if there is one to name.
  public let hint: String?

  init(_ message: String, at offset: Int, hint: String? = nil) {
    self.offset = offset
    self.message = message
    self.hint = hint
  }
}

extension CELRefusal {
  /// A text that no database can hold.
  public static func zeroCharacter(at offset: Int) -> CELRefusal {
    CELRefusal("the character U+0000 is in it, which PostgreSQL cannot hold", at: offset)
  }

  /// A value of a type that is not supported.
  public static func unsupportedValue(of variable: String) -> CELRefusal {
    CELRefusal("the variable \(variable) is of a type that is not supported, or no value with its type", at: 0)
  }
}
