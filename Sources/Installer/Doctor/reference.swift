internal import Engine
internal import Output
internal import PetriNet
internal import Plan
internal import Postgres
internal import SQL

/// Makes the engine and nets anew, under their own names, while what is there stands aside, and looks at them.
///
/// What is there is renamed for that, and nothing else is done to it; nobody else sees it, and nobody waits for it but who
/// changes one of the schemas. Afterwards all is as it was: it is undone.
///
/// - Parameters:
///   - nets: the nets to make.
///   - others: nets that the facade knows as well, by name and schema.
///   - aside: the schemas that are there, all of them the caller's.
///   - facade: the schema of the facade.
///   - connection: a session in a transaction that may write.
/// - Returns: the facts of all that was made.
/// - Throws: what the database said, such as that the caller may not make schemas.
func reference(
  of nets: [StoredNet], beside others: [StoredNet], aside: [String], facade: String,
  on connection: borrowing Connection
) throws -> [Part: [Fact]] {
  let names = try freeNames(aside.count + 1, on: connection)
  let (stage, hidden) = (names[0], names.dropFirst())
  let clusters = try clusterRows(on: connection)
  let grants = try nets.map { try rightsGranted(on: $0, connection) }
  try connection.execute("SAVEPOINT reference")
  do {
    for (schema, name) in zip(aside, hidden) {
      let rename: SQL = "ALTER SCHEMA \(name: schema) RENAME TO \(name: name)"
      try connection.execute(rename.text)
    }
    try connection.execute(beforeNets(facade: stage).text)
    if let clusters { try connection.execute(clusters.text) }
    for (net, granted) in zip(nets, grants) {
      guard let plan = net.plan else { continue }
      // The version after the one that is there already is made: so this one.
      if net.version > 1 { try connection.execute(row(of: net, version: net.version - 1).text) }
      try connection.execute(plan.sql().text)
      for statement in granted { try connection.execute(statement.text) }
    }
    for net in others { try connection.execute(row(of: net, version: net.version).text) }
    try connection.execute(afterNets.text)

    var facts: [Part: [Fact]] = [:]
    let tables = try OwnTables(of: ["ptflow"] + nets.map(\.schema), on: connection)
    facts[.engine] = try engineFacts(facade: facade, tables: tables, on: connection)
    facts[.facade] = try functionFacts(
      of: stage, standingFor: facade, named: Engine.calls.map(\.name), on: connection)
    for net in nets { facts[.net(net.name)] = try netFacts(of: net, tables: tables, on: connection) }
    try connection.execute("ROLLBACK TO SAVEPOINT reference; RELEASE SAVEPOINT reference")
    return facts
  } catch {
    try? connection.execute("ROLLBACK TO SAVEPOINT reference; RELEASE SAVEPOINT reference")
    throw error
  }
}

/// The statements that say in which clusters the database has been, of which `ptflow.numbered` is written; nil where it does
/// not say.
private func clusterRows(on connection: borrowing Connection) throws -> SQL? {
  let rows = try OwnTables(of: ["ptflow"], on: connection).rows(
    "SELECT jsonb_agg(to_jsonb(c))::text FROM ptflow.clusters AS c", of: ["ptflow.clusters"], on: connection)
  return rows.first?[0].map { rows in
    """
    DELETE FROM ptflow.clusters;
    INSERT INTO ptflow.clusters
    SELECT r.* FROM jsonb_populate_recordset(NULL::ptflow.clusters, \(string: rows)) AS r;
    """
  }
}

/// A net's row in the catalogue.
private func row(of net: StoredNet, version: Int) -> SQL {
  """
  INSERT INTO ptflow.nets (net, schema_name, version, digest) VALUES
      (\(string: net.name), \(string: net.schema), \(version), '\\x\(SQL(verbatim: net.digest))');
  """
}

/// The statements that grant what is granted on a net; of the rights of the net's types that are there, no others are left.
private func rightsGranted(on net: StoredNet, _ connection: borrowing Connection) throws -> [SQL] {
  let types = net.plan?.rights.map(\.type) ?? []
  let rows = try connection.query(
    """
    SELECT t.typname, r.rolname, a.is_grantable
      FROM pg_type      AS t
      JOIN pg_namespace AS n ON n.oid = t.typnamespace
      LEFT JOIN LATERAL aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) AS a ON true
      LEFT JOIN pg_roles AS r ON r.oid = a.grantee
     WHERE n.nspname = $1 AND t.typtype = 'd'
     ORDER BY 1, 2
    """, [net.schema]
  ).filter { types.contains($0[0] ?? "") }
  let emptied = Set(rows.compactMap { $0[0] }).sorted().map { type -> SQL in
    "REVOKE ALL ON TYPE \(name: net.schema).\(name: type) FROM PUBLIC, current_user"
  }
  return emptied
    + rows.compactMap { row in
      guard let type = row[0], let role = row[1] else { return nil }
      let option: SQL = row[2] == "t" ? " WITH GRANT OPTION" : ""
      return "GRANT USAGE ON TYPE \(name: net.schema).\(name: type) TO \(name: role)\(option)"
    }
}

/// Names that no schema has.
private func freeNames(_ count: Int, on connection: borrowing Connection) throws(PostgresError) -> [String] {
  let taken = Set(
    try connection.query("SELECT n.nspname FROM pg_namespace AS n WHERE n.nspname LIKE 'ptflow aside%'").map {
      $0[0] ?? ""
    })
  return Array((1...).lazy.map { "ptflow aside \($0)" }.filter { !taken.contains($0) }.prefix(count))
}
