import CLibPQ

extension PostgresError {
  /// Reads the error out of a failed result; where the server sent none, what libpq says of the connection.
  init(result: OpaquePointer?, connection: OpaquePointer) {
    guard let message = field(PTFLOW_DIAG_MESSAGE_PRIMARY, of: result) else {
      let lost = PQstatus(connection) == CONNECTION_BAD
      self.init(sqlstate: lost ? "08006" : "", message: trimmed(String(cString: PQerrorMessage(connection))))
      return
    }
    self.init(
      severity: field(PTFLOW_DIAG_SEVERITY, of: result) ?? "",
      sqlstate: field(PTFLOW_DIAG_SQLSTATE, of: result) ?? (PQstatus(connection) == CONNECTION_BAD ? "08006" : ""),
      message: message,
      detail: field(PTFLOW_DIAG_MESSAGE_DETAIL, of: result),
      hint: field(PTFLOW_DIAG_MESSAGE_HINT, of: result),
      context: field(PTFLOW_DIAG_CONTEXT, of: result),
      constraint: field(PTFLOW_DIAG_CONSTRAINT_NAME, of: result),
      position: field(PTFLOW_DIAG_STATEMENT_POSITION, of: result).flatMap { Int($0) })
  }

  /// The server cannot be reached. What it or libpq says of that is not shown where it may quote a password.
  static func connectionFailure(_ text: String, conninfo: String) -> PostgresError {
    guard mayQuoteAPassword(conninfo) else { return PostgresError(sqlstate: "08006", message: trimmed(text)) }
    return PostgresError(
      sqlstate: "08006",
      message: "the server cannot be reached; the reason is not shown, since it may quote a part of the password",
      hint: "In the name and password of a URL, write @ as %40, / as %2F, : as %3A and % as %25.")
  }

  static let outOfMemory = PostgresError(sqlstate: "53200", message: "out of memory")
}

/// A part of what the server sent with a result, or nil when it sent none.
func field(_ code: Int, of result: OpaquePointer?) -> String? {
  PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
}

/// libpq ends its messages with a newline.
func trimmed(_ text: String) -> String {
  var text = Substring(text)
  while text.last?.isWhitespace == true { text.removeLast() }
  return String(text)
}
