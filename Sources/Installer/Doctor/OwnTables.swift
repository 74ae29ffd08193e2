internal import Postgres
internal import SQL

/// The tables of some schemas that are the caller's. Nothing else is read: a view of somebody else's would do what it says
/// with the caller's rights.
struct OwnTables {
  /// Each as `schema.table`, as they are called.
  private let names: Set<String>

  /// Asks for the tables of schemas.
  init(of schemas: [String], on connection: borrowing Connection) throws(PostgresError) {
    let rows = try connection.query(
      """
      SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE n.nspname = ANY ($1::text[]) AND c.relkind = 'r' AND pg_get_userbyid(n.nspowner) = current_user
         AND pg_get_userbyid(c.relowner) = current_user
      """, [arrayText(schemas)])
    self.init(names: Set(rows.map { "\($0[0] ?? "").\($0[1] ?? "")" }))
  }

  private init(names: Set<String>) { self.names = names }

  /// These and others.
  func union(_ others: OwnTables) -> OwnTables { OwnTables(names: names.union(others.names)) }

  /// Whether a table is among them.
  func contains(_ table: String) -> Bool { names.contains(table) }

  /// The rows of a query; none where one of the tables that it reads is not among these, or lacks what is asked for.
  func rows(_ query: SQL, of tables: [String], on connection: borrowing Connection) throws -> [Row] {
    guard tables.allSatisfy(names.contains) else { return [] }
    do {
      return try attempt(connection) { try $0.query(query.text) }
    } catch let error as PostgresError where ["42P01", "42703"].contains(error.sqlstate) {
      return []
    }
  }
}
