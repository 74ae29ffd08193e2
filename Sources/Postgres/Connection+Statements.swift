import CLibPQ

extension Connection {
  /// Runs a script of any number of statements and drops what they return.
  ///
  /// The server takes the script as one transaction unless it has `BEGIN` and `COMMIT` of its own; an error ends it.
  ///
  /// - Parameter script: SQL text; the `position` of an error counts in it.
  /// - Throws: the first error.
  public func execute(_ script: String) throws(PostgresError) {
    try refuseZeroBytes(in: script)
    let result = QueryResult(PQexec(raw, script))
    try result.check(on: raw)
  }

  /// Runs one statement and returns its rows; a statement without a result has none.
  ///
  /// - Parameters:
  ///   - sql: one statement, with `$1`, `$2`, … where the parameters go.
  ///   - parameters: the values as text, whose types the server finds out; nil is NULL.
  /// - Returns: the rows, every value as the text that the server prints.
  /// - Throws: what the server says, or that it has gone away.
  @discardableResult
  public func query(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> [Row] {
    try refuseZeroBytes(in: sql)
    for case let parameter? in parameters { try refuseZeroBytes(in: parameter) }
    let answer = withCStrings(parameters) { values in
      PQexecParams(raw, sql, Int32(parameters.count), nil, values, nil, nil, 0)
    }
    let result = QueryResult(answer)
    try result.check(on: raw)
    return result.rows
  }
}

/// C strings end at a zero byte, so the server would see only the text before it.
private func refuseZeroBytes(in text: String) throws(PostgresError) {
  guard text.utf8.contains(0) else { return }
  throw PostgresError(sqlstate: "22021", message: "text for PostgreSQL holds a zero byte")
}
