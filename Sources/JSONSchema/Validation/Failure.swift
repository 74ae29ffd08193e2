/// What a document does not fulfil.
public struct Failure: Hashable, Sendable {
  /// Where in the document, as a JSON pointer.
  public let pointer: String
  /// The keyword of the schema.
  public let keyword: String
  /// What was wanted there, in words: `at least 3`.
  public let wanted: String

  /// A failure.
  public init(pointer: String, keyword: String, wanted: String) {
    self.pointer = pointer
    self.keyword = keyword
    self.wanted = wanted
  }
}
