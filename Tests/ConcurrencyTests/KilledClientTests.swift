import Foundation
import Installer
import PetriNet
import Postgres
import TestServer
import Testing

/// What is left of clients and of installers that are killed at moments that nobody chose.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"), .serialized)
struct KilledClientTests {
  @Test func `psql that is killed in a transaction leaves both events of it, or none`() throws {
    let net = try Net.counter()
    let server = try DurableServer()
    defer { server.remove() }
    let connection = try Connection(server.url)
    try install([net], on: connection)
    let script = FileManager.default.temporaryDirectory.appending(path: "ptflow-\(UUID().uuidString).sql")
    defer { try? FileManager.default.removeItem(at: script) }
    let pair = """
      BEGIN;
      SELECT ptflow_dispatch('counter', 'left', 'up') ->> 'seq' AS left \\gset
      SELECT ptflow_dispatch('counter', 'right', 'up') ->> 'seq' AS right \\gset
      COMMIT;
      SELECT :left;

      """
    try Data(String(repeating: pair, count: 20_000).utf8).write(to: script)

    var acknowledged = 0
    for _ in 0..<kills {
      let count = "SELECT count(*) FROM counter.events WHERE id = 'left' AND seq > 0"
      let before = Int(try connection.value(count) ?? "") ?? 0
      let goal = before + Int.random(in: 1...100)
      let client = try Program.named("psql").start(["-XqAt", "-v", "ON_ERROR_STOP=1", "-f", script.path, server.url])
      try waitUntil("(\(count)) >= \(goal)", on: connection)
      client.kill()
      let outcome = try client.end()
      #expect(outcome.code == -SIGKILL, "\(outcome.errors)")
      try waitUntil("NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'psql')", on: connection)

      let log = try Log(of: net, on: connection)
      try log.check(on: connection)
      let left = log.events.count { $0.id == "left" }
      #expect(left * 2 == log.events.count)
      // Each line was printed after its commit; the last commit may have been on its way.
      let told = outcome.output.split(separator: "\n").compactMap { Int($0) }
      #expect(told == Array(before + 1..<before + 1 + told.count))
      #expect(left - before - told.count == 0 || left - before - told.count == 1)
      acknowledged += told.count
    }
    print("client: \(kills) clients killed; \(acknowledged) transactions acknowledged")
  }

  /// Every third time the server is killed instead of the installer.
  @Test func `an installation that is killed is wholly there, or not at all`() throws {
    let server = try DurableServer()
    defer { server.remove() }
    let nets = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "nets").path

    func make(_ name: String) throws -> String {
      try Connection(server.url).execute("CREATE DATABASE \(name)")
      return server.url(of: name)
    }
    let nothing = try contents(of: try make("nothing"))
    let whole = try make("whole")
    let (all, bytes) = try installed(nets, in: whole)

    var there = 0
    var absent = 0
    for number in 1...kills {
      let url = try make("site_\(number)")
      let installer: Running
      let killsServer = number % 3 == 0
      do {
        let progress = try Progress(of: server.url)
        installer = try Program.ptflow.start(["install", nets, "--db", url])
        try progress.wait(for: .random(in: 0...bytes)) { !installer.isRunning }
        if killsServer { server.kill() } else { installer.kill() }
      }
      _ = try installer.end()
      if killsServer { try server.recover() }
      try waitUntil(
        "NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = 'site_\(number)')", on: try Connection(server.url))
      let left = try contents(of: url)
      #expect(left == nothing || left == all)
      if left == nothing { absent += 1 } else { there += 1 }
      #expect(try Program.ptflow.run(["install", nets, "--db", url]).code == 0)
      #expect(try contents(of: url) == all)
      try Connection(server.url).execute("DROP DATABASE site_\(number) WITH (FORCE)")
    }
    print("install: \(kills) installations killed; \(there) wholly there, \(absent) wholly absent")
  }

  /// Installs without being killed.
  ///
  /// - Returns: what is there then, and how many bytes the server wrote for it.
  private func installed(_ nets: String, in url: String) throws -> (contents: [String], bytes: Int) {
    let progress = try Progress(of: url)
    let outcome = try Program.ptflow.run(["install", nets, "--db", url])
    try #require(outcome.code == 0, "\(outcome)")
    return (try contents(of: url), try progress.bytes())
  }

  /// What a database holds, one line an object, and one a net.
  private func contents(of url: String) throws -> [String] {
    let connection = try Connection(url)
    let objects = try connection.query(
      """
      SELECT 'schema ' || n.nspname || ' ' || coalesce(n.nspacl::text, '') FROM pg_namespace AS n
       WHERE n.nspname NOT LIKE 'pg\\_%'
       UNION ALL SELECT 'relation ' || c.oid::regclass || ' ' || coalesce(c.relacl::text, '') FROM pg_class AS c
       WHERE c.oid >= 16384 AND c.relnamespace <> 'pg_toast'::regnamespace AND c.relname NOT LIKE 'pg\\_toast%'
       UNION ALL SELECT 'function ' || p.oid::regprocedure || ' ' || coalesce(p.proacl::text, '') || md5(p.prosrc)
         FROM pg_proc AS p WHERE p.oid >= 16384
       UNION ALL SELECT 'type ' || t.oid::regtype FROM pg_type AS t
       WHERE t.oid >= 16384 AND t.typnamespace <> 'pg_toast'::regnamespace
       ORDER BY 1
      """)
    let hasCatalogue = try connection.value("SELECT to_regclass('ptflow.nets') IS NOT NULL") == "t"
    let rows = hasCatalogue ? try connection.query("SELECT concat_ws(' ', n.*) FROM ptflow.nets AS n ORDER BY 1") : []
    return (objects + rows).map { $0[0] ?? "" }
  }
}
