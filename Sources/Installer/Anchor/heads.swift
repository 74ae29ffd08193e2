public import Chain
public import Postgres
internal import SQL

/// Where the chains of all instances of all nets stand, at one moment, in the order of an anchor's leaves.
///
/// A stored hash that is not 32 bytes, which `ptflow_verify` reports, counts as the hash of nothing.
///
/// - Parameter connection: a session of the owner's, in no transaction.
/// - Returns: a head an instance.
/// - Throws: what the database said.
public func heads(_ connection: borrowing Connection) throws -> [Head] {
  try Catalogue.read(of: connection) { _, connection in
    var heads: [Head] = []
    for net in try connection.query("SELECT n.net, n.schema_name FROM ptflow.nets AS n") {
      guard let name = net[0], let schema = net[1] else { continue }
      // Of the log itself, whether or not the net keeps its states.
      let query: SQL = """
        SELECT i.id, e.seq, encode(e.hash, 'hex')
          FROM \(name: schema).instances AS i
         CROSS JOIN LATERAL (SELECT e.seq, e.hash FROM \(name: schema).events AS e
                              WHERE e.id = i.id ORDER BY e.seq DESC LIMIT 1) AS e
        """
      heads += try connection.query(query.text).map { row in
        Head(net: name, id: row[0] ?? "", seq: row.integer(1), hash: Hash(row[2] ?? "") ?? Hash(of: []))
      }
    }
    return heads.sorted(by: Head.precedes)
  }
}

/// The heads that the log does not bear out any more: the instance is gone, or has another history.
///
/// - Parameters:
///   - heads: what was anchored, the heads of a net together.
///   - connection: a session of the owner's, in no transaction.
/// - Returns: those of them, in their order.
/// - Throws: what the database said.
public func unconfirmed(_ heads: [Head], on connection: borrowing Connection) throws -> [Head] {
  try Catalogue.read(of: connection) { _, connection in try missing(heads, on: connection) }
}

private func missing(_ heads: [Head], on connection: borrowing Connection) throws(PostgresError) -> [Head] {
  // By bytes: to Swift, two names in different Unicode normal forms are one.
  var schemas: [[UInt8]: String] = [:]
  for net in try connection.query("SELECT n.net, n.schema_name FROM ptflow.nets AS n") {
    if let name = net[0] { schemas[Array(name.utf8)] = net[1] }
  }
  var unconfirmed: [Head] = []
  var rest = heads[...]
  while let first = rest.first {
    let batch = rest.prefix(1000).prefix { $0.net.utf8.elementsEqual(first.net.utf8) }
    rest = rest.dropFirst(batch.count)
    let found = try schemas[Array(first.net.utf8)].map { schema throws(PostgresError) in
      try confirmed(batch, in: schema, on: connection)
    }
    unconfirmed += batch.indices.filter { found?.contains($0) != true }.map { batch[$0] }
  }
  return unconfirmed
}

/// The indices of the heads whose hash the log has at the anchored event.
private func confirmed(
  _ heads: ArraySlice<Head>, in schema: String, on connection: borrowing Connection
) throws(PostgresError) -> Set<Int> {
  let rows: [SQL] = heads.indices.map { index in
    let first = 3 * (index - heads.startIndex) + 1
    return "(\(index), $\(first)::text, $\(first + 1)::bigint, $\(first + 2)::text)"
  }
  let query: SQL = """
    SELECT w.index
      FROM (VALUES \(rows, separator: ",\n")) AS w (index, id, seq, hash)
      JOIN \(name: schema).events AS e ON e.id = w.id AND e.seq = w.seq
     WHERE encode(e.hash, 'hex') = w.hash
    """
  let values = heads.flatMap { [$0.id, "\($0.seq)", "\($0.hash)"] }
  return Set(try connection.query(query.text, values).map { $0.integer(0) })
}
