import Foundation
import Installer
import Testing

/// A project directory of its own for one test, with its server, both gone when the test ends, however it ends.
struct TestProject {
  let path: String
  var server: EmbeddedServer { EmbeddedServer(project: path) }

  /// Makes the directory, runs the test, and clears away.
  ///
  /// - Parameters:
  ///   - name: the directory's name, in a directory that every user can enter.
  ///   - body: the test.
  static func with<Result>(_ name: String = "project", _ body: (TestProject) throws -> Result) throws -> Result {
    let parent = "/tmp/ptflow-test-\(UUID().uuidString)"
    let path = "\(parent)/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let project = TestProject(path: path)
    defer {
      #expect(throws: Never.self) { try project.server.remove() }
      try? FileManager.default.removeItem(atPath: parent)
    }
    return try body(project)
  }
}

/// Whether this machine can run a server at all.
let serverIsInstalled = EmbeddedServer.isInstalled()
let whyNot: Comment = "no PostgreSQL server binaries are installed (make setup)"
