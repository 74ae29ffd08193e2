import Foundation
import Postgres
import TestServer

/// A pgbouncer of a test's own, in transaction mode, before the test server.
final class PgBouncer {
  /// Where the program is; Debian puts it where only administrators look.
  static let program: String? = {
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return (path + ["/usr/sbin"]).map { $0 + "/pgbouncer" }.first(where: FileManager.default.isExecutableFile)
  }()

  /// Why the tests that need it cannot run; nil when they can.
  static let absence: String? =
    program == nil ? "there is no pgbouncer; make setup installs it" : TestServer.absence

  private let running: Running
  private let folder: String
  private let database: String

  /// Starts it.
  ///
  /// - Parameters:
  ///   - database: where all clients go.
  ///   - users: the roles that clients come as, besides the superuser.
  ///   - servers: how many sessions it has on the server, for each role.
  /// - Throws: that it does not answer, with what it said.
  init(before database: TestDatabase, users: [String] = [], servers: Int) throws {
    self.database = database.name
    let name = "ptflow-bouncer-\(UUID().uuidString.prefix(8))"
    folder = FileManager.default.temporaryDirectory.appending(path: name).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let server = URLComponents(string: database.url())?.queryItems?.first { $0.name == "host" }?.value ?? ""
    let root = getuid() == 0
    let settings = """
      [databases]
      \(database.name) = host=\(server) port=5432 pool_size=\(servers)
      [pgbouncer]
      pool_mode = transaction
      auth_type = trust
      auth_file = \(folder)/users
      listen_port = 6432
      unix_socket_dir = \(folder)
      max_client_conn = 200
      \(root ? "user = postgres" : "")
      """
    try Data(settings.utf8).write(to: URL(fileURLWithPath: folder + "/settings"))
    let names = (["ptflow"] + users).map { "\"\($0)\" \"\"\n" }.joined()
    try Data(names.utf8).write(to: URL(fileURLWithPath: folder + "/users"))
    // Like the server, it refuses to run as root.
    if root {
      try FileManager.default.setAttributes([.ownerAccountName: "postgres"], ofItemAtPath: folder)
    }
    running = try Program.named(Self.program ?? "pgbouncer").start([folder + "/settings"])
    let end = Date.now.addingTimeInterval(60)
    while Ping.server(at: url()) != .accepting {
      guard Date.now < end else { throw Late(condition: "pgbouncer answers: \(try stop())") }
    }
  }

  /// The URL of the database, through it.
  func url(as role: String = "ptflow") -> String {
    "postgresql:///\(database)?host=\(folder)&port=6432&user=\(role)"
  }

  /// Stops it.
  ///
  /// - Returns: what it said.
  @discardableResult
  func stop() throws -> String {
    kill(running.pid, SIGTERM)
    let outcome = try running.end()
    try FileManager.default.removeItem(atPath: folder)
    return outcome.errors
  }
}
