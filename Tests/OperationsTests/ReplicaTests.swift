import EmbeddedServer
import Foundation
import Postgres
import TestServer
import Testing

/// Copies of a database that follow it.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct ReplicaTests {
  @Test func `a logical replica verifies, and takes over when it is told to`() throws {
    try Cluster.with(["wal_level": "logical"]) { primary in
      try Club.with(on: .shared) { club in
        try club.join(primary.server)
        try primary.server.withDatabase { original in
          try club.install(in: original)
          try original.connect(as: club.clerk).fire("pay", "before")
          try original.connect().execute("CREATE PUBLICATION tills FOR TABLE till.instances, till.events, till.details")
          try Server.shared.withDatabase { replica in
            // The replica has the net and its grants by an installation of its own.
            try club.install(in: replica)
            try replica.connect().execute(
              "CREATE SUBSCRIPTION \(replica.name) CONNECTION '\(original.url())' PUBLICATION tills")
            let load = Load(on: original, as: club.clerk)
            try load.waitForMore()
            let events = try load.stop() + 1

            let connection = try replica.connect()
            try connection.wait(until: "(SELECT count(*) = \(events) FROM till.events WHERE seq > 0)")
            try connection.wait(until: "(SELECT sum(seq) = \(events) FROM till.states)")
            // The transactions are those of the other cluster.
            let problems = try replica.connect(as: club.reader).problems()
            #expect(problems.allSatisfy { $0.hasSuffix(" txid") }, "\(problems)")
            #expect(try connection.instances() == (try original.connect().instances()))

            try connection.execute("DROP SUBSCRIPTION \(replica.name)")
            try club.adopt(replica)
            #expect(try replica.connect(as: club.clerk).fire("pay", "before") == 2)
            #expect(try replica.connect(as: club.owner).problems() == [])
          }
        }
      }
    }
  }

  @Test func `a hot standby answers all that reads, refuses to write, and goes on when it is promoted`() throws {
    try Cluster.with { primary in
      let club = Club()
      try club.join(primary.server)
      let database = Database(server: primary.server, name: EmbeddedServer.database)
      try club.install(in: database)
      try database.connect(as: club.clerk).fire("pay", "a", key: "k")
      try Cluster.with { standby in
        try follow(primary, standby)
        let copy = Database(server: standby.server, name: database.name)
        let events = try Load.paying(into: database, as: club.clerk) + 1
        let connection = try copy.connect()
        #expect(try connection.value("SELECT pg_is_in_recovery()") == "t")
        try connection.wait(until: "(SELECT count(*) = \(events) FROM till.events WHERE seq > 0)")

        let reader = try copy.connect(as: club.reader)
        #expect(try reader.problems() == [])
        for call in [
          "state('till', 'a')", "enabled('till', 'a')", "why_not('till', 'a', 'take')", "events('till', 'a')",
          "states_as_of('till', 'infinity')", "diff('till', 'a')", "simulate('till', 'a', '[\"pay\", \"pay\"]')",
        ] {
          let sql = "SELECT ptflow_\(call)::text"
          #expect(try reader.query(sql) == (try database.connect(as: club.reader).query(sql)))
        }
        let clerk = try copy.connect(as: club.clerk)
        for call in ["'a', 'pay'", "'new', 'pay'", "'a', 'pay', key => 'k'", "'a', 'pay', multiple => 2"] {
          let sql = "SELECT ptflow_try('till', \(call))::text"
          #expect(try clerk.query(sql) == (try database.connect(as: club.clerk).query(sql)))
        }
        #expect(clerk.outcome("SELECT ptflow_try('till', 'a', 'take')") == "PT403")
        for arguments in ["'a', 'pay'", "'new', 'pay'", "'a', 'pay', key => 'k'", "'a', 'pay', key => 'new'"] {
          #expect(clerk.outcome("SELECT ptflow_dispatch('till', \(arguments))") == "25006", "\(arguments)")
        }
        #expect(clerk.outcome("SELECT ptflow_create('till', 'new')") == "25006")

        try connection.query("SELECT pg_promote()")
        #expect(try clerk.fire("pay", "a") == 2)
        #expect(try reader.problems() == [])
      }
    }
  }

  @Test func `a transaction that only reads may call all that reads`() throws {
    try Club.with(on: .shared) { club in
      try Server.shared.withDatabase { database in
        try club.install(in: database)
        let owner = try database.connect(as: club.owner)
        try owner.fire("pay", "a", key: "k")
        try owner.execute("BEGIN READ ONLY")
        #expect(try owner.problems() == [])
        for call in [
          "state('till', 'a')", "enabled('till', 'a')", "why_not('till', 'a', 'take')", "events('till', 'a')",
          "states_as_of('till', 'infinity')", "diff('till', 'a')", "simulate('till', 'a', '[\"pay\", \"pay\"]')",
        ] {
          #expect(owner.outcome("SELECT ptflow_\(call)") == "ok")
        }
        #expect(owner.outcome("SELECT ptflow_dispatch('till', 'a', 'pay')") == "25006")
        try owner.execute("ROLLBACK")
        #expect(try owner.fire("pay", "a") == 2)
      }
    }
  }

  /// Makes one server a standby of another, in place of what it holds.
  private func follow(_ primary: Cluster, _ standby: Cluster) throws {
    let data = try #require(standby.embedded.status().dataDirectory)
    try standby.embedded.stop()
    for words in [
      ["rm", "-rf", data],
      [
        "pg_basebackup", "--dbname=\(primary.server.url)", "--pgdata=\(data)", "--write-recovery-conf", "--no-sync",
        "--checkpoint=fast",
      ],
    ] {
      try standby.asServerUser(words)
    }
    try standby.embedded.start()
  }
}
