internal import PetriNet
internal import Plan
internal import Postgres
internal import SQL

/// What the tables of a net that hold it as data say, and the catalogue of it.
///
/// - Parameters:
///   - plan: the net.
///   - version: its version in force.
///   - tables: the tables that are there and ours; of no others a row is read.
///   - connection: a session.
/// - Returns: a fact for each table.
func rowFacts(
  of plan: NetPlan, version: Int, in tables: Set<String>, on connection: borrowing Connection
) throws(PostgresError) -> [Fact] {
  let net: SQL = "\(string: plan.net.name)"
  var facts: [Fact] = []

  // One row refers to others, so all are written anew or none.
  var contents: [(table: SQL, name: String, rows: [String])] = []
  for table in NetObject.dataTables where tables.contains("\(plan.schema).\(table)") {
    let name: SQL = "\(name: plan.schema).\(name: table)"
    let rows = try rows("SELECT to_jsonb(t)::text FROM \(name) AS t ORDER BY 1", on: connection)
    contents.append((name, "\(name)", rows))
  }
  let emptied = contents.reversed().map { "DELETE FROM \($0.table);" as SQL }
  let filled = contents.map { content -> SQL in
    let rows = content.rows.joined(separator: ", ")
    return """
      INSERT INTO \(content.table) SELECT r.* FROM jsonb_populate_recordset(NULL::\(content.table), \(string: "[\(rows)]")) AS r;
      """
  }
  for content in contents {
    facts.append(
      Fact(
        phase: 4, object: "rows of \(content.name)", aspect: "definition", parent: "table \(content.name)",
        value: content.rows.joined(separator: "\n"), make: (emptied + filled).map(\.text).joined(separator: "\n")))
  }

  func catalogue(_ table: String, _ columns: SQL, make: (SQL, String) -> SQL) throws(PostgresError) {
    guard tables.contains("ptflow.\(table)") else { return }
    let name: SQL = "ptflow.\(name: table)"
    let rows = try rows(
      "SELECT (\(columns))::text FROM \(name) AS t WHERE t.net = \(net)\(table == "net_versions" ? " AND t.version = \(version)" : "" as SQL) ORDER BY 1",
      on: connection)
    guard !rows.isEmpty else { return }
    facts.append(
      Fact(
        phase: 4, object: "rows of ptflow.\(table) for \(plan.net.name)", aspect: "definition",
        parent: "table ptflow.\(table)", value: rows.joined(separator: "\n"), make: make(name, "[\(rows.joined(separator: ", "))]").text))
  }
  try catalogue("nets", "to_jsonb(t)") { name, rows in
    """
    UPDATE \(name) AS t SET schema_name = r.schema_name, version = r.version, digest = r.digest
      FROM jsonb_populate_recordset(NULL::\(name), \(string: rows)) AS r WHERE t.net = r.net;
    INSERT INTO \(name) SELECT r.* FROM jsonb_populate_recordset(NULL::\(name), \(string: rows)) AS r
     WHERE NOT EXISTS (SELECT FROM \(name) AS t WHERE t.net = r.net);
    """
  }
  try catalogue("net_versions", "to_jsonb(t) - 'installed_by' - 'installed_at'") { name, rows in
    """
    UPDATE \(name) AS t SET digest = r.digest, encoding = r.encoding, canonical_form = r.canonical_form, format = r.format
      FROM jsonb_populate_recordset(NULL::\(name), \(string: rows)) AS r WHERE t.net = r.net AND t.version = r.version;
    """
  }
  for table in ["rights", "objects"] {
    try catalogue(table, "to_jsonb(t)") { name, rows in
      """
      DELETE FROM \(name) AS t WHERE t.net = \(net);
      INSERT INTO \(name) SELECT r.* FROM jsonb_populate_recordset(NULL::\(name), \(string: rows)) AS r;
      """
    }
  }
  return facts
}

/// What the catalogue says of the engine; nothing where it says nothing.
func engineRowFacts(
  facade: String, in tables: Set<String>, on connection: borrowing Connection
) throws(PostgresError) -> [Fact] {
  guard tables.contains("ptflow.engine") else { return [] }
  let rows = try rows("SELECT (to_jsonb(e) - 'installed_at' - 'facade')::text FROM ptflow.engine AS e", on: connection)
  return rows.prefix(1).map { row in
    let script: SQL = """
      UPDATE ptflow.engine AS e SET version = r.version, digest = r.digest
        FROM jsonb_populate_record(NULL::ptflow.engine, \(string: row)) AS r;
      INSERT INTO ptflow.engine (version, digest, facade)
      SELECT r.version, r.digest, \(string: facade) FROM jsonb_populate_record(NULL::ptflow.engine, \(string: row)) AS r
       WHERE NOT EXISTS (SELECT FROM ptflow.engine);
      """
    return Fact(
      phase: 4, object: "row of ptflow.engine", aspect: "definition", parent: "table ptflow.engine", value: row,
      make: script.text)
  }
}

private func rows(_ query: SQL, on connection: borrowing Connection) throws(PostgresError) -> [String] {
  try connection.query(query.text).compactMap { $0[0] }
}

/// The tables of some schemas that are the caller's, as `schema.table`. Nothing else is read: a view of somebody else's
/// would run what it says with the caller's rights.
func ownTables(of schemas: [String], on connection: borrowing Connection) throws(PostgresError) -> Set<String> {
  var tables: Set<String> = []
  for schema in schemas {
    let names = try connection.query(
      """
      SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relkind = 'r' AND pg_get_userbyid(n.nspowner) = current_user
         AND pg_get_userbyid(c.relowner) = current_user
      """, [schema])
    tables.formUnion(names.compactMap { row in row[0].map { "\(schema).\($0)" } })
  }
  return tables
}
