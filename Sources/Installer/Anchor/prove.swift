public import Chain
public import Postgres
internal import SQL

/// Makes the proof that an instance had the history that was anchored.
///
/// - Parameters:
///   - index: the place of the instance among the heads.
///   - heads: what was anchored.
///   - connection: a session of the owner's, in no transaction.
/// - Returns: the proof, or nil when the instance has another history by now, or none.
/// - Throws: what the database said.
public func prove(_ index: Int, of heads: [Head], on connection: borrowing Connection) throws -> Proof? {
  let head = heads[index]
  let read = try Catalogue.read(of: connection) { _, connection in try history(of: head, on: connection) }
  guard let (canonicalForm, events) = read else { return nil }
  let proof = Proof(
    net: head.net, canonicalForm: canonicalForm, id: head.id, events: events, path: MerkleTree(heads).path(to: index))
  return proof.head == head ? proof : nil
}

/// The net's canonical form and the events of an instance up to a head; nil when there is no such instance.
private func history(
  of head: Head, on connection: borrowing Connection
) throws(PostgresError) -> (canonicalForm: String, events: [ChainedEvent])? {
  let nets = try connection.query("SELECT n.schema_name FROM ptflow.nets AS n WHERE n.net = $1", [head.net])
  guard let schema = nets.first?[0] else { return nil }

  // An instance keeps the version with which it began.
  let version: SQL = """
    SELECT v.canonical_form
      FROM \(name: schema).events AS e
      JOIN ptflow.net_versions AS v ON v.net = $1 AND v.version = e.version
     WHERE e.id = $2 AND e.seq = 0
    """
  guard let canonicalForm = try connection.query(version.text, [head.net, head.id]).first?[0] else { return nil }

  let events: SQL = """
    SELECT (extract(epoch FROM e.at) * 1000000)::bigint - 946684800000000 AS at,
           e.payload::text AS payload, encode(r.payload_hash, 'hex') AS payload_hash,
           coalesce(d.multiple, 1) AS multiple,
           encode(coalesce(r.key_hash, sha256(convert_to(d.key, 'UTF8'))), 'hex') AS key_hash, e.action, e.role, e.actor
      FROM \(name: schema).events AS e
      LEFT JOIN \(name: schema).details AS d ON d.id = e.id AND d.seq = e.seq
      LEFT JOIN \(name: schema).redactions AS r ON r.id = e.id AND r.seq = e.seq
     WHERE e.id = $1 AND e.seq <= $2
     ORDER BY e.seq
    """
  return (
    canonicalForm,
    try connection.query(events.text, [head.id, "\(head.seq)"]).map { row in
      ChainedEvent(
        at: row.integer("at"),
        payload: row["payload_hash"].flatMap { Hash($0) }.map { .redacted($0) } ?? .text(row["payload"] ?? ""),
        multiple: row.integer("multiple"),
        keyHash: row["key_hash"].flatMap { Hash($0) }, action: row["action"] ?? "", role: row["role"] ?? "",
        actor: row["actor"] ?? "")
    }
  )
}
