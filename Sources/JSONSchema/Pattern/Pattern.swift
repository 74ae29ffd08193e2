/// A regular expression of ECMA-262, in its Unicode mode: what JSON Schema's `pattern` is.
///
/// It holds what means the same when it is matched here and when PostgreSQL matches it, so there are no back references,
/// no looking behind and no names of groups.
public struct Pattern: Sendable {
  /// As its author wrote it.
  public let text: String
  /// What it says.
  public let root: PatternNode
  /// The steps by which it is matched here.
  let program: PatternProgram

  /// Reads a pattern.
  ///
  /// - Parameter text: what stands between the slashes in ECMAScript.
  /// - Throws: what is wrong with it, or cannot be the same in PostgreSQL.
  public init(_ text: String) throws(PatternRefusal) {
    var parser = PatternParser(text)
    self.text = text
    root = try parser.pattern()
    program = try PatternProgram(root)
  }
}

/// A part of a pattern.
public indirect enum PatternNode: Hashable, Sendable {
  /// One of these characters.
  case character(CodePoints)
  case sequence([PatternNode])
  case choice([PatternNode])
  /// So many times; without `most` any number.
  case repetition(PatternNode, least: Int, most: Int?)
  /// The beginning of the text.
  case start
  /// The end of the text.
  case end
  /// Between a character of a word and another; or not there.
  case wordBoundary(isNegated: Bool)
  /// What follows matches; or does not.
  case ahead(PatternNode, isNegated: Bool)
}

/// Why a pattern is not taken.
public struct PatternRefusal: Error, Hashable, Sendable {
  /// Where, in characters, counted from one.
  public let column: Int
  /// What is wrong, for people.
  public let message: String
}
