import Foundation
import Postgres
import Testing

@testable import EmbeddedServer

@Suite(.enabled(if: serverIsInstalled, whyNot))
struct EmbeddedServerTests {
  @Test func `a server starts, says where it is, and stops`() throws {
    try TestProject.with { project in
      let server = project.server
      #expect(server.status() == EmbeddedServer.Status(state: .none))
      #expect(server.url == nil)

      let url = try server.start()
      let running = server.status()
      #expect(running.state == .running)
      #expect(running.url == url)
      #expect(server.url == url)
      let row = try Connection(url).query(
        """
        SELECT current_user, current_database(), current_setting('data_directory') AS data,
               current_setting('server_version_num')::int / 10000 AS version, current_setting('fsync') AS fsync,
               current_setting('data_checksums') AS checksums, current_setting('listen_addresses') AS addresses,
               current_setting('server_encoding') AS encoding, upper('ä') AS upper
        """)[0]
      #expect(row.values[..<2] == ["ptflow", "ptflow"])
      #expect(row["data"] == running.dataDirectory)
      #expect(row["version"] == running.version.map { "\($0)" })
      #expect(row.values[4...] == ["on", "on", "", "UTF8", "Ä"])

      #expect(try server.stop())
      #expect(server.status().state == .stopped)
      #expect(server.status().pid == nil)
      #expect(try !server.stop())
    }
  }

  @Test(arguments: ["project", "a b"]) func `other programs take the URL, whatever their environment says`(
    _ name: String
  ) throws {
    try TestProject.with(name) { project in
      let url = try project.server.start()
      let psql = Process()
      psql.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      psql.arguments = ["psql", "-XAt", "-c", "SELECT current_user, current_database()", url]
      psql.environment = ProcessInfo.processInfo.environment.merging(
        ["PGHOST": "elsewhere", "PGPORT": "1", "PGUSER": "nobody", "PGDATABASE": "nothing", "PGSSLMODE": "require"]
      ) { $1 }
      let output = Pipe()
      psql.standardOutput = output
      try psql.run()
      let answer = try output.fileHandleForReading.readToEnd() ?? Data()
      psql.waitUntilExit()
      #expect(String(decoding: answer, as: UTF8.self) == "ptflow|ptflow\n")
    }
  }

  @Test func `starting a server that runs changes nothing, and data outlives a restart`() throws {
    try TestProject.with { project in
      let url = try project.server.start()
      let pid = project.server.status().pid
      try Connection(url).execute("CREATE TABLE t AS SELECT 1 AS n")
      #expect(try project.server.start() == url)
      #expect(project.server.status().pid == pid)
      try project.server.stop()
      #expect(try project.server.start() == url)
      #expect(try Connection(url).query("SELECT n FROM t")[0][0] == "1")
    }
  }

  @Test func `stop does not wait for the clients`() throws {
    try TestProject.with { project in
      let connection = try Connection(project.server.start())
      #expect(try project.server.stop())
      let error = #expect(throws: PostgresError.self) { try connection.execute("SELECT 1") }
      #expect(error?.sqlstate == "08006")
    }
  }

  @Test func `two projects have nothing in common`() throws {
    try TestProject.with { one in
      try TestProject.with { other in
        let (first, second) = (try one.server.start(), try other.server.start())
        #expect(first != second)
        try Connection(first).execute("CREATE TABLE mine ()")
        #expect(throws: PostgresError.self) { try Connection(second).execute("SELECT FROM mine") }
        try one.server.stop()
        #expect(other.server.status().state == .running)
      }
    }
  }

  @Test func `two that start at once start one server`() throws {
    try TestProject.with { project in
      let steps = Collected()
      let urls = Collected()
      let server = EmbeddedServer(project: project.path, environment: project.environment) { steps.add($0) }
      DispatchQueue.concurrentPerform(iterations: 3) { _ in
        urls.add((try? server.start()) ?? "failed")
      }
      #expect(Set(urls.all) == [project.server.url])
      #expect(steps.all.count { $0 == "creating the database cluster" } == 1)
      #expect(steps.all.count { $0.hasPrefix("starting PostgreSQL") } == 1)
    }
  }

  @Test func `removing leaves nothing behind`() throws {
    try TestProject.with { project in
      try project.server.start()
      let before = project.server.status()
      try project.server.remove()
      #expect(project.server.status().state == .none)
      let data = try #require(before.dataDirectory)
      #expect(!FileManager.default.fileExists(atPath: data))
      #expect(try FileManager.default.contentsOfDirectory(atPath: project.path).isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: project.server.records.directory).isEmpty)
      #expect(before.pid.map { isRunning($0) } == false)
      try project.server.remove()
    }
  }

  @Test func `a project that is not there is an error`() {
    let server = EmbeddedServer(project: "/nonexistent/project")
    #expect(throws: EmbeddedServerError.noProject("/nonexistent/project")) { try server.start() }
    #expect(server.status().state == .none)
  }
}
