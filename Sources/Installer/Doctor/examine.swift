internal import Engine
internal import Plan
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
  try withRoomForLocks(of: "all nets made anew", on: connection) { connection in
    try inTransaction(on: connection) { connection in
      guard try openExamination(waits: true, on: connection) else { return nil }
      return try examination(of: nets, on: connection)
    }
  }
}

/// The same, by the way, of nets that were touched since they were last known to be right: nil also where it cannot be told
/// now, since the server is a replica, somebody else changes the nets, or the caller is not their owner.
///
/// - Parameters:
///   - nets: the nets to look at.
///   - connection: a session that is in no transaction.
/// - Returns: what was found.
public func glance(at nets: [String], on connection: borrowing Connection) -> Examination? {
  glance(on: connection) { connection in
    let schemas = try OwnTables(of: ["ptflow"], on: connection).rows(
      "SELECT n.net, n.schema_name FROM ptflow.nets AS n", of: ["ptflow.nets"], on: connection)
    let schemaOf = Dictionary(schemas.map { ($0[0] ?? "", $0[1] ?? "") }) { first, _ in first }
    return nets.map { Fingerprints.Subject(net: $0, schema: schemaOf[$0] ?? "", written: nil) }
  }
}

/// The same, of nets as this program writes them.
///
/// - Parameters:
///   - plans: nets whose files are to be kept instead of those that are.
///   - connection: a session that is in no transaction.
///   - nets: tells the nets to look at.
/// - Returns: what was found.
func glance(
  revising plans: [NetPlan] = [], on connection: borrowing Connection,
  at nets: (borrowing Connection) throws -> [Fingerprints.Subject]
) -> Examination? {
  try? inTransaction(on: connection) { connection in
    guard try openExamination(waits: false, on: connection) else { return nil }
    try revise(plans, on: connection)
    return try examinationOfTouched(try nets(connection), on: connection)
  }
}

/// Compares what was touched, in a transaction that `openExamination` has opened.
func examinationOfTouched(
  _ nets: [Fingerprints.Subject], on connection: borrowing Connection
) throws -> Examination {
  let fingerprints = try Fingerprints(of: nets, on: connection)
  guard !fingerprints.hasSameEngine || !fingerprints.touched.isEmpty else {
    return Examination(differences: [], nets: [])
  }
  return try examination(of: fingerprints.touched, on: connection)
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
let examinationSettings: SQL = """
  SET LOCAL quote_all_identifiers = off;
  SET LOCAL extra_float_digits = 1;
  SET LOCAL bytea_output = hex;
  SET LOCAL check_function_bodies = off;
  """
