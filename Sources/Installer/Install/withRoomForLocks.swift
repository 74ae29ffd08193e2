internal import Postgres

/// Does something that makes many objects in one transaction, each of which is locked until its end. Where the server has no
/// room for so many locks, the error says what to do.
///
/// - Parameters:
///   - what: what is made.
///   - advice: what to do instead of giving the server more room; nil where there is nothing.
///   - connection: a session.
///   - body: what is done; it leaves no transaction behind when it fails.
/// - Returns: what the body returns.
/// - Throws: what the body throws.
func withRoomForLocks<Result>(
  of what: String, advice: String? = nil, on connection: borrowing Connection,
  _ body: (borrowing Connection) throws -> Result
) throws -> Result {
  do {
    return try body(connection)
  } catch let error as PostgresError where error.sqlstate == "53200" {
    let name = "max_locks_per_transaction"
    guard error.hint?.contains(name) == true, let row = try? connection.query("SHOW \(name)").first,
      let room = row[0].flatMap({ Int($0) })
    else { throw error }
    var explained = error
    explained.message = "the server has no room for the locks of \(what) in one transaction: \(name) is \(room)"
    let more = "ALTER SYSTEM SET \(name) = \(4 * room); then restart the server."
    explained.hint = advice.map { "\($0), or give it more room: \(more)" } ?? "Give it more room: \(more)"
    throw explained
  }
}
