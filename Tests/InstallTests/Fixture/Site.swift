import Compiler
import Foundation
import Installer
import PetriNet
import Postgres
import TestServer

/// A database of its own, owned by a role that may nothing else, with nets installed by that role.
struct Site {
  let database: TestDatabase
  /// The owner of the database and of the nets.
  let owner: String
  private let suffix: String

  /// Runs a test in it; the database and all roles are gone afterwards.
  static func with<Result>(
    _ nets: [Net] = [.game()], facade: String? = nil, before: (Site) throws -> Void = { _ in },
    _ body: (Site) throws -> Result
  ) throws -> Result {
    let suffix = UUID().uuidString.prefix(8).lowercased()
    let owner = "owner_\(suffix)"
    try Connection(TestServer.url).execute("CREATE ROLE \(owner) LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
    defer { dropRoles(suffix) }
    return try TestDatabase.with(owner: owner) { database in
      let site = Site(database: database, owner: owner, suffix: suffix)
      try before(site)
      if !nets.isEmpty { _ = try site.install(nets, facade: facade) }
      return try body(site)
    }
  }

  private static func dropRoles(_ suffix: String) {
    do {
      let connection = try Connection(TestServer.url)
      let roles = try connection.query("SELECT quote_ident(rolname) FROM pg_roles WHERE rolname LIKE '%\\_\(suffix)'")
      for row in roles { try connection.execute("DROP ROLE \(row[0] ?? "")") }
    } catch {
      print("roles are left: \(error)")
    }
  }

  /// A role of the server, as it is called there.
  func role(_ name: String) -> String { "\(name)_\(suffix)" }

  /// Makes a role of the server.
  @discardableResult
  func make(_ name: String, _ attributes: String = "LOGIN") throws -> String {
    try superuser().execute("CREATE ROLE \(role(name)) \(attributes)")
    return role(name)
  }

  /// A session of the superuser.
  func superuser() throws -> Connection { try database.connect() }

  /// A session of the owner.
  func asOwner() throws -> Connection { try database.connect(as: owner) }

  /// A session of a role that was made.
  func connect(as name: String) throws -> Connection { try database.connect(as: role(name)) }

  /// Installs nets as the owner.
  func install(_ nets: [Net], facade: String? = nil) throws -> Installation {
    try Installer.install(try nets.map { try plan($0) }, facade: facade, on: try asOwner())
  }

  /// Grants as the owner: `fire` with a role, `read` or `gateway`.
  func grant(_ privilege: String, _ role: String = "", on net: String = "game", to name: String) throws {
    try asOwner().query("SELECT ptflow.add_grant($1, $2, $3, $4)", [net, privilege, role, self.role(name)])
  }

  /// Takes back what was granted.
  func revoke(_ privilege: String, _ role: String = "", on net: String = "game", from name: String) throws {
    try asOwner().query("SELECT ptflow.remove_grant($1, $2, $3, $4)", [net, privilege, role, self.role(name)])
  }
}
