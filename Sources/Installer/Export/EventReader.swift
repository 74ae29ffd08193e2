public import Postgres
internal import SQL

/// Reads the whole log of a net, instance by instance, in pages: memory does not grow with the log.
public struct EventReader {
  /// The net.
  public let net: String
  private let schema: String
  /// Where the next page begins: after this event.
  public private(set) var id: String
  /// Where the next page begins: after this event.
  public private(set) var seq: Int

  /// How many events a page has.
  private static let page = 5000

  /// A net that is installed, to be read after an event; nil when it is not installed.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - id: the instance of the last event that is not wanted; empty for none.
  ///   - seq: its seq; nil for all of that instance.
  ///   - connection: a session of the owner's.
  /// - Throws: what the database said.
  public init?(
    of net: String, after id: String = "", _ seq: Int? = nil, on connection: borrowing Connection
  ) throws(PostgresError) {
    let nets = try Catalogue(of: connection).keptStates(connection)
    guard let schema = nets.first(where: { $0.net.utf8.elementsEqual(net.utf8) })?.schema else { return nil }
    self.net = net
    self.schema = schema
    self.id = id
    self.seq = seq ?? .max
  }

  /// The next events, by the bytes of their ids and then by seq; none at the end.
  ///
  /// - Throws: what the database said.
  public mutating func next(on connection: borrowing Connection) throws(PostgresError) -> [StoredEvent] {
    let net = net
    let rows = try read(
      """
      e.id, e.seq, e.action, coalesce(d.multiple, 1) AS multiple, e.payload::text AS payload,
      \(name: schema).state_text(e.marking)::text AS state, e.actor, e.role, d.key,
      to_json(e.at) #>> '{}' AS at, encode(e.hash, 'hex') AS hash
      """, on: connection)
    return rows.map { StoredEvent($0, net: net) }
  }

  /// The ids of the next instances after one, by their bytes; none at the end.
  ///
  /// - Throws: what the database said.
  public func instances(after id: String, on connection: borrowing Connection) throws(PostgresError) -> [String] {
    let query: SQL = """
      SELECT i.id FROM \(name: schema).instances AS i WHERE i.id > $1::text COLLATE "C" ORDER BY i.id LIMIT $2
      """
    return try connection.query(query.text, [id, "\(Self.page)"]).map { $0[0] ?? "" }
  }

  /// The transitions of all versions of the net, in their order.
  ///
  /// - Throws: what the database said.
  public func actions(on connection: borrowing Connection) throws(PostgresError) -> [String] {
    let query: SQL = """
      SELECT t.action FROM \(name: schema).transitions AS t GROUP BY t.action ORDER BY min(t.number), t.action
      """
    return try connection.query(query.text).map { $0[0] ?? "" }
  }

  /// The same as lines of JSON, which the server writes.
  ///
  /// - Throws: what the database said.
  public mutating func nextLines(on connection: borrowing Connection) throws(PostgresError) -> [String] {
    try read(
      """
      e.id, e.seq,
      json_build_object('net', $4::text, 'id', e.id, 'seq', e.seq, 'action', nullif(e.action, ''),
                        'multiple', coalesce(d.multiple, 1), 'payload', e.payload,
                        'state', \(name: schema).state_text(e.marking), 'actor', e.actor, 'role', e.role, 'key', d.key,
                        'at', e.at, 'hash', encode(e.hash, 'hex'))::text AS line
      """, [net], on: connection
    ).map { $0["line"] ?? "" }
  }

  private mutating func read(
    _ columns: SQL, _ parameters: [String] = [], on connection: borrowing Connection
  ) throws(PostgresError) -> [Row] {
    let query: SQL = """
      SELECT \(columns)
        FROM (SELECT e.* FROM \(name: schema).events AS e
               WHERE (e.id, e.seq) > ($1::text COLLATE "C", $2::bigint)
               ORDER BY e.id, e.seq LIMIT $3::bigint) AS e
        LEFT JOIN \(name: schema).details AS d ON d.id = e.id AND d.seq = e.seq
       ORDER BY e.id, e.seq
      """
    let rows = try connection.query(query.text, [id, "\(seq)", "\(Self.page)"] + parameters)
    if let last = rows.last {
      id = last["id"] ?? ""
      seq = last.integer("seq")
    }
    return rows
  }
}
