internal import Crypto
internal import Engine
internal import PetriNet
internal import Plan
internal import Postgres
internal import SQL

/// What stands in the schemas of some nets and of the engine, as digests by schema, beside what stood there when all of it was
/// last known to be as this program writes it. Where both are the same nothing was touched since, and nothing has to be made
/// anew to see that. Where they differ that says nothing yet.
struct Fingerprints {
  /// A net that is there.
  struct Subject {
    let net: String
    let schema: String
    /// A digest of the SQL that this program writes for it; nil where it does not matter.
    let written: String?
  }

  /// A digest of the SQL that makes a schema, and one of what is found there.
  private struct Fingerprint {
    let written: String?
    /// Nil where something is missing or somebody else's.
    let found: String?
  }

  private let nets: [Subject]
  private let now: [String: Fingerprint]
  private let known: [String: Fingerprint]

  /// Asks for the digests, and for those that are kept.
  ///
  /// - Parameters:
  ///   - nets: the nets.
  ///   - connection: a session in a transaction that `openExamination` has opened.
  /// - Throws: what the database said.
  init(of nets: [Subject], on connection: borrowing Connection) throws {
    let schemas = nets.map(\.schema) + [engineSchema]
    let tables = try OwnTables(of: schemas, on: connection)
    let facade = try facadeSchema(in: tables, on: connection)
    let objects = try keepingNoLocks(connection) { connection in
      try connection.query(
        Engine.inspection(Engine.fingerprint).text,
        [arrayText(schemas), facade, arrayText(Engine.calls.map(\.name))])
    }
    let rows = try rowDigests(of: nets.map(\.schema), in: tables, on: connection)
    let digests = Dictionary(
      objects.map { ($0["schema_name"] ?? "", $0["digest"] ?? "") }
    ) { first, _ in first }

    func fingerprint(of schema: String, written: String?) -> (String, Fingerprint) {
      let parts = digests[schema].flatMap { objects in rows[schema].map { objects + $0 } }
      return (schema, Fingerprint(written: written, found: parts.map(sha256)))
    }
    self.nets = nets
    now = Dictionary(
      nets.map { fingerprint(of: $0.schema, written: $0.written) }
        + [fingerprint(of: engineSchema, written: engineDigest)]
    ) { first, _ in first }
    known = Dictionary(
      try tables.rows(
        "SELECT f.schema_name, encode(f.written, 'hex'), encode(f.found, 'hex') FROM ptflow.fingerprints AS f",
        of: ["ptflow.fingerprints"], on: connection
      ).map { ($0[0] ?? "", Fingerprint(written: $0[1] ?? "", found: $0[2])) }
    ) { first, _ in first }
  }

  /// Whether nobody has touched the engine, or the facade.
  var hasSameEngine: Bool { isSame(engineSchema) }

  /// The nets that have to be looked at, by name: all where the engine is another one, since each needs it.
  var touched: [String] { nets.filter { !hasSameEngine || !isSame($0.schema) }.map(\.net) }

  private func isSame(_ schema: String) -> Bool {
    guard let now = now[schema], let known = known[schema], let found = now.found else { return false }
    return found == known.found && (now.written == nil || now.written == known.written)
  }

  /// Keeps the digests of schemas that are as this program writes them.
  ///
  /// - Parameters:
  ///   - isRight: whether a net is, or for nil the engine.
  ///   - connection: the session.
  /// - Throws: what the database said.
  func keep(where isRight: (String?) -> Bool, on connection: borrowing Connection) throws(PostgresError) {
    let right = nets.filter { isRight($0.net) }.map(\.schema) + (isRight(nil) ? [engineSchema] : [])
    for schema in right where !isSame(schema) {
      guard let fingerprint = now[schema], let written = fingerprint.written, let found = fingerprint.found else {
        continue
      }
      try connection.query(
        """
        INSERT INTO ptflow.fingerprints (schema_name, written, found) VALUES ($1, decode($2, 'hex'), decode($3, 'hex'))
            ON CONFLICT (schema_name) DO UPDATE SET written = excluded.written, found = excluded.found
        """, [schema, written, found])
    }
  }
}

/// Keeps what stands there now of nets, but of those of which something is not as this program writes it.
///
/// - Parameters:
///   - nets: the nets.
///   - faults: what is not as this program writes it.
///   - isWhole: whether it is known of what clients may call, which follows from the rights on all nets.
///   - connection: a session in a transaction that changes nets.
/// - Throws: what the database said.
func keepFingerprints(
  of nets: [Fingerprints.Subject], but faults: [Difference], isWhole: Bool, on connection: borrowing Connection
) throws {
  try connection.execute(examinationSettings.text)
  let faulty = Set(faults.map(\.net))
  try Fingerprints(of: nets, on: connection).keep(
    where: { net in !faulty.contains(net) && (net != nil || isWhole) }, on: connection)
}

extension Fingerprints.Subject {
  /// A net and its SQL, as this program writes it.
  init(_ plan: NetPlan, sql: SQL) {
    self.init(net: plan.net.name, schema: plan.schema, written: sha256(engineDigest + sql.text))
  }
}

/// The schema of the engine; its fingerprint covers the facade as well.
private let engineSchema = "ptflow"

/// Digests of the rows that say what a net is, and of what the catalogue says of it, by schema. A schema that lacks one of
/// the tables has none.
private func rowDigests(
  of schemas: [String], in tables: OwnTables, on connection: borrowing Connection
) throws -> [String: String] {
  // The times at which something was installed are left out.
  let catalogue: [(table: String, columns: SQL)] = [
    ("nets", "t.*"), ("rights", "t.*"), ("objects", "t.*"),
    ("net_versions", "t.version, t.digest, t.encoding, t.canonical_form, t.file, t.format, t.source"),
  ]
  guard (catalogue.map(\.table) + ["engine"]).allSatisfy({ tables.contains("ptflow.\($0)") }) else { return [:] }
  let whole = schemas.filter { schema in
    NetObject.dataTables.allSatisfy { tables.contains("\(schema).\($0)") }
  }

  var digests = try digestedRows(
    ["SELECT 'ptflow', '', (t.version, t.digest, t.facade)::text FROM ptflow.engine AS t"], on: connection)
  // In parts, so that no more locks are held than a server has room for.
  for start in stride(from: 0, to: whole.count, by: 100) {
    let part = whole[start..<min(start + 100, whole.count)]
    let told = catalogue.map { table, columns -> SQL in
      """
      SELECT n.schema_name, \(string: table), (\(columns))::text
        FROM ptflow.\(name: table) AS t
        JOIN ptflow.nets AS n ON n.net = t.net
       WHERE n.schema_name IN (\(part.map { "\(string: $0)" as SQL }, separator: ", "))
      """
    }
    let own = part.flatMap { schema in
      NetObject.dataTables.map { table -> SQL in
        "SELECT \(string: schema), \(string: table), t::text FROM \(name: schema).\(name: table) AS t"
      }
    }
    digests.merge(try digestedRows(told + own, on: connection)) { first, _ in first }
  }
  return digests
}

/// Digests of all rows of some queries, by their first column: a schema, a table, and the row as text.
private func digestedRows(_ queries: [SQL], on connection: borrowing Connection) throws -> [String: String] {
  let query: SQL = """
    SELECT r.schema_name, encode(sha256(string_agg(r.hash, '\\x' ORDER BY r.table_name COLLATE "C", r.hash)), 'hex')
      FROM (SELECT q.schema_name, q.table_name, sha256(convert_to(q.text, 'UTF8'))
              FROM (\(queries, separator: "\nUNION ALL "))
                   AS q (schema_name, table_name, text)) AS r (schema_name, table_name, hash)
     GROUP BY r.schema_name
    """
  let rows = try keepingNoLocks(connection) { try $0.query(query.text) }
  return Dictionary(rows.map { ($0[0] ?? "", $0[1] ?? "") }) { first, _ in first }
}

/// Reads something and gives back the locks that it takes, of which a server has no more than it has room for.
private func keepingNoLocks<Result>(
  _ connection: borrowing Connection, _ body: (borrowing Connection) throws -> Result
) throws -> Result {
  try connection.execute("SAVEPOINT reading")
  let result = try body(connection)
  try connection.execute("ROLLBACK TO SAVEPOINT reading; RELEASE SAVEPOINT reading")
  return result
}

/// sha-256 of a text, in hexadecimal digits.
private func sha256(_ text: String) -> String {
  hexadecimal([UInt8](SHA256.hash(data: [UInt8](text.utf8))))
}
