import EmbeddedServer
import Foundation
import Postgres
import TestServer
import Testing

/// What an installation leaves that is killed half-way: it waits for a schema that another session is about to make.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct KillTests {
  private let names = (1...6).map { "n\($0)" }

  @Test func `an installer that is killed leaves nothing, and the next one does it all`() throws {
    try Site.with([]) { site in
      try NetFolder.with(names) { folder in
        let arguments = ["install", folder, "--db", site.database.url(as: site.owner)]
        let before = try site.contents()
        let blocker = try site.asOwner()
        try blocker.execute("BEGIN; CREATE SCHEMA n5")
        let installer = try Program.ptflow.start(arguments)
        try site.waitForLock()
        kill(installer.pid, SIGKILL)
        #expect(try installer.end().code == -SIGKILL)
        try blocker.execute("ROLLBACK")
        try waitUntil(
          """
          NOT EXISTS (SELECT FROM pg_stat_activity AS a
                       WHERE a.usename = '\(site.owner)' AND a.pid <> \(blocker.backendPID))
          """, on: try site.superuser())
        #expect(try site.contents() == before)

        let next = try Program.ptflow.run(arguments)
        #expect(next.code == 0, "\(next)")
        #expect(try site.asOwner().column("SELECT n.net FROM ptflow.nets AS n ORDER BY 1") == names)
      }
    }
  }

  @Test func `a server that is killed leaves nothing of an installation, and the next one does it all`() throws {
    let project = FileManager.default.temporaryDirectory.appending(path: "ptflow-kill-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: project, withIntermediateDirectories: true)
    let server = EmbeddedServer(project: project)
    defer {
      #expect(throws: Never.self) { try server.remove() }
      try? FileManager.default.removeItem(atPath: project)
    }
    let url = try server.start()
    try NetFolder.with(names) { folder in
      let blocker = try Connection(url)
      try blocker.execute("BEGIN; CREATE SCHEMA n5")
      let installer = try Program.ptflow.start(["install", folder, "--db", url])
      try waitForLock(in: EmbeddedServer.database, on: try Connection(url))

      let postmaster = try #require(server.status().pid)
      for pid in [postmaster] + processes(startedBy: postmaster) { kill(pid, SIGKILL) }
      let outcome = try installer.end()
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains("server closed the connection unexpectedly"), "\(outcome)")

      #expect(try server.start() == url)
      let schemas = "SELECT n.nspname FROM pg_namespace AS n WHERE n.nspname IN ('ptflow', 'n1', 'n5')"
      #expect(try Connection(url).query(schemas).isEmpty)
      let next = try Program.ptflow.run(["install", folder, "--db", url])
      #expect(next.code == 0, "\(next)")
      #expect(try Connection(url).column("SELECT n.net FROM ptflow.nets AS n ORDER BY 1") == names)
    }
  }
}
