/// Why the database did not do as it was told, in the parts that PostgreSQL reports.
public struct PostgresError: Error, Hashable, Sendable {
  /// How bad it is, as the server prints it: `ERROR`, `FATAL`, `PANIC`; empty when no server said it.
  public var severity: String
  /// The five characters that name the error; `08006` when there is no connection, empty when libpq gives none.
  public var sqlstate: String
  /// What is wrong, on one line as a rule.
  public var message: String
  /// The particulars.
  public var detail: String?
  /// What to do about it.
  public var hint: String?
  /// In which functions it happened, innermost first.
  public var context: String?
  /// The constraint that refused the change.
  public var constraint: String?
  /// Where in the statement's text, in characters (Unicode scalars) counted from one.
  public var position: Int?

  /// An error made of its parts.
  public init(
    severity: String = "", sqlstate: String, message: String, detail: String? = nil, hint: String? = nil,
    context: String? = nil, constraint: String? = nil, position: Int? = nil
  ) {
    self.severity = severity
    self.sqlstate = sqlstate
    self.message = message
    self.detail = detail
    self.hint = hint
    self.context = context
    self.constraint = constraint
    self.position = position
  }
}

extension PostgresError: CustomStringConvertible {
  /// The error as psql prints it, without a newline at the end.
  public var description: String {
    var lines = [severity.isEmpty ? message : "\(severity):  \(message)"]
    if let detail { lines.append("DETAIL:  \(detail)") }
    if let hint { lines.append("HINT:  \(hint)") }
    if let context { lines.append("CONTEXT:  \(context)") }
    return lines.joined(separator: "\n")
  }
}
