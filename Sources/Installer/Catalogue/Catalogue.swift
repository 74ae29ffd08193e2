public import Postgres
internal import SQL

/// What a database says about its engine and its nets. A database without an engine has none.
public struct Catalogue: Sendable {
  /// The digest of the engine's SQL, in hexadecimal digits; nil when there is no engine.
  let engineDigest: String?
  /// The schema of the facade; nil when there is no engine.
  public let facade: String?

  /// Asks a database, and its guard first.
  ///
  /// - Throws: what the database said; also when the schema `ptflow` is there and belongs to another role.
  public init(of connection: borrowing Connection) throws(PostgresError) {
    try demandOurs(connection)
    guard try connection.query("SELECT to_regclass('ptflow.engine')")[0][0] != nil else {
      engineDigest = nil
      facade = nil
      return
    }
    let engine = try connection.query("SELECT encode(e.digest, 'hex'), e.facade FROM ptflow.engine AS e").first
    engineDigest = engine?[0]
    facade = engine?[1]
  }

  /// Reads the catalogue in a transaction of its own, so that all that is read is of one moment, and that nothing is found
  /// but what is PostgreSQL's own and ours, whatever the session's search path is.
  ///
  /// - Parameters:
  ///   - connection: a session that is in no transaction.
  ///   - body: what is read.
  /// - Returns: what the body returns.
  /// - Throws: what the database said, or what the body throws.
  public static func read<Result>(
    of connection: borrowing Connection, _ body: (Catalogue, borrowing Connection) throws -> Result
  ) throws -> Result {
    try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    do {
      let result = try body(try Catalogue(of: connection), connection)
      try connection.execute("COMMIT")
      return result
    } catch {
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  /// The installed nets, by name.
  ///
  /// - Throws: what the database said.
  public func nets(_ connection: borrowing Connection) throws(PostgresError) -> [InstalledNet] {
    guard facade != nil else { return [] }
    let rows = try connection.query(
      """
      SELECT n.net, n.schema_name, n.version, encode(n.digest, 'hex') AS digest, v.file, v.installed_by, v.installed_at
        FROM ptflow.nets AS n
        JOIN ptflow.net_versions AS v ON v.net = n.net AND v.version = n.version
       ORDER BY n.net
      """)
    var nets: [InstalledNet] = []
    for row in rows {
      let schema = row["schema_name"] ?? ""
      let counts: SQL = """
        SELECT (SELECT count(*) FROM \(name: schema).places AS p WHERE p.version = \(row.integer("version"))),
               (SELECT count(*) FROM \(name: schema).transitions AS t WHERE t.version = \(row.integer("version"))),
               (SELECT count(*) FROM \(name: schema).instances)
        """
      let count = try connection.query(counts.text)[0]
      nets.append(
        InstalledNet(
          net: row["net"] ?? "", schema: schema, version: row.integer("version"), digest: row["digest"] ?? "",
          file: row["file"] ?? "", places: count.integer(0), transitions: count.integer(1), instances: count.integer(2),
          installedBy: row["installed_by"] ?? "", installedAt: row["installed_at"] ?? ""))
    }
    return nets
  }

  /// The nets whose rights are open to everybody, as after a restore without privileges: nobody may do anything with them.
  ///
  /// - Throws: what the database said.
  public func openNets(_ connection: borrowing Connection) throws(PostgresError) -> [String] {
    guard facade != nil else { return [] }
    return try connection.query("SELECT DISTINCT g.net FROM ptflow.grants AS g WHERE g.member = 0 ORDER BY 1")
      .compactMap { $0[0] }
  }

  /// The nets and their schemas, by name, and whether they keep their states.
  ///
  /// - Throws: what the database said.
  func keptStates(
    _ connection: borrowing Connection
  ) throws(PostgresError) -> [(net: String, schema: String, keepsStates: Bool)] {
    guard facade != nil else { return [] }
    return try connection.query(
      """
      SELECT n.net, n.schema_name, o.kind = 'TABLE'
        FROM ptflow.nets    AS n
        JOIN ptflow.objects AS o ON o.net = n.net AND o.name = 'states' AND o.kind <> 'FUNCTION'
       ORDER BY n.net
      """
    ).map { ($0[0] ?? "", $0[1] ?? "", $0[2] == "t") }
  }

  /// The schema, the digest and the canonical lines of a net, and whether it keeps its states; nil when it is not
  /// installed.
  func version(
    of net: String, _ connection: borrowing Connection
  ) throws(PostgresError) -> (schema: String, digest: String, lines: [String], keepsStates: Bool)? {
    guard facade != nil else { return nil }
    let row = try connection.query(
      """
      SELECT n.schema_name, encode(n.digest, 'hex'), v.canonical_form,
             EXISTS (SELECT FROM ptflow.objects AS o WHERE o.net = n.net AND o.name = 'states' AND o.kind = 'TABLE')
        FROM ptflow.nets AS n
        JOIN ptflow.net_versions AS v ON v.net = n.net AND v.version = n.version
       WHERE n.net = $1
      """, [net]
    ).first
    guard let row, let schema = row[0], let digest = row[1], let form = row[2] else { return nil }
    return (schema, digest, form.split(separator: "\n").map(String.init), row[3] == "t")
  }
}

extension Row {
  /// A column that holds a whole number.
  func integer(_ column: String) -> Int { self[column].flatMap { Int($0) } ?? 0 }

  /// A column that holds a whole number, by its index.
  func integer(_ index: Int) -> Int { self[index].flatMap { Int($0) } ?? 0 }
}
