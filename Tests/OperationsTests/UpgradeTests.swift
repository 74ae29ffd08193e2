import EmbeddedServer
import Foundation
import Postgres
import TestServer
import Testing

/// From the system's PostgreSQL to a newer one, which PG_BIN names.
@Suite(.enabled(if: older != nil, "PG_BIN names no newer version than the system's"))
struct UpgradeTests {
  @Test func `a dump of an older server is restored in a newer one, and all goes on`() throws {
    try Cluster.with(programs: older) { old in
      try Club.withTill(on: old.server) { club, database in
        try withFile { file in
          try run("pg_dump", ["--format=custom", "--file=\(file)", database.url()])
          try club.join(.shared)
          defer { club.leave(.shared) }
          try Server.shared.withDatabase { copy in
            try run("pg_restore", ["--exit-on-error", "--dbname=\(copy.url())", file])
            try club.adopt(copy)
            try club.expectAllGoesOn(in: copy)
          }
        }
      }
    }
  }

  @Test func `pg_upgrade takes an older cluster over, and all goes on`() throws {
    try Cluster.with(programs: older) { old in
      try Club.withTill(on: old.server) { club, database in
        try Cluster.with { new in
          let oldData = try #require(old.embedded.status().dataDirectory)
          let newData = try #require(new.embedded.status().dataDirectory)
          let socket = try #require(new.embedded.status().socketDirectory)
          let programs = try #require(ProcessInfo.processInfo.environment["PG_BIN"])
          try Connection(new.server.url("postgres")).execute("DROP DATABASE \(EmbeddedServer.database)")
          try old.embedded.stop()
          try new.embedded.stop()
          let words = [
            "pg_upgrade", "--old-bindir=\(older ?? "")", "--new-bindir=\(programs)", "--old-datadir=\(oldData)",
            "--new-datadir=\(newData)", "--username=\(EmbeddedServer.database)", "--socketdir=\(socket)",
          ]
          // It writes where it stands.
          try new.asServerUser(["env", "--chdir=\(socket)"] + words)
          try new.embedded.start()
          let upgraded = Database(server: new.server, name: database.name)
          try club.expectAllGoesOn(in: upgraded)
          // Transactions go on being numbered from where they were.
          #expect(try upgraded.connect(as: club.owner).value("SELECT ptflow.adopt()") == "0")
          try old.embedded.start()
        }
      }
    }
  }
}

/// The programs of PostgreSQL 15, when the server of these tests is newer.
private let older: String? = {
  let programs = "/usr/lib/postgresql/15/bin"
  guard TestServer.isAvailable, ProcessInfo.processInfo.environment["PG_BIN"] != nil,
    FileManager.default.isExecutableFile(atPath: programs + "/initdb"),
    let version = try? Server.shared.connect().serverVersion, version >= 160_000
  else { return nil }
  return programs
}()
