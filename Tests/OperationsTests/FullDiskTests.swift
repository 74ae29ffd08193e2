import EmbeddedServer
import Foundation
import Postgres
import TestServer
import Testing

/// A disk without room. It is a small one in memory, mounted where nobody but the server sees it.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct FullDiskTests {
  static let canMount: Bool = {
    let tried = try? Program.named("unshare").run(["--mount", "mount", "-t", "tmpfs", "none", "/mnt"])
    return tried?.code == 0
  }()

  @Test(.enabled(if: canMount, "only root can mount a small disk"))
  func `a dispatch that finds no room is refused, loses nothing, and goes through when there is room again`() throws {
    try Cluster.with { cluster in
      try withSmallDisk(cluster) { disk in
        let club = Club()
        try club.join(cluster.server)
        let database = Database(server: cluster.server, name: EmbeddedServer.database)
        try club.install(in: database)
        let superuser = try database.connect()
        try superuser.execute("CREATE TABLESPACE small LOCATION '\(disk)'")
        // An event needs room in all of these.
        for change in [
          "TABLE till.instances", "TABLE till.events", "INDEX till.instances_pkey", "INDEX till.events_pkey",
        ] {
          try superuser.execute("ALTER \(change) SET TABLESPACE small")
        }
        try superuser.execute(
          "CREATE TABLE ballast TABLESPACE small AS SELECT repeat('x', 1000) FROM generate_series(1, 1000)")

        // Texts that cannot be compressed.
        let payload =
          "to_jsonb(array(SELECT sha256(concat(n, ' ', $1::int)::bytea)::text FROM generate_series(1, 300) AS n))"
        let clerk = try database.connect(as: club.clerk)
        func pay(_ number: Int) throws(PostgresError) {
          let sql = "SELECT ptflow_dispatch('till', 'i' || $1::int / 10, 'pay', \(payload), key => $1::text)"
          try clerk.query(sql, ["\(number)"])
        }
        var acknowledged = 0
        let refusal = #expect(throws: PostgresError.self) {
          while true {
            try pay(acknowledged)
            acknowledged += 1
          }
        }
        #expect(refusal?.sqlstate == "53100", "\(refusal as Any)")
        #expect(acknowledged > 0)
        let owner = try database.connect(as: club.owner)
        #expect(try owner.value("SELECT count(*) FROM till.events WHERE seq > 0") == "\(acknowledged)")
        #expect(try owner.problems() == [])

        try superuser.execute("DROP TABLE ballast")
        for number in acknowledged..<acknowledged + 10 { try pay(number) }
        #expect(try owner.value("SELECT count(*) FROM till.events WHERE seq > 0") == "\(acknowledged + 10)")
        #expect(try owner.value("SELECT sum(seq) FROM till.states") == "\(acknowledged + 10)")
        #expect(try owner.problems() == [])
      }
    }
  }

  /// Restarts the server with a disk of three megabytes, which is gone with the server's last process.
  private func withSmallDisk(_ cluster: Cluster, _ body: (String) throws -> Void) throws {
    let status = cluster.embedded.status()
    let pid = try #require(status.pid)
    let data = try #require(status.dataDirectory)
    let socket = try #require(status.socketDirectory)
    let postgres = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe")
    let disk = cluster.project + "/small"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    try cluster.embedded.stop()
    let script = """
      mount -t tmpfs -o size=3m,mode=700,uid=$(id -u postgres),gid=$(id -g postgres) none "$1" && cd / &&
      exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$2" -D "$3" -k "$4"
      """
    let server = try Program.named("unshare").start(
      ["--mount", "sh", "-c", script, "sh", disk, postgres, data, socket])
    defer {
      _ = try? cluster.embedded.stop()
      _ = try? server.end()
    }
    // It runs already, or is about to; then this waits until it answers.
    let end = ContinuousClock.now + .seconds(60)
    while (try? cluster.server.connect()) == nil {
      guard ContinuousClock.now < end else { throw Late(condition: "the server answers") }
      sched_yield()
    }
    try body(disk)
  }
}
