internal import Engine
public import Plan
public import Postgres
internal import SQL

/// Compares what is in a database with what this program writes. Nothing is changed: what is done for it is undone.
///
/// - Parameters:
///   - nets: the nets to look at; nil for all, and for what only all together say.
///   - connection: a session that is in no transaction, of the owner of the nets.
/// - Returns: what was found; nil where there is no engine.
/// - Throws: what the database said.
public func examine(_ nets: [String]? = nil, on connection: borrowing Connection) throws -> Examination? {
  try inTransaction(on: connection) { connection in
    guard try openExamination(waits: true, on: connection) else { return nil }
    return try examination(of: nets, on: connection)
  }
}

/// The same, by the way: nil also where it cannot be told now, since the server is a replica, somebody else changes the nets,
/// or the caller is not their owner.
///
/// - Parameters:
///   - nets: the nets to look at.
///   - plans: nets whose files are to be kept instead of those that are.
///   - connection: a session that is in no transaction.
/// - Returns: what was found.
public func glance(
  at nets: [String], revising plans: [NetPlan] = [], on connection: borrowing Connection
) -> Examination? {
  try? inTransaction(on: connection) { connection in
    guard try openExamination(waits: false, on: connection) else { return nil }
    try revise(plans, on: connection)
    return try examination(of: nets, on: connection)
  }
}

/// Does something in a transaction that is undone.
private func inTransaction<Result>(
  on connection: borrowing Connection, _ body: (borrowing Connection) throws -> Result
) throws -> Result {
  try connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
  do {
    let result = try body(connection)
    try connection.execute("ROLLBACK")
    return result
  } catch {
    try? connection.execute("ROLLBACK")
    throw error
  }
}

/// Opens a transaction of the doctor's: the guard, then the lock, which keeps out who changes nets and rights and nobody else.
///
/// - Returns: whether there is an engine.
func openExamination(waits: Bool, on connection: borrowing Connection) throws(PostgresError) -> Bool {
  try connection.execute(scriptSettings.text)
  try connection.execute(examinationSettings.text)
  try demandOurs(connection)
  guard try connection.query("SELECT to_regnamespace('ptflow')")[0][0] != nil else { return false }
  // Not by ptflow.lock_catalogue, which may be what is broken.
  if try OwnTables(of: ["ptflow"], on: connection).contains("ptflow.engine") {
    try connection.execute("LOCK TABLE ptflow.engine IN SHARE UPDATE EXCLUSIVE MODE\(waits ? "" : " NOWAIT")")
  }
  return true
}

/// What the words of definitions depend on.
private let examinationSettings: SQL = """
  SET LOCAL quote_all_identifiers = off;
  SET LOCAL extra_float_digits = 1;
  SET LOCAL check_function_bodies = off;
  """
