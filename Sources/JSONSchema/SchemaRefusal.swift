/// Why a schema cannot be compiled.
public struct SchemaRefusal: Error, Hashable, Sendable {
  /// The keyword that is to blame; nil when it is the schema as a whole.
  public let keyword: String?
  /// Where it stands in the file, as a JSON pointer.
  public let pointer: String
  /// The same in bytes from the beginning.
  public let offset: Int
  /// What is wrong, for people.
  public let message: String
  /// The next step, if there is one to name.
  public let hint: String?
}
