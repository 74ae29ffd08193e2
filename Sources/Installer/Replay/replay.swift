public import Postgres
internal import SQL

/// What the log says of the table of the states of a net.
public struct Replay: Hashable, Sendable {
  /// The net.
  public let net: String
  /// How many rows the table has; nil when the net keeps no states, so that they are read from the log.
  public let rows: Int?
  /// How many of them are not what the log says; how many were, when they have been made anew.
  public let wrong: Int
}

/// Derives the states of nets from their logs, and compares them with those that are kept.
///
/// - Parameters:
///   - net: the net; nil for all.
///   - repairing: whether rows that are not what the log says are made anew. Nobody fires in that net meanwhile.
///   - connection: a session of the owner's, in no transaction.
///   - progress: gets the name of each net before it is looked at.
/// - Returns: a result a net, by name; none for a net that is not installed.
/// - Throws: what the database said.
public func replay(
  _ net: String?, repairing: Bool, on connection: borrowing Connection, progress: (String, Int) -> Void = { _, _ in }
) throws -> [Replay] {
  try connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ \(repairing ? "WRITE" : "ONLY")")
  do {
    let nets = try Catalogue(of: connection).keptStates(connection).filter { net == nil || $0.net == net }
    let results = try nets.map { found in
      progress(found.net, nets.count)
      guard found.keepsStates else { return Replay(net: found.net, rows: nil, wrong: 0) }
      let schema = found.schema
      let wrong: SQL =
        repairing
        ? "SELECT \(name: schema).replay()" : "SELECT count(*) FROM \(name: schema).state_faults(NULL)"
      let rows: SQL = "SELECT count(*) FROM \(name: schema).states"
      let count = try connection.query(wrong.text)[0].integer(0)
      return Replay(net: found.net, rows: try connection.query(rows.text)[0].integer(0), wrong: count)
    }
    try connection.execute("COMMIT")
    return results
  } catch {
    try? connection.execute("ROLLBACK")
    throw error
  }
}
