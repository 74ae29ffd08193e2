internal import Compiler
internal import Crypto
internal import Diagnostics
internal import NetFormats
internal import PetriNet
internal import Plan
internal import Postgres
internal import SQL

/// A net as the database keeps it, and what this program makes of that.
struct StoredNet {
  /// How the database should hold the net, or why that cannot be told.
  enum Reading {
    /// The plan. It is whole where it was made from the file that the database keeps; the canonical form knows no title.
    case plan(NetPlan, isWhole: Bool)
    /// What is wrong, and what to do about it.
    case unreadable(String)
  }

  let name: String
  let schema: String
  let version: Int
  let digest: String
  let reading: Reading

  var plan: NetPlan? { if case .plan(let plan, _) = reading { plan } else { nil } }
}

/// The nets that the catalogue has a version of, by name: of each the one in force, or the last where that is not told.
///
/// - Throws: what the database said; also when the catalogue lacks the versions.
func storedNets(_ connection: borrowing Connection) throws -> [StoredNet] {
  let inForce = (try? attempt(connection) { connection in
    try connection.query("SELECT n.net, n.version, encode(n.digest, 'hex') FROM ptflow.nets AS n")
  }) ?? []
  let known = Dictionary(inForce.map { ($0[0] ?? "", $0) }) { first, _ in first }
  let rows = try connection.query(
    """
    SELECT v.net, v.version, encode(v.digest, 'hex') AS digest, v.canonical_form, v.file, v.format, v.source
      FROM ptflow.net_versions AS v
     ORDER BY v.net, v.version
    """)
  return try Dictionary(grouping: rows) { $0["net"] ?? "" }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    .compactMap { name, versions in
      let row = versions.last { $0["version"] == known[name]?[1] } ?? versions.last
      return try row.map { try storedNet($0, digests: [$0["digest"], known[name]?[2]].compactMap { $0 }, connection) }
    }
}

/// Reads the net of a row again: the file that is kept, or where that says something else by now, the canonical form.
private func storedNet(_ row: Row, digests: [String], _ connection: borrowing Connection) throws -> StoredNet {
  let name = row["net"] ?? ""
  let (file, text) = (row["file"] ?? "", row["source"] ?? "")
  let read = (try? readNet(SourceFile(name: file, text: text), name: name)).flatMap { digests.has($0.net) ? $0 : nil }
  let told = (try? Net(canonicalForm: row["canonical_form"] ?? "", name: name)).flatMap { digests.has($0) ? $0 : nil }
  let source = Source(file: file, format: read?.format.rawValue ?? row["format"] ?? "", text: text)
  let schema = identifier(for: name)
  func stored(_ reading: StoredNet.Reading) -> StoredNet {
    StoredNet(name: name, schema: schema, version: row.integer("version"), digest: row["digest"] ?? "", reading: reading)
  }
  guard var net = read?.net ?? told else { return stored(.unreadable(.otherNet)) }
  net.keepsStates = try keepsStates(name, schema: schema, connection)
  let witness = try OrderWitness(of: net, schema: schema, version: row.integer("version"), connection)
  guard let order = witness.order(read: read?.net.places.map(\.name)) else { return stored(.unreadable(.otherOrder)) }
  let ordered =
    read == nil ? witness.drawn(net).inOrder(witness.whole(places: order)) : net.inOrder(Net.Order(places: order))
  guard let plan = try? compile(ordered, source: source) else { return stored(.unreadable(.otherNet)) }
  return stored(.plan(plan, isWhole: read != nil))
}

extension [String] {
  /// Whether one of these digests is a net's.
  fileprivate func has(_ net: Net) -> Bool {
    contains(hexadecimal([UInt8](SHA256.hash(data: [UInt8](net.canonicalForm.utf8)))))
  }
}

/// Whether a net keeps its states, which neither the file nor the canonical form says: as the catalogue has it, or else as
/// the schema does.
private func keepsStates(_ net: String, schema: String, _ connection: borrowing Connection) throws -> Bool {
  let told = try? attempt(connection) { connection in
    try connection.query(
      "SELECT o.kind = 'TABLE' FROM ptflow.objects AS o WHERE o.net = $1 AND o.name = 'states' AND o.kind <> 'FUNCTION'",
      [net])
  }
  if let kept = told?.first?[0] { return kept == "t" }
  return try !connection.query(
    """
    SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = 'states' AND c.relkind = 'r'
    """, [schema]
  ).isEmpty
}

/// What the database says about the order of a net's parts, apart from the file.
private struct OrderWitness {
  let net: Net
  /// By `places.number`; nil where the table does not have all places.
  private let table: [String]?
  /// By the columns of the view `history`; nil where it does not have all places.
  private let view: [String]?
  private let transitions: [String]
  private let roles: [String]
  private let rolesOfTransition: [String: [String]]
  private let placePositions: [String: Position]
  private let transitionPositions: [String: Position]

  init(of net: Net, schema: String, version: Int, _ connection: borrowing Connection) throws {
    self.net = net
    func ask(_ sql: SQL) throws -> [Row] { (try? attempt(connection) { try $0.query(sql.text) }) ?? [] }

    let isOurs = try connection.query(
      """
      SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relname IN ('places', 'transitions') AND c.relkind = 'r'
         AND pg_get_userbyid(n.nspowner) = current_user AND pg_get_userbyid(c.relowner) = current_user
      """, [schema]
    ).count == 2
    let places: [Row] = isOurs
      ? try ask("SELECT p.place, p.x, p.y FROM \(name: schema).places AS p WHERE p.version = \(version) ORDER BY p.number")
      : []
    let fired: [Row] = isOurs
      ? try ask(
        """
        SELECT t.action, t.x, t.y, r.role
          FROM \(name: schema).transitions AS t
         CROSS JOIN LATERAL unnest(t.roles) WITH ORDINALITY AS r (role, number)
         WHERE t.version = \(version)
         ORDER BY t.number, r.number
        """)
      : []
    let granted: [Row] = try ask(
      """
      SELECT r.role FROM ptflow.rights AS r JOIN ptflow.objects AS o ON o.net = r.net AND o.name = r.type_name
       WHERE r.net = \(string: net.name) AND r.privilege = 'fire' ORDER BY o.number
      """)
    let columns = try connection.query(
      """
      SELECT a.attname FROM pg_attribute AS a
        JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relname = 'history' AND c.relkind = 'v' AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY a.attnum
      """, [schema])

    func complete(_ names: [String]) -> [String]? {
      names.count == net.places.count && Set(names) == Set(net.places.map(\.name)) ? names : nil
    }
    let plan = try? compile(net, source: Source(file: "", format: "", text: ""))
    let placeOfColumn = Dictionary((plan?.places ?? []).map { ($0.column, $0.place.name) }) { first, _ in first }
    table = complete(places.compactMap { $0[0] })
    view = complete(columns.compactMap { $0[0].flatMap { placeOfColumn[$0] } })
    transitions = fired.compactMap { $0["action"] }
    rolesOfTransition = Dictionary(grouping: fired) { $0["action"] ?? "" }.mapValues { $0.compactMap { $0["role"] } }
    roles = granted.compactMap { $0[0] }
    placePositions = positions(places, by: "place")
    transitionPositions = positions(fired, by: "action")
  }

  /// The order of the places on which most agree, of the file, the table and the view: markings are stored in it.
  func order(read: [String]?) -> [String]? {
    let told = [read, table, view].compactMap { $0 }
    return told.count <= 1
      ? told.first ?? net.places.map(\.name) : told.first { order in told.filter { $0 == order }.count > 1 }
  }

  /// The order of all parts as the database has it.
  func whole(places: [String]) -> Net.Order {
    Net.Order(places: places, transitions: transitions, roles: roles, rolesOfTransition: rolesOfTransition)
  }

  /// The net as it is drawn there.
  func drawn(_ net: Net) -> Net {
    let drawn = try? Net(
      name: net.name,
      places: net.places.map { place in
        var place = place
        place.position = placePositions[place.name]
        return place
      },
      transitions: net.transitions.map { transition in
        var transition = transition
        transition.position = transitionPositions[transition.name]
        return transition
      }, arcs: net.arcs, roles: net.roles, keepsStates: net.keepsStates)
    return drawn ?? net
  }
}

/// Where things are drawn, by the column that has their names.
private func positions(_ rows: [Row], by name: String) -> [String: Position] {
  Dictionary(
    rows.compactMap { row in
      guard let x = row["x"].flatMap(Double.init), let y = row["y"].flatMap(Double.init) else { return nil }
      return (row[name] ?? "", Position(x: x, y: y))
    }) { first, _ in first }
}

extension String {
  fileprivate static let otherNet = """
    neither the file nor the canonical form that ptflow.net_versions keeps has the digest of the net any more; restore its \
    row from a backup
    """

  fileprivate static let otherOrder = """
    the file, the table places and the view history have the places in different orders, so that it cannot be told in which \
    the markings count; restore two of them from a backup
    """
}
