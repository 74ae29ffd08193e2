import Compiler
import Foundation
import Installer
import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// What pg_dump writes comes back as a database in which all goes on.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct DumpTests {
  @Test(arguments: [false, true])
  func `a dump that was made while events came verifies in another database, and goes on there`(
    _ isCustom: Bool
  ) throws {
    try Club.withTill { club, database in
      try withFile { file in
        try dump(database, as: club.owner, to: file, isCustom, during: Load(on: database, as: club.clerk))
        try Server.shared.withDatabase { copy in
          try restore(file, into: copy, isCustom)
          try club.expectAllGoesOn(in: copy)
        }
      }
    }
  }

  @Test func `in another cluster it does so when the roles are made first`() throws {
    try Club.withTill { club, database in
      try withFile { file in
        // A transaction takes a number when it writes; here many did.
        let busy = try database.connect()
        for _ in 0..<3000 { try busy.query("SELECT pg_current_xact_id()") }
        // Somebody has read a part of what there is.
        let owner = try database.connect(as: club.owner)
        try owner.query("SELECT ptflow_subscribe('s')")
        try owner.wait(until: "(SELECT count(*) >= 2 FROM ptflow_feed())")
        let read = try owner.query("SELECT cursor, id, seq FROM ptflow_receive('s', 'c', 2)")
        try owner.query("SELECT ptflow_ack('s', 'c', $1)", [read[1][0]])
        try dump(database, as: club.owner, to: file, true, during: Load(on: database, as: club.clerk))
        try Cluster.with { cluster in
          let roles = try run("pg_dumpall", ["--roles-only", "-d", database.server.url])
          // The superuser is there, and roles of other tests are none of ours.
          let ours = roles.split(separator: "\n").filter { line in club.all.contains { line.contains($0) } }
          try cluster.server.connect().execute(ours.joined(separator: "\n"))
          try cluster.server.withDatabase { copy in
            try restore(file, into: copy, true)
            #expect(try copy.connect(as: club.owner).outcome("SELECT ptflow_feed()") == "55000")
            try expectTransactionsGoOn(in: copy, club)
            try expectTheRest(after: read.map { Array($0.values.dropFirst()) }, in: copy, club)
            try club.expectAllGoesOn(in: copy)
            #expect(try copy.connect(as: club.owner).value(ahead) == "f")
            // What is added to the numbers is no difference to the doctor, who makes schemas to compare with.
            try copy.connect().execute("GRANT CREATE ON DATABASE \(copy.name) TO \(club.owner)")
            let owner = try copy.connect(as: club.owner)
            #expect(try owner.value("SELECT base > 0 FROM ptflow.clusters ORDER BY number DESC LIMIT 1") == "t")
            #expect(try examine(on: owner)?.differences == [])
          }
        }
      }
    }
  }

  /// psql takes the word in a CREATE FUNCTION for the beginning of a body.
  @Test func `a plain dump of a net with a transition called begin comes back`() throws {
    let words = ["begin", "end", "case", "BEGIN", "atomic"]
    let net = try Net("words", [Place("begin", initial: 9)], words.map { .t($0, by: [$0], .input("begin")) })
    #expect(throws: (any Error).self) { try plan(try Net("begin", [Place("p")], [.t("t", .output("p"))])) }
    try Server.shared.withDatabase { database in
      let connection = try database.connect()
      _ = try Installer.install([try plan(net)], facade: nil, on: connection)
      for word in words { try connection.query("SELECT ptflow_dispatch('words', 'a', $1)", [word]) }
      let script = try run("pg_dump", [database.url()])
      try Server.shared.withDatabase { copy in
        try psql(script, copy)
        let restored = try copy.connect()
        for word in words { _ = try? restored.query("SELECT ptflow_dispatch('words', 'a', $1)", [word]) }
        #expect(try restored.value("SELECT seq FROM words.states WHERE id = 'a'") == "9")
        #expect(try restored.query("SELECT FROM ptflow_verify('words')").isEmpty)
      }
    }
  }

  @Test func `without its roles a dump comes back without its grants, so that only superusers may do anything`() throws
  {
    try Club.withTill { club, database in
      try withFile { file in
        try run("pg_dump", ["--format=custom", "--file=\(file)", database.url()])
        try Cluster.with { cluster in
          try cluster.server.withDatabase { copy in
            let restored = try Program.named("pg_restore").run(["--dbname=\(copy.url())", file])
            #expect(restored.code == 1)
            #expect(restored.errors.contains("role \"\(club.owner)\" does not exist"))
            let connection = try copy.connect()
            // The events are there, but nobody holds anything, beside superusers, who hold what there is.
            #expect(try connection.value("SELECT count(*) FROM till.events WHERE seq > 0") == "2")
            #expect(
              try connection.value("SELECT count(*) FROM ptflow.grants WHERE member NOT IN (0, current_user::regrole)")
                == "0")
            try connection.execute(
              """
              CREATE ROLE somebody;
              GRANT USAGE ON SCHEMA public TO somebody;
              GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO somebody;
              SET ROLE somebody
              """)
            #expect(connection.outcome("SELECT ptflow_dispatch('till', 'a', 'pay')") == "PT403")
            #expect(connection.outcome("SELECT ptflow_verify('till')") == "PT403")
          }
          // With the roles, into an empty database, it is whole.
          try club.join(cluster.server)
          try cluster.server.withDatabase { copy in
            try restore(file, into: copy, true)
            try club.adopt(copy)
            try club.expectAllGoesOn(in: copy)
          }
        }
      }
    }
  }

  @Test func `a dump can be given to another owner, who grants anew`() throws {
    try Club.withTill { _, database in
      try withFile { file in
        try run("pg_dump", ["--format=custom", "--file=\(file)", database.url()])
        try Club.with(on: .shared) { club in
          try Server.shared.withDatabase { copy in
            try copy.connect().execute(
              "GRANT CREATE ON DATABASE \(copy.name) TO \(club.owner); GRANT ALL ON SCHEMA public TO \(club.owner)")
            try run(
              "pg_restore",
              ["--no-owner", "--no-privileges", "--exit-on-error", "--dbname=\(copy.url(as: club.owner))", file])
            let owner = try copy.connect(as: club.owner)
            // What PostgreSQL gives to everybody, nobody holds.
            try owner.execute("GRANT USAGE ON SCHEMA public TO \(club.clerk)")
            #expect(
              try copy.connect(as: club.clerk).outcome("SELECT ptflow_dispatch('till', 'first', 'pay')") == "PT403")
            #expect(try Catalogue(of: owner).openNets(owner) == ["till"])

            // Another installation takes it from everybody; then it can be granted to whom it is meant for.
            #expect(try club.installAgain(in: copy) == ["till"])
            #expect(try Catalogue(of: owner).openNets(owner) == [])
            let open = """
              SELECT (SELECT count(*) FROM pg_proc AS p
                       WHERE p.proowner = $1::regrole AND has_function_privilege('public', p.oid, 'EXECUTE'))
                   + (SELECT count(*) FROM pg_type AS t
                       WHERE t.typowner = $1::regrole AND t.typtype = 'd' AND has_type_privilege('public', t.oid, 'USAGE'))
              """
            #expect(try owner.value(open, [club.owner]) == "0")
            #expect(
              try copy.connect(as: club.clerk).outcome("SELECT ptflow_dispatch('till', 'first', 'pay')") == "42501")
            try owner.query("SELECT ptflow.add_grant('till', 'fire', 'clerk', $1)", [club.clerk])
            try owner.query("SELECT ptflow.add_grant('till', 'read', '', $1)", [club.reader])
            try club.expectAllGoesOn(in: copy)
          }
        }
      }
    }
  }

  @Test func `without the data of the instances a dump is an installation with none`() throws {
    try Club.withTill { club, database in
      let script = try run(
        "pg_dump",
        [
          "--exclude-table-data=*.instances", "--exclude-table-data=*.events", "--exclude-table-data=till.details",
          database.url(),
        ])
      try Server.shared.withDatabase { copy in
        try psql(script, copy)
        let connection = try copy.connect(as: club.owner)
        #expect(try connection.instances() == [])
        #expect(try copy.connect(as: club.clerk).fire("pay", "a") == 1)
        #expect(try connection.problems() == [])
        #expect(try club.installAgain(in: copy) == ["till"])
      }
    }
  }

  @Test func `a dump of the schema alone is no installation: there is no net to fire in`() throws {
    try Club.withTill { club, database in
      let script = try run("pg_dump", ["--schema-only", database.url()])
      try Server.shared.withDatabase { copy in
        try psql(script, copy)
        for role in [club.owner, club.clerk] {
          let session = try copy.connect(as: role)
          #expect(session.outcome("SELECT ptflow_dispatch('till', 'a', 'pay')") == "PT404")
          #expect(session.outcome("SELECT ptflow_create('till', 'a')") == "PT404")
        }
        #expect(try copy.connect().value("SELECT count(*) FROM till.instances") == "0")
      }
    }
  }

  // MARK: -

  private func dump(
    _ database: Database, as owner: String, to file: String, _ isCustom: Bool, during load: Load
  ) throws {
    try load.waitForMore()
    try run("pg_dump", ["--format=\(isCustom ? "custom" : "plain")", "--file=\(file)", database.url(as: owner)])
    try load.waitForMore()
    #expect(try load.stop() > 0)
  }

  private func restore(_ file: String, into database: Database, _ isCustom: Bool) throws {
    if isCustom {
      try run("pg_restore", ["--exit-on-error", "--jobs=2", "--dbname=\(database.url())", file])
    } else {
      try run("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, database.url()])
    }
  }

  private func psql(_ script: String, _ database: Database) throws {
    try withFile { file in
      try script.write(toFile: file, atomically: true, encoding: .utf8)
      try restore(file, into: database, false)
    }
  }

  /// A subscription goes on where it was: nothing is skipped, and nothing that was acknowledged comes again.
  private func expectTheRest(after read: [[String?]], in copy: Database, _ club: Club) throws {
    let owner = try copy.connect(as: club.owner)
    try copy.connect(as: club.clerk).fire("pay", "since")
    try owner.wait(until: "(SELECT count(*) = (SELECT count(*) FROM till.events) FROM ptflow_feed(NULL, 100000))")
    let rest = try owner.query("SELECT id, seq FROM ptflow_receive('s', 'c', 100000)").map(\.values)
    let all = try owner.query("SELECT id, seq FROM till.events").map(\.values)
    #expect(Set(rest) == Set(all).subtracting(read) && rest.count == all.count - 2 && read.count == 2)
    #expect(rest.last == ["since", "1"])
  }

  /// Each cluster numbers its transactions for itself: a reader that goes by txid would wait for events of numbers to
  /// come, and take new ones for old, until they are counted on. Verify says so, once an instance.
  private func expectTransactionsGoOn(in copy: Database, _ club: Club) throws {
    let owner = try copy.connect(as: club.owner)
    #expect(try owner.value(ahead) == "t")
    let problems = try owner.problems()
    #expect(!problems.isEmpty && problems.allSatisfy { $0.hasSuffix(" txid") }, "\(problems)")
    #expect(problems.count <= (try owner.instances().count), "\(problems)")
    try club.adopt(copy)
    #expect(try owner.value(ahead) == "f")
    #expect(try owner.problems() == [])
  }
}

/// Whether there are events of transactions to come.
private let ahead = """
  SELECT count(*) > 0 FROM till.events WHERE txid >= ptflow.numbered(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
  """
