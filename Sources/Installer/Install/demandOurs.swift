internal import Engine
internal import Postgres
internal import SQL

/// Asks the guard: refuses a schema `ptflow` that is another role's. Nothing of the catalogue is read, and no function of it
/// is called, before that.
///
/// What the session finds first, somebody else may have decided. So the guard, and all that follows in the session's
/// transaction if it is in one, finds nothing but what is PostgreSQL's own.
///
/// - Parameter connection: a session.
/// - Throws: what the database said.
func demandOurs(_ connection: borrowing Connection) throws(PostgresError) {
  try connection.execute("SET LOCAL search_path = pg_catalog, pg_temp;\n\n\(Engine.guardScript.text)")
}
