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
/// - Throws: what the database said.
func rowFacts(
  of plan: NetPlan, version: Int, in tables: OwnTables, on connection: borrowing Connection
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
  let guarded = guardRows(of: contents.map(\.name))
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
        value: content.rows.joined(separator: "\n"),
        make: ([guarded] + emptied + filled).map(\.text).joined(separator: "\n")))
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
        parent: "table ptflow.\(table)", value: rows.joined(separator: "\n"),
        make: "\(guardRows(of: ["ptflow.\(table)"]).text)\n\(make(name, "[\(rows.joined(separator: ", "))]").text)"))
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
  facade: String, in tables: OwnTables, on connection: borrowing Connection
) throws(PostgresError) -> [Fact] {
  guard tables.contains("ptflow.engine") else { return [] }
  let rows = try rows("SELECT (to_jsonb(e) - 'installed_at' - 'facade')::text FROM ptflow.engine AS e", on: connection)
  return rows.prefix(1).map { row in
    let script: SQL = """
      \(guardRows(of: ["ptflow.engine"]))
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

/// Refuses to write to what is not a table of the caller's, or has triggers or rules, as none of ours has: they would do
/// with the caller's rights what somebody else wrote.
private func guardRows(of tables: [String]) -> SQL {
  let names = tables.map { "\(string: $0)" as SQL }
  let body: SQL = """
    DECLARE
        foreign_table text;
    BEGIN
        SELECT t.name INTO foreign_table
          FROM unnest(ARRAY[\(names, separator: ", ")]) AS t (name)
          LEFT JOIN pg_class AS c ON c.oid = to_regclass(t.name)
         WHERE c.relkind IS DISTINCT FROM 'r' OR pg_get_userbyid(c.relowner) <> current_user
            OR EXISTS (SELECT FROM pg_rewrite AS r WHERE r.ev_class = c.oid)
            OR EXISTS (SELECT FROM pg_trigger AS g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal);
        IF foreign_table IS NOT NULL THEN
            RAISE EXCEPTION '% is missing, or not the owner''s, or has triggers or rules that ptflow did not make', foreign_table
                USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
    END;
    """
  return "DO \(body: body);"
}

private func rows(_ query: SQL, on connection: borrowing Connection) throws(PostgresError) -> [String] {
  try connection.query(query.text).compactMap { $0[0] }
}
