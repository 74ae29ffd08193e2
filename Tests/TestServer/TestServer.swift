internal import EmbeddedServer
internal import Foundation
public import Postgres

/// The PostgreSQL server that the tests of one process share: made in a temporary folder by the code of `ptflow db`, and
/// taken away when the process ends.
public enum TestServer {
  /// Why the tests that need a server cannot run; nil when they can.
  public static let absence: String? =
    EmbeddedServer.isInstalled() ? nil : "there are no PostgreSQL server programs; make setup installs them"

  /// Whether the tests that need a server can run.
  public static var isAvailable: Bool { absence == nil }

  /// The server, started when it is first asked for.
  public static let url: String = {
    do {
      let folder = FileManager.default.temporaryDirectory.appending(path: "ptflow-tests-\(getpid())").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      project = folder
      atexit { TestServer.remove() }
      let url = try EmbeddedServer(project: folder).start()
      try hurry(url)
      return url
    } catch {
      fatalError("the test server does not start: \(error)")
    }
  }()

  nonisolated(unsafe) private static var project: String?

  /// What these databases hold need not outlive the machine: nothing waits for the disk.
  private static func hurry(_ url: String) throws {
    let connection = try Connection(url)
    for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
      try connection.execute("ALTER SYSTEM SET \(setting) = off")
    }
    try connection.execute("SELECT pg_reload_conf()")
  }

  private static func remove() {
    guard let project else { return }
    try? EmbeddedServer(project: project).remove()
    try? FileManager.default.removeItem(atPath: project)
  }

  /// The server's URL with another database, and perhaps another role.
  public static func url(database: String, role: String? = nil) -> String {
    var components = URLComponents(string: url) ?? URLComponents()
    components.path = "/" + database
    if let role {
      components.queryItems = components.queryItems?.map { item in
        item.name == "user" ? URLQueryItem(name: "user", value: role) : item
      }
    }
    return components.string ?? url
  }
}

/// A database of its own for a test.
public struct TestDatabase: Sendable {
  /// Its name.
  public let name: String

  /// Makes an empty database, owned by the superuser or by the role that is named.
  public init(owner: String? = nil) throws {
    name = "t_" + UUID().uuidString.lowercased().replacing("-", with: "")
    let connection = try Connection(TestServer.url)
    try connection.execute("CREATE DATABASE \(name)" + (owner.map { " OWNER \($0)" } ?? ""))
  }

  /// Its URL, for the superuser or another role.
  public func url(as role: String? = nil) -> String { TestServer.url(database: name, role: role) }

  /// Opens a session, as the superuser or as another role.
  public func connect(as role: String? = nil) throws -> Connection { try Connection(url(as: role)) }

  /// Drops the database, with the sessions that are still open.
  public func drop() {
    try? Connection(TestServer.url).execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
  }

  /// Runs a test in a database of its own.
  public static func with<Result>(
    owner: String? = nil, _ body: (TestDatabase) throws -> Result
  ) throws -> Result {
    let database = try TestDatabase(owner: owner)
    defer { database.drop() }
    return try body(database)
  }
}
