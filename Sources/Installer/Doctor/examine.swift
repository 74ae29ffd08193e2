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
///   - connection: a session that is in no transaction.
/// - Returns: what was found.
public func glance(at nets: [String], on connection: borrowing Connection) -> Examination? {
  try? inTransaction(on: connection) { connection in
    guard try openExamination(waits: false, on: connection) else { return nil }
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
  let tables = try ownTables(of: ["ptflow"], on: connection)
  if tables.contains("ptflow.engine") {
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

/// Compares, in a transaction that `openExamination` has opened.
func examination(of names: [String]?, on connection: borrowing Connection) throws -> Examination {
  let facade = try facadeSchema(on: connection)
  let engineTables = try ownTables(of: ["ptflow"], on: connection)
  guard let stored = try? attempt(connection, { try storedNets($0) }) else {
    // Without the versions nothing is known of any net.
    let found = try engineFacts(facade: facade, tables: engineTables, on: connection)
    let wanted = try reference(of: [], beside: [], aside: ["ptflow"], facade: facade, on: connection)
    return Examination(
      differences: compare(found, with: wanted[.engine] ?? [], net: nil, lost: ["table ptflow.net_versions"], ours: []),
      nets: [])
  }

  let owners = try schemaOwners(of: stored.map(\.schema), on: connection)
  let isForeign = { (net: StoredNet) in owners[net.schema].map { !$0.isOurs } ?? false }
  let isMeant = { (net: StoredNet) in names?.contains(net.name) ?? true }
  let judged = stored.filter { $0.plan != nil && !isForeign($0) && isMeant($0) }
  let others = stored.filter { net in !judged.contains { $0.name == net.name } }
  let isWhole = others.isEmpty

  let tables = engineTables.union(try ownTables(of: judged.map(\.schema), on: connection))
  let ours = try ownObjects(on: connection)
  var found: [Part: [Fact]] = [
    .engine: try engineFacts(facade: facade, tables: tables, on: connection),
    .facade: try functionFacts(of: facade, standingFor: facade, named: Engine.calls.map(\.name), on: connection),
  ]
  for net in judged { found[.net(net.name)] = try netFacts(of: net, tables: tables, on: connection) }
  let aside = ["ptflow"] + stored.map(\.schema).filter { owners[$0]?.isOurs == true }
  let wanted = try reference(of: judged, beside: others, aside: aside, facade: facade, on: connection)

  var differences = compare(
    found[.engine] ?? [], with: wanted[.engine] ?? [], net: nil, lost: ["table ptflow.net_versions"], ours: ours)
  differences += compare(
    (found[.facade] ?? []).judgeable(isWhole), with: (wanted[.facade] ?? []).judgeable(isWhole), net: nil, lost: [],
    ours: ours)
  if isWhole { differences += try closedDoors(of: wanted[.facade] ?? [], facade: facade, on: connection) }
  for net in judged {
    let facts = wanted[.net(net.name)] ?? []
    differences += compare(
      found[.net(net.name)] ?? [], with: facts, net: net.name, lost: lostObjects(of: net.schema, among: facts), ours: ours
    ).map { $0.refilled(in: net.schema) }
  }
  differences += others.filter(isMeant).map { unjudged($0, owner: owners[$0.schema]?.name) }
  if names == nil { differences += try orphans(among: stored, on: connection) }
  return Examination(differences: differences, nets: stored.filter(isMeant).map(\.name))
}

extension [Fact] {
  /// Who may call the facade follows from the rights on all nets.
  fileprivate func judgeable(_ isWhole: Bool) -> [Fact] {
    isWhole ? self : filter { !$0.aspect.hasPrefix("EXECUTE ") }
  }
}

/// The schema, and the tables that hold what clients stored: what is neither the net as data nor derived from the log.
private func lostObjects(of schema: String, among facts: [Fact]) -> Set<String> {
  let name: SQL = "\(name: schema)"
  let made = Set((NetObject.dataTables + ["states"]).map { "table \(name).\($0)" })
  return Set(facts.map(\.object).filter { $0.hasPrefix("table ") && !made.contains($0) }).union(["schema \(name)"])
}

extension Difference {
  /// The same, with the states derived from the log again where their table is made anew.
  fileprivate func refilled(in schema: String) -> Difference {
    let name: SQL = "\(name: schema)"
    guard object == "table \(name).states", found == nil, wanted != nil else { return self }
    var difference = self
    difference.mends.append(Mend(phase: 10, make: "SELECT \(name).replay()", remake: nil))
    return difference
  }
}

/// The schema of the facade: where the catalogue says, or else where its functions stand.
private func facadeSchema(on connection: borrowing Connection) throws -> String {
  let told = try? attempt(connection) { try $0.query("SELECT e.facade FROM ptflow.engine AS e") }
  if let facade = told?.first?[0] { return facade }
  let found = try connection.query(
    """
    SELECT n.nspname FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
     WHERE p.proname = 'ptflow_dispatch' AND obj_description(p.oid, 'pg_proc') LIKE 'ptflow facade:%'
       AND pg_get_userbyid(p.proowner) = current_user
    """)
  return found.first?[0] ?? "public"
}

private func schemaOwners(
  of schemas: [String], on connection: borrowing Connection
) throws(PostgresError) -> [String: (name: String, isOurs: Bool)] {
  var owners: [String: (name: String, isOurs: Bool)] = [:]
  for schema in schemas {
    let row = try connection.query(
      """
      SELECT pg_get_userbyid(n.nspowner), pg_get_userbyid(n.nspowner) = current_user
        FROM pg_namespace AS n WHERE n.nspname = $1
      """, [schema]
    ).first
    if let row { owners[schema] = (row[0] ?? "", row[1] == "t") }
  }
  return owners
}

/// What the catalogue says ptflow made and nobody else did: functions and views, which hold nothing.
private func ownObjects(on connection: borrowing Connection) throws -> Set<String> {
  let rows = try? attempt(connection) { connection in
    try connection.query(
      """
      SELECT format('function %I.%I(%s)', n.schema_name, p.proname, oidvectortypes(p.proargtypes))
        FROM ptflow.objects AS o
        JOIN ptflow.nets    AS n ON n.net = o.net
        JOIN pg_proc        AS p ON p.oid = to_regprocedure(format('%I.%I(%s)', n.schema_name, o.name, o.arguments))
       WHERE o.kind = 'FUNCTION'
      UNION ALL
      SELECT format('view %I.%I', n.schema_name, o.name)
        FROM ptflow.objects AS o JOIN ptflow.nets AS n ON n.net = o.net WHERE o.kind = 'VIEW'
      """)
  }
  return Set((rows ?? []).compactMap { $0[0] })
}

/// The roles of the database that may call functions of the facade, but not enter its schema.
private func closedDoors(
  of functions: [Fact], facade: String, on connection: borrowing Connection
) throws(PostgresError) -> [Difference] {
  let prefix = "EXECUTE of "
  let members = Set(functions.map(\.aspect).filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
  var differences: [Difference] = []
  for member in members.sorted() {
    let row = try connection.query("SELECT has_schema_privilege($1::name, $2::text, 'USAGE')", [member, facade])
    guard row[0][0] != "t" else { continue }
    let name: SQL = "\(name: facade)"
    let grant: SQL = "GRANT USAGE ON SCHEMA \(name) TO \(name: member)"
    differences.append(
      Difference(
        net: nil, object: "schema \(name)", aspect: "USAGE of \(member)", found: nil, wanted: "false", remedy: .mend,
        mends: [Mend(phase: 9, make: grant.text, remake: nil)]))
  }
  return differences
}

/// A net of which it cannot be told what the database should hold.
private func unjudged(_ net: StoredNet, owner: String?) -> Difference {
  let name: SQL = "\(name: net.schema)"
  switch net.reading {
  case .unreadable(let reason):
    return Difference(
      net: net.name, object: "net \(net.name)", aspect: "source", found: "of another net", wanted: net.digest,
      remedy: .decide, advice: reason)
  case .plan:
    return Difference(
      net: net.name, object: "schema \(name)", aspect: "owner", found: owner, wanted: "current_user", remedy: .decide,
      advice: "It is somebody else's, so nothing in it was looked at: let a superuser give it back, or drop it.")
  }
}

/// Schemas that ptflow made and the catalogue does not know any more.
private func orphans(among nets: [StoredNet], on connection: borrowing Connection) throws(PostgresError) -> [Difference] {
  try connection.query(
    """
    SELECT n.nspname, obj_description(n.oid, 'pg_namespace')
      FROM pg_namespace AS n
     WHERE obj_description(n.oid, 'pg_namespace') LIKE 'ptflow net%' AND pg_get_userbyid(n.nspowner) = current_user
     ORDER BY 1
    """
  ).filter { row in !nets.contains { $0.schema == row[0] } }.map { row in
    let name: SQL = "\(name: row[0] ?? "")"
    return Difference(
      net: nil, object: "schema \(name)", aspect: "net", found: row[1], wanted: nil, remedy: .decide,
      advice: "The catalogue does not have its net any more: restore its rows in ptflow.nets, net_versions, rights and "
        + "objects from a backup, or drop the schema.")
  }
}
