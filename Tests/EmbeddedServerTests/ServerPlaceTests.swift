import Foundation
import Postgres
import Testing

@testable import EmbeddedServer

private let isRoot = geteuid() == 0

@Suite(.enabled(if: serverIsInstalled, whyNot))
struct ServerPlaceTests {
  @Test(arguments: [
    "it's \"quoted\" $(touch x) `y` ; z", "Grüße, Jürgen", "100%+&?#=a@b:c\\", "-v", "new\nline",
  ])
  func `a project may have any name`(_ name: String) throws {
    try TestProject.with(name) { project in
      let url = try project.server.start()
      #expect(try Connection(url).query("SELECT 1").count == 1)
      #expect(project.server.status().dataDirectory == project.path + "/.ptflow/postgres/data")
      #expect(try project.server.stop())
      try project.server.start()
    }
  }

  @Test(arguments: [2, 8, 15]) func `a project may lie deep`(_ levels: Int) throws {
    let name = Array(repeating: String(repeating: "d", count: 100), count: levels).joined(separator: "/")
    try TestProject.with(name) { project in
      let url = try project.server.start()
      #expect(try Connection(url).query("SELECT 1").count == 1)
      let socket = try #require(project.server.status().socketDirectory)
      #expect(socket.utf8.count < 90)
      try project.server.remove()
      #expect(!FileManager.default.fileExists(atPath: socket))
    }
  }

  @Test func `nobody else reaches the socket`() throws {
    try TestProject.with { project in
      let near = ServerPlace(home: project.path, user: .current)
      #expect(near.socketDirectory == project.path)
      try project.server.start()
      let socket = try #require(project.server.status().socketDirectory)
      let mode = try FileManager.default.attributesOfItem(atPath: socket)[.posixPermissions] as? Int
      #expect(mode == 0o700)
    }
  }

  @Test func `a socket directory that somebody else could have made is refused`() throws {
    try TestProject.with("a b") { project in
      try project.server.start()
      try project.server.stop()
      let socket = try #require(project.server.status().socketDirectory)
      #expect(!FileManager.default.fileExists(atPath: socket))
      let elsewhere = project.path + "/elsewhere"
      try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: false)
      try FileManager.default.createSymbolicLink(atPath: socket, withDestinationPath: elsewhere)
      defer { try? FileManager.default.removeItem(atPath: socket) }
      #expect(throws: EmbeddedServerError.notPrivate(socket)) { try project.server.start() }
    }
  }

  @Test func `a project that is moved takes its database along, even while the server runs`() throws {
    for name in ["project", "with spaces"] {
      try TestProject.with(name) { project in
        try Connection(project.server.start()).execute("CREATE TABLE t ()")
        let moved = project.server(at: project.path + " moved")
        try FileManager.default.moveItem(atPath: project.path, toPath: project.path + " moved")
        defer {
          #expect(throws: Never.self) { try moved.remove() }
        }
        #expect(try Connection(moved.start()).query("SELECT FROM t").isEmpty)
      }
    }
  }

  @Test(.enabled(if: isRoot, "only root runs the server as another user"))
  func `a project that the server's user cannot enter has its cluster elsewhere`() throws {
    try TestProject.with("closed/project") { project in
      try close(project)
      let url = try project.server.start()
      let data = try #require(project.server.status().dataDirectory)
      #expect(!data.hasPrefix(project.path))
      try Connection(url).execute("CREATE TABLE t ()")

      // Moved, it keeps the cluster; copied, the copy gets one of its own.
      let moved = project.path + "-moved"
      try FileManager.default.moveItem(atPath: project.path, toPath: moved)
      defer {
        #expect(throws: Never.self) { try project.server(at: moved).remove() }
      }
      #expect(project.server(at: moved).status().dataDirectory == data)
      #expect(try project.server(at: moved).start() == url)
      try FileManager.default.copyItem(atPath: moved, toPath: project.path)
      #expect(project.server.status().state == .none)
      #expect(try Connection(project.server.start()).query("SELECT to_regclass('t')")[0][0] == nil)
      #expect(try Connection(project.server(at: moved).start()).query("SELECT to_regclass('t')")[0][0] == "t")

      let copy = try #require(project.server.status().dataDirectory)
      try project.server.remove()
      #expect(!FileManager.default.fileExists(atPath: copy))
      #expect(FileManager.default.fileExists(atPath: data))
    }
  }

  private func close(_ project: TestProject) throws {
    let closed = URL(fileURLWithPath: project.path).deletingLastPathComponent().path
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed)
  }
}
