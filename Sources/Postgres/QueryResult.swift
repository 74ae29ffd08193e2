import CLibPQ

/// What libpq gives back for a statement, freed when it goes out of scope.
struct QueryResult: ~Copyable {
  private let raw: OpaquePointer?

  /// Takes over a result; nil is what libpq gives when it cannot even make one.
  init(_ raw: OpaquePointer?) {
    self.raw = raw
  }

  deinit { PQclear(raw) }

  /// Throws unless the statement did what it should.
  func check(on connection: OpaquePointer) throws(PostgresError) {
    switch PQresultStatus(raw) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
      return
    case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
      leaveCopy(connection)
      throw PostgresError(sqlstate: "0A000", message: "COPY from or to the client is not supported")
    default:
      throw PostgresError(result: raw, connection: connection)
    }
  }

  /// The rows, copied out of C's memory.
  var rows: [Row] {
    let columns = (0..<PQnfields(raw)).map { String(cString: PQfname(raw, $0)) }
    return (0..<PQntuples(raw)).map { row in
      Row(columns: columns, values: columns.indices.map { value(row: row, column: Int32($0)) })
    }
  }

  private func value(row: Int32, column: Int32) -> String? {
    guard PQgetisnull(raw, row, column) == 0, let bytes = PQgetvalue(raw, row, column) else { return nil }
    let length = Int(PQgetlength(raw, row, column))
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
  }
}

/// Ends a COPY that a statement began, so that the session can go on.
private func leaveCopy(_ connection: OpaquePointer) {
  _ = PQputCopyEnd(connection, "not supported")
  var line: UnsafeMutablePointer<CChar>?
  while PQgetCopyData(connection, &line, 0) > 0 { PQfreemem(line) }
  while let rest = PQgetResult(connection) { PQclear(rest) }
}
