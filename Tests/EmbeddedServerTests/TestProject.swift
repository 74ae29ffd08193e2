import EmbeddedServer
import Foundation
import Testing

/// A project directory of its own for one test; it and its server are gone when the test ends, however it ends.
struct TestProject {
  let path: String
  var server: EmbeddedServer { server(at: path) }

  /// Makes a directory of that name where every user can enter, runs the test, and clears away.
  static func with(_ name: String = "project", _ body: (TestProject) throws -> Void) throws {
    let project = try TestProject(name)
    defer { project.remove() }
    try body(project)
  }

  init(_ name: String = "project") throws {
    path = "/tmp/ptflow-test-\(UUID().uuidString.prefix(8))/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// The server of another project of the same user.
  func server(at path: String) -> EmbeddedServer { EmbeddedServer(project: path, environment: environment) }

  /// The test's own: its records are cleared away with it.
  var environment: [String: String] {
    ProcessInfo.processInfo.environment.merging(["XDG_STATE_HOME": "\(parent)/state"]) { $1 }
  }

  private var parent: String { "/" + path.split(separator: "/").prefix(2).joined(separator: "/") }

  /// Takes over a project that another process made.
  init(existing path: String) {
    self.path = path
  }

  /// Deletes the directory and the server, wherever that lies.
  func remove() {
    if FileManager.default.fileExists(atPath: path) {
      #expect(throws: Never.self, "a server may be left behind") { try server.remove() }
    }
    #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: parent) }
  }
}

/// Whether this machine can run a server at all.
let serverIsInstalled = EmbeddedServer.isInstalled()
let whyNot: Comment = "no PostgreSQL server binaries are installed (make setup)"
