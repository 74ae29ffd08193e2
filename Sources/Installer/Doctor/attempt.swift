internal import Postgres

/// Does something that may fail in a transaction that goes on: what failed is as if it had not been tried.
///
/// - Throws: what the body throws.
func attempt<Result>(
  _ connection: borrowing Connection, _ body: (borrowing Connection) throws -> Result
) throws -> Result {
  try connection.execute("SAVEPOINT attempt")
  do {
    let result = try body(connection)
    try connection.execute("RELEASE SAVEPOINT attempt")
    return result
  } catch {
    try connection.execute("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")
    throw error
  }
}
