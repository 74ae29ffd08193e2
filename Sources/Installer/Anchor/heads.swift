public import Chain
public import Postgres
internal import SQL

/// Where the chains of all instances of all nets stand, at one moment, in the order of an anchor's leaves.
///
/// - Parameter connection: a session of the owner's, in no transaction.
/// - Returns: a head an instance.
/// - Throws: what the database said.
public func heads(_ connection: borrowing Connection) throws(PostgresError) -> [Head] {
  try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
  var heads: [Head] = []
  for net in try connection.query("SELECT n.net, n.schema_name FROM ptflow.nets AS n") {
    guard let name = net[0], let schema = net[1] else { continue }
    let query: SQL = "SELECT s.id, s.seq, encode(s.head, 'hex') FROM \(name: schema).states AS s"
    heads += try connection.query(query.text).map { row in
      Head(net: name, id: row[0] ?? "", seq: row.integer(1), hash: row[2] ?? "")
    }
  }
  try connection.execute("COMMIT")
  return heads.sorted(by: Head.precedes)
}

/// The heads that the log does not bear out any more: the instance is gone, or has another history.
///
/// - Parameters:
///   - heads: what was anchored.
///   - connection: a session of the owner's.
/// - Returns: those of them, in their order.
/// - Throws: what the database said.
public func unconfirmed(_ heads: [Head], on connection: borrowing Connection) throws(PostgresError) -> [Head] {
  var schemas: [String: String] = [:]
  for net in try connection.query("SELECT n.net, n.schema_name FROM ptflow.nets AS n") {
    if let name = net[0] { schemas[name] = net[1] }
  }
  var unconfirmed: [Head] = []
  var rest = heads[...]
  while let first = rest.first {
    let batch = rest.prefix(1000).prefix { $0.net == first.net }
    rest = rest.dropFirst(batch.count)
    let found = try schemas[first.net].map { schema throws(PostgresError) in
      try confirmed(batch, in: schema, on: connection)
    }
    unconfirmed += batch.filter { found?.contains($0.id) != true }
  }
  return unconfirmed
}

/// The instances whose log has the anchored hash at the anchored event.
private func confirmed(
  _ heads: ArraySlice<Head>, in schema: String, on connection: borrowing Connection
) throws(PostgresError) -> Set<String> {
  let rows: [SQL] = heads.indices.map { index in
    let first = 3 * (index - heads.startIndex) + 1
    return "($\(first)::text, $\(first + 1)::bigint, $\(first + 2)::text)"
  }
  let query: SQL = """
    SELECT w.id
      FROM (VALUES \(rows, separator: ",\n")) AS w (id, seq, hash)
      LEFT JOIN \(name: schema).events AS e ON e.id = w.id AND e.seq = w.seq
      LEFT JOIN \(name: schema).states AS s ON s.id = w.id
     WHERE encode(CASE WHEN w.seq = 0 THEN \(name: schema).ptflow_genesis(s.id, s.created_at) ELSE e.hash END, 'hex')
           = w.hash
    """
  let values = heads.flatMap { [$0.id, "\($0.seq)", $0.hash] }
  return Set(try connection.query(query.text, values).compactMap { $0[0] })
}
