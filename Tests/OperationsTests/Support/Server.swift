import EmbeddedServer
import Foundation
import Postgres
import TestServer

/// A PostgreSQL server with its databases.
struct Server: Sendable {
  let url: String

  /// The one that all tests of this process share.
  static var shared: Server { Server(url: TestServer.url) }

  /// The URL of one of its databases, for the superuser or another role.
  func url(_ database: String, as role: String? = nil) -> String {
    var components = URLComponents(string: url) ?? URLComponents()
    components.path = "/" + database
    components.queryItems = components.queryItems?.map { item in
      item.name == "user" ? URLQueryItem(name: "user", value: role ?? item.value) : item
    }
    return components.string ?? url
  }

  /// A session with the database that every server of ours has.
  func connect() throws(PostgresError) -> Connection { try Connection(url) }

  /// Runs a test with an empty database, which is dropped afterwards.
  func withDatabase<Result>(_ body: (Database) throws -> Result) throws -> Result {
    let name = "t_" + UUID().uuidString.lowercased().replacing("-", with: "")
    try connect().execute("CREATE DATABASE \(name)")
    defer { try? connect().execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
    return try body(Database(server: self, name: name))
  }
}

/// One database of a server.
struct Database: Sendable {
  let server: Server
  let name: String

  func url(as role: String? = nil) -> String { server.url(name, as: role) }

  func connect(as role: String? = nil) throws(PostgresError) -> Connection { try Connection(url(as: role)) }
}

/// A server of a test's own, made by the code of `ptflow db` and gone when the test ends.
struct Cluster {
  /// Its project, which every user can enter.
  let project: String
  let embedded: EmbeddedServer

  var server: Server { Server(url: embedded.url ?? "") }

  /// Runs a test with a server that has these settings, of the version of these programs.
  static func with<Result>(
    _ settings: [String: String] = [:], programs: String? = nil, _ body: (Cluster) throws -> Result
  ) throws -> Result {
    let project = "/tmp/ptflow-operations-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: project, withIntermediateDirectories: true)
    var environment = ProcessInfo.processInfo.environment
    if let programs { environment["PG_BIN"] = programs }
    let cluster = Cluster(project: project, embedded: EmbeddedServer(project: project, environment: environment))
    defer {
      try? cluster.embedded.remove()
      try? FileManager.default.removeItem(atPath: project)
    }
    try cluster.embedded.start()
    let hurried = settings.merging(["fsync": "off"]) { $1 }
    for (name, value) in hurried.sorted(by: { $0.key < $1.key }) {
      try cluster.server.connect().execute("ALTER SYSTEM SET \(name) = \(value)")
    }
    try cluster.restart()
    return try body(cluster)
  }

  func restart() throws {
    try embedded.stop()
    try embedded.start()
  }

  /// Runs a program of the server's version as the server's user, who alone may touch its directory.
  func asServerUser(_ words: [String]) throws {
    let user = ["--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
    let outcome =
      geteuid() == 0
      ? try Program.named("setpriv").run(user + words)
      : try Program.named("env").run(words)
    guard outcome.code == 0 else { throw Failure(words: "\(words): \(outcome.output) \(outcome.errors)") }
  }
}

/// What a program said that failed.
struct Failure: Error {
  let words: String
}

/// Runs a program of the server's version to its end, which must be a success, and returns what it printed.
@discardableResult
func run(_ name: String, _ arguments: [String]) throws -> String {
  let outcome = try Program.named(name).run(arguments)
  guard outcome.code == 0 else { throw Failure(words: "\(name) \(arguments): \(outcome.errors)") }
  return outcome.output
}

/// Runs a test with the name of a file that is not there yet.
func withFile<Result>(_ body: (String) throws -> Result) throws -> Result {
  let path = FileManager.default.temporaryDirectory.appending(path: "ptflow-operations-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}
