internal import Compiler
internal import PetriNet
internal import Plan
internal import Postgres
internal import SQL

/// What the database says about the order of a net's parts, apart from the file.
struct OrderWitness {
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

  init(
    of net: Net, schema: String, version: Int, in known: OwnTables, _ connection: borrowing Connection
  ) throws {
    self.net = net
    let tables = known.union(try OwnTables(of: [schema], on: connection))
    let places = try tables.rows(
      "SELECT p.place, p.x, p.y FROM \(name: schema).places AS p WHERE p.version = \(version) ORDER BY p.number",
      of: ["\(schema).places"], on: connection)
    let fired = try tables.rows(
      """
      SELECT t.action, t.x, t.y, r.role
        FROM \(name: schema).transitions AS t
       CROSS JOIN LATERAL unnest(t.roles) WITH ORDINALITY AS r (role, number)
       WHERE t.version = \(version)
       ORDER BY t.number, r.number
      """, of: ["\(schema).transitions"], on: connection)
    let granted = try tables.rows(
      """
      SELECT r.role FROM ptflow.rights AS r JOIN ptflow.objects AS o ON o.net = r.net AND o.name = r.type_name
       WHERE r.net = \(string: net.name) AND r.privilege = 'fire' ORDER BY o.number
      """, of: ["ptflow.rights", "ptflow.objects"], on: connection)
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
    let drawn = try? net.having(
      places: net.places.map { place in
        var place = place
        place.position = placePositions[place.name]
        return place
      },
      transitions: net.transitions.map { transition in
        var transition = transition
        transition.position = transitionPositions[transition.name]
        return transition
      })
    return drawn ?? net
  }
}

/// Where things are drawn, by the column that has their names.
private func positions(_ rows: [Row], by name: String) -> [String: Position] {
  Dictionary(
    rows.compactMap { row in
      guard let x = row["x"].flatMap(Double.init), let y = row["y"].flatMap(Double.init) else { return nil }
      return (row[name] ?? "", Position(x: x, y: y))
    }
  ) { first, _ in first }
}
