/// One row of a result.
///
/// The names of the columns are one array that all rows of the result share.
public struct Row: Hashable, Sendable {
  /// The names of the columns, in order; a name may occur twice.
  public let columns: [String]
  /// The values, in the order of the columns; nil is NULL.
  public let values: [String?]

  init(columns: [String], values: [String?]) {
    self.columns = columns
    self.values = values
  }

  /// The value of the first column of that name; nil when it is NULL.
  ///
  /// A name that the result lacks is a mistake in the program and stops it, as a wrong index does.
  public subscript(column: String) -> String? {
    guard let index = columns.firstIndex(of: column) else {
      preconditionFailure("the result has no column \"\(column)\", only \(columns)")
    }
    return values[index]
  }

  /// The value of a column by its place, counted from zero; nil when it is NULL.
  public subscript(index: Int) -> String? { values[index] }
}

extension Row: CustomStringConvertible {
  /// The row as a test failure shows it: `(id: 1, name: NULL)`.
  public var description: String {
    "(" + zip(columns, values).map { "\($0): \($1 ?? "NULL")" }.joined(separator: ", ") + ")"
  }
}
