public import Chain
internal import Foundation
public import Postgres
internal import SQL

/// Makes the proof that an instance had the history that was anchored.
///
/// - Parameters:
///   - index: the place of the instance among the heads.
///   - heads: what was anchored.
///   - connection: a session of the owner's.
/// - Returns: the proof, or nil when the instance has another history by now, or none.
/// - Throws: what the database said.
public func prove(_ index: Int, of heads: [Head], on connection: borrowing Connection) throws(PostgresError) -> Proof? {
  let head = heads[index]
  let net = try connection.query(
    "SELECT n.schema_name, encode(n.digest, 'hex') FROM ptflow.nets AS n WHERE n.net = $1", [head.net]
  ).first
  guard let schema = net?[0], let digest = net?[1] else { return nil }

  let instance: SQL = """
    SELECT (extract(epoch FROM s.created_at) * 1000000)::bigint,
           to_json(ARRAY(SELECT p.initial FROM \(name: schema).places AS p ORDER BY p.number))
      FROM \(name: schema).states AS s
     WHERE s.id = $1
    """
  guard let began = try connection.query(instance.text, [head.id]).first else { return nil }

  let events: SQL = """
    SELECT e.action, e.multiple, e.payload::text, e.actor, e.key, e.seq,
           (extract(epoch FROM e.at) * 1000000)::bigint AS at, e.role, to_json(e.marking) AS marking
      FROM \(name: schema).events AS e
     WHERE e.id = $1 AND e.seq <= $2
     ORDER BY e.seq
    """
  let chained = try connection.query(events.text, [head.id, "\(head.seq)"]).map { row in
    ChainedEvent(
      action: row["action"] ?? "", multiple: row.integer("multiple"), payload: row["payload"] ?? "",
      actor: row["actor"] ?? "", key: row["key"], seq: row.integer("seq"), at: row.integer("at"),
      role: row["role"] ?? "", marking: numbers(row["marking"]))
  }
  let proof = Proof(
    net: head.net, digest: digest, initial: numbers(began[1]), id: head.id, createdAt: began.integer(0),
    events: chained,
    index: index, size: heads.count, path: MerkleTree(heads).path(to: index).map(\.description))
  return proof.head == head ? proof : nil
}

/// Numbers in a JSON array.
private func numbers(_ json: String?) -> [Int] {
  json.flatMap { try? JSONDecoder().decode([Int].self, from: Data($0.utf8)) } ?? []
}
