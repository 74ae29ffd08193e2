import Compiler
import Foundation
import Installer
import PetriNet
import Plan
import Postgres
import TestNets

/// Who has to do with a database of nets: roles of the server, each with a name that no other test uses.
struct Club {
  private let suffix = UUID().uuidString.prefix(8).lowercased()

  /// Owns the nets, and may nothing else.
  var owner: String { "owner_\(suffix)" }
  /// May fire `pay`.
  var clerk: String { "clerk_\(suffix)" }
  /// May read.
  var reader: String { "reader_\(suffix)" }
  var all: [String] { [owner, clerk, reader] }

  /// Runs a test with these roles on a server.
  static func with<Result>(on server: Server, _ body: (Club) throws -> Result) throws -> Result {
    let club = Club()
    try club.join(server)
    defer { club.leave(server) }
    return try body(club)
  }

  /// Runs a test with a database in which somebody has paid and taken.
  static func withTill(on server: Server = .shared, _ body: (Club, Database) throws -> Void) throws {
    try with(on: server) { club in
      try server.withDatabase { database in
        try club.install(in: database)
        try database.connect(as: club.clerk).fire("pay", "first", payload: #"{"é": 1.50}"#, key: "k")
        try database.connect(as: club.owner).fire("take", "first")
        try body(club, database)
      }
    }
  }

  /// Makes the roles.
  func join(_ server: Server) throws {
    for role in all { try server.connect().execute("CREATE ROLE \(role) LOGIN") }
  }

  /// Takes them away again, once the databases are gone.
  func leave(_ server: Server) {
    for role in all { try? server.connect().execute("DROP ROLE IF EXISTS \(role)") }
  }

  /// Installs the net in a database, for these roles.
  func install(in database: Database, _ nets: [Net] = [.till]) throws {
    try database.connect().execute("GRANT CREATE ON DATABASE \(database.name) TO \(owner)")
    try database.connect().execute("GRANT CREATE ON SCHEMA public TO \(owner)")
    let connection = try database.connect(as: owner)
    _ = try Installer.install(try nets.map(plan), facade: nil, on: connection)
    try connection.query("SELECT ptflow.add_grant('till', 'fire', 'clerk', $1)", [clerk])
    try connection.query("SELECT ptflow.add_grant('till', 'read', '', $1)", [reader])
  }
}

extension Net {
  /// `pay`, by clerks, puts a coin into the till; `take`, by those who hold `default`, takes one.
  static let till: Net = {
    do {
      return try Net(
        "till", [Place("coins"), Place("taken")],
        [.t("pay", by: ["clerk"], .output("coins")), .t("take", .input("coins"), .output("taken"))])
    } catch {
      fatalError("\(error)")
    }
  }()
}

func plan(_ net: Net) throws -> NetPlan {
  try compile(net, source: Source(file: "\(net.name).test", format: "test", text: net.canonicalForm))
}
