/// A point in a file: one-based line and column; columns count characters (Unicode scalars), not bytes.
public struct SourceLocation: Hashable, Sendable {
  /// The file's name as the user gave it.
  public var file: String
  /// The line, counted from one; zero when only the file is known.
  public var line: Int
  /// The column, counted from one; zero when only the file is known.
  public var column: Int

  /// A location; without line and column it means the whole file.
  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The location of what was not read from a file, as in nets that tests build.
  public static let unknown = SourceLocation(file: "")
}

extension SourceLocation: CustomStringConvertible {
  /// The location as editors parse it: `file:line:column`.
  public var description: String {
    let name = file.isEmpty ? "<net>" : file
    return line > 0 ? "\(name):\(line):\(column)" : name
  }
}
