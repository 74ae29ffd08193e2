internal import Engine
internal import Plan
internal import Postgres
internal import SQL

/// Compares, in a transaction that `openExamination` has opened.
func examination(of names: [String]?, on connection: borrowing Connection) throws -> Examination {
  let engineTables = try OwnTables(of: ["ptflow"], on: connection)
  let facade = try facadeSchema(in: engineTables, on: connection)
  let versions = try? attempt(connection) { try storedNets(in: engineTables, $0) }
  guard engineTables.contains("ptflow.net_versions"), let stored = versions else {
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

  let tables = engineTables.union(try OwnTables(of: judged.map(\.schema), on: connection))
  let ours = try ownObjects(in: tables, on: connection)
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
      found[.net(net.name)] ?? [], with: facts, net: net.name, lost: lostObjects(of: net.schema, among: facts),
      ours: ours
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
func facadeSchema(in tables: OwnTables, on connection: borrowing Connection) throws -> String {
  let told = try tables.rows("SELECT e.facade FROM ptflow.engine AS e", of: ["ptflow.engine"], on: connection)
  if let facade = told.first?[0] { return facade }
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
private func ownObjects(in tables: OwnTables, on connection: borrowing Connection) throws -> Set<String> {
  let rows = try tables.rows(
    """
    SELECT format('function %I.%I(%s)', n.schema_name, p.proname, oidvectortypes(p.proargtypes))
      FROM ptflow.objects AS o
      JOIN ptflow.nets    AS n ON n.net = o.net
      JOIN pg_proc        AS p ON p.oid = to_regprocedure(format('%I.%I(%s)', n.schema_name, o.name, o.arguments))
     WHERE o.kind = 'FUNCTION'
    UNION ALL
    SELECT format('view %I.%I', n.schema_name, o.name)
      FROM ptflow.objects AS o JOIN ptflow.nets AS n ON n.net = o.net WHERE o.kind = 'VIEW'
    """, of: ["ptflow.objects", "ptflow.nets"], on: connection)
  return Set(rows.compactMap { $0[0] })
}
