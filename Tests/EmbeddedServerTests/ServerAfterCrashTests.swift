import Foundation
import Postgres
import Testing

@testable import EmbeddedServer

@Suite(.enabled(if: serverIsInstalled, whyNot))
struct ServerAfterCrashTests {
  /// Starts a server with one committed row in it, lets the test break it, and expects the row after another start.
  private func survives(_ breakIt: (TestProject, EmbeddedServer.Status) throws -> Void) throws {
    try TestProject.with { project in
      try Connection(project.server.start()).execute("CREATE TABLE t AS SELECT 1 AS n")
      try breakIt(project, project.server.status())
      #expect(try Connection(project.server.start()).query("SELECT n FROM t")[0][0] == "1")
      #expect(project.server.status().state == .running)
    }
  }

  @Test func `a server of which every process was killed starts again`() throws {
    try survives { project, status in
      let processes = ServerProcesses(of: try #require(status.dataDirectory))
      for pid in processes.all { kill(pid, SIGKILL) }
      #expect(wait(seconds: 10) { processes.all.isEmpty })
      #expect(project.server.status().state == .crashed)
    }
  }

  @Test func `a server whose postmaster was killed starts again`() throws {
    try survives { _, status in kill(try #require(status.pid), SIGKILL) }
  }

  @Test func `a session that does not notice that its postmaster was killed is ended`() throws {
    try survives { project, status in
      let url = try #require(status.url)
      let busy = Thread { try? Connection(url).execute("SELECT count(*) FROM generate_series(1, 1000000000000)") }
      busy.start()
      let connection = try Connection(url)
      let activity = "SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series%'"
      #expect(wait(seconds: 10) { (try? connection.query(activity).count) == 2 })
      kill(try #require(status.pid), SIGKILL)
    }
  }

  @Test func `a process id that passed to another process is not taken for the server`() throws {
    try TestProject.with { other in
      try other.server.start()
      let foreign = try #require(other.server.status().pid)
      try survives { project, status in
        let data = try #require(status.dataDirectory)
        let pidFile = try String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8)
        let lines = pidFile.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        try project.server.stop()
        let stale = (["\(foreign)"] + lines).joined(separator: "\n")
        try stale.write(toFile: data + "/postmaster.pid", atomically: false, encoding: .utf8)
        try "\(foreign)\n".write(toFile: project.server.socket + ".lock", atomically: false, encoding: .utf8)
        try "".write(toFile: project.server.socket, atomically: false, encoding: .utf8)
        #expect(project.server.status().state == .crashed)
        #expect(try !project.server.stop())
      }
      #expect(other.server.status().pid == foreign)
    }
  }

  @Test func `an empty pid file, as a full disk leaves it, is cleared away`() throws {
    try survives { project, status in
      try project.server.stop()
      let data = try #require(status.dataDirectory)
      try "".write(toFile: data + "/postmaster.pid", atomically: false, encoding: .utf8)
    }
  }

  @Test func `a server whose socket was swept away is reached again`() throws {
    try survives { project, _ in
      try FileManager.default.removeItem(atPath: project.server.socket)
    }
  }

  @Test func `a directory that was just made when the program was killed is used`() throws {
    try TestProject.with { project in
      let home = project.path + "/.ptflow/postgres"
      try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
      #expect(project.server.status().state == .none)
      try project.server.start()
    }
  }

  @Test func `a cluster whose making was interrupted is made anew`() throws {
    try TestProject.with { project in
      try project.server.start()
      let data = try #require(project.server.status().dataDirectory)
      try project.server.stop()
      try FileManager.default.moveItem(atPath: data, toPath: data + ".new")
      #expect(project.server.status().state == .none)
      #expect(try Connection(project.server.start()).query("SELECT 1").count == 1)
      #expect(!FileManager.default.fileExists(atPath: data + ".new"))
    }
  }
}

extension EmbeddedServer {
  fileprivate var socket: String { (status().socketDirectory ?? "") + "/.s.PGSQL.5432" }
}
