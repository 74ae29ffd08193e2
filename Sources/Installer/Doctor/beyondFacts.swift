internal import Postgres
internal import SQL

/// The roles of the database that may call functions of the facade, but not enter its schema.
func closedDoors(
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
        mends: [Mend(phase: Mend.privileges, make: grant.text, remake: nil)]))
  }
  return differences
}

/// A net of which it cannot be told what the database should hold.
func unjudged(_ net: StoredNet, owner: String?) -> Difference {
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
func orphans(among nets: [StoredNet], on connection: borrowing Connection) throws(PostgresError) -> [Difference] {
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
