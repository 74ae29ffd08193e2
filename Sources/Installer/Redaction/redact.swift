public import Postgres
internal import SQL

/// Takes the payloads out of events of an instance; their hashes stay, so that the chain verifies.
///
/// - Parameters:
///   - events: the seqs of the events, from 1.
///   - id: the instance.
///   - net: the net.
///   - connection: a session of the owner's, in no transaction.
/// - Returns: of how many events the payload was there until now; nil when there is no such net.
/// - Throws: what the database said.
public func redact(
  _ events: ClosedRange<Int>, of id: String, in net: String, on connection: borrowing Connection
) throws -> Int? {
  let parameters = [id, "\(events.lowerBound)", "\(events.upperBound)"]
  return try change(net, parameters, on: connection) { schema in "SELECT \(name: schema).redact($1, $2, $3)" }
}

/// Takes the keys out of the events of a net that are older than a time.
///
/// - Parameters:
///   - time: the time, as PostgreSQL reads one.
///   - net: the net.
///   - connection: a session of the owner's, in no transaction.
/// - Returns: how many keys there were; nil when there is no such net.
/// - Throws: what the database said.
public func forgetKeys(before time: String, of net: String, on connection: borrowing Connection) throws -> Int? {
  try change(net, [time], on: connection) { schema in "SELECT \(name: schema).forget_keys($1)" }
}

/// Runs a query that changes the log of a net, in a transaction of its own.
private func change(
  _ net: String, _ parameters: [String], on connection: borrowing Connection, query: (String) -> SQL
) throws -> Int? {
  try connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
  do {
    let nets = try Catalogue(of: connection).keptStates(connection)
    guard let schema = nets.first(where: { $0.net.utf8.elementsEqual(net.utf8) })?.schema else {
      try connection.execute("ROLLBACK")
      return nil
    }
    let count = try connection.query(query(schema).text, parameters)[0].integer(0)
    try connection.execute("COMMIT")
    return count
  } catch {
    try? connection.execute("ROLLBACK")
    throw error
  }
}
