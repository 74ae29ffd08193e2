import Foundation
import Installer
import PetriNet
import Postgres
import SQL
import TestServer
import Testing

/// Who would stand in the way: by locks, by schemas made at the wrong moment, by size.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct ObstructionTests {
  @Test func `who has no right on the tables cannot lock them`() throws {
    try Site.with { site in
      for name in ["alice", "mallory"] { try site.make(name) }
      for name in ["alice", "mallory"] { try site.grant("fire", "*", to: name) }
      let mallory = try site.connect(as: "mallory")
      for mode in ["ACCESS SHARE", "ROW EXCLUSIVE", "SHARE", "ACCESS EXCLUSIVE"] {
        for table in ["game.states", "game.events", "game.instances", "ptflow.nets", "ptflow.grants", "ptflow.engine"] {
          #expect(mallory.outcome("BEGIN; LOCK TABLE \(table) IN \(mode) MODE") == "42501")
          try mallory.execute("ROLLBACK")
        }
      }
      #expect(mallory.outcome("SELECT FROM game.states FOR UPDATE") == "42501")
    }
  }

  @Test func `a login that holds all the locks it can get prevents nothing`() throws {
    try Site.with([]) { site in
      for name in ["alice", "mallory", "bob"] { try site.make(name) }
      let mallory = try site.connect(as: "mallory")
      try mallory.execute("SELECT pg_advisory_lock(hashtextextended('ptflow install', 0))")
      try mallory.execute("SELECT pg_advisory_lock_shared(n) FROM generate_series(-50, 50) AS n")
      try mallory.execute("BEGIN")
      let relations = try mallory.column(
        """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'v') AND has_table_privilege(c.oid, 'SELECT')
        """)
      #expect(relations.count > 50)
      try mallory.execute("LOCK TABLE \(relations.joined(separator: ", ")) IN ACCESS SHARE MODE")

      try site.superuser().execute("ALTER ROLE \(site.owner) SET lock_timeout = '2s'")
      _ = try site.install([.game(), .game("other")])
      for name in ["alice", "mallory"] { try site.grant("fire", "PlayerX", to: name) }
      try site.grant("read", to: "mallory")
      // Now it holds what its right lets it touch, too.
      for (function, arguments) in facadeCalls { try mallory.execute("SELECT public.\(function)(\(arguments))") }
      let owner = try site.asOwner()
      try owner.execute("UPDATE ptflow.engine SET digest = sha256('another')")
      #expect(try site.install([.game(), .game("third")]).changesEngine)
      #expect(try site.install([.game("other", stones: 6)]).steps.count == 1)
      try site.grant("fire", "PlayerO", to: "bob")
      for (privilege, role) in [("fire", "PlayerX"), ("read", "")] { try site.revoke(privilege, role, from: "mallory") }
      #expect(owner.outcome("SELECT ptflow.uninstall('other')") == "ok")
      #expect(try site.connect(as: "alice").fire("x", id: "h") == "ok")
      try mallory.execute("COMMIT")
      #expect(mallory.fire("x") == "42501")
    }
  }

  @Test func `who waits for another change of the nets is told so, and not without end`() throws {
    try Site.with { site in
      try site.make("alice")
      let holder = try site.asOwner()
      try holder.execute("BEGIN; SELECT ptflow.lock_catalogue()")
      let owner = try site.asOwner()
      try owner.execute("BEGIN; SELECT ptflow.limit_wait()")
      #expect(try owner.column("SHOW lock_timeout") == ["1min"])
      try owner.execute("ROLLBACK; SET lock_timeout = '50ms'")
      let errors = [
        #expect(throws: PostgresError.self) {
          try Installer.install([try plan(.game("other"))], facade: nil, on: owner)
        },
        #expect(throws: PostgresError.self) {
          try owner.query("SELECT ptflow.add_grant('game', 'fire', '*', $1)", [site.role("alice")])
        },
        #expect(throws: PostgresError.self) { try owner.query("SELECT ptflow.uninstall('game')") },
      ]
      for late in errors {
        #expect(late?.sqlstate == "55P03")
        #expect(late?.message == "another session has been changing the nets of this database for too long")
      }
      // To look is no change.
      #expect(try Installer.install([try plan(.game("other"))], facade: nil, on: owner, dryRun: true).steps.count == 1)
      try holder.execute("ROLLBACK")
      #expect(try Installer.install([try plan(.game("other"))], facade: nil, on: owner).steps.count == 1)
    }
  }

  @Test func `who waits for the first installation is told so, and not without end`() throws {
    try Site.with([]) { site in
      let first = try site.asOwner()
      try first.execute("BEGIN; CREATE SCHEMA ptflow")
      let owner = try site.asOwner()
      try owner.execute("SET lock_timeout = '50ms'")
      let late = #expect(throws: PostgresError.self) {
        try Installer.install([try plan(.game())], facade: nil, on: owner)
      }
      #expect(late?.sqlstate == "55P03")
      #expect(late?.message == "another session has been making the schema \"ptflow\" of this database for too long")
    }
  }

  @Test func `a schema ptflow that comes between the guard and the engine is not taken for ours`() throws {
    try Site.with([]) { site in
      try site.make("mallory")
      try site.superuser().execute("GRANT CREATE ON DATABASE \(site.database.name) TO \(site.role("mallory"))")
      let script = installScript([try plan(.game())], facade: "public").text
      let cut = try #require(script.range(of: "-- What all nets share")).lowerBound
      // Anybody else would fail at its first comment on the schema.
      let owner = try site.superuser()
      try owner.execute(String(script[..<cut]))
      try site.connect(as: "mallory").execute(
        "CREATE SCHEMA ptflow; GRANT ALL ON SCHEMA ptflow TO PUBLIC; COMMENT ON SCHEMA ptflow IS 'ptflow engine: poser'"
      )
      #expect(owner.outcome(String(script[cut...])) == "42P06")
      try owner.execute("ROLLBACK")
      #expect(
        try site.superuser().column("SELECT count(*) FROM pg_class WHERE relnamespace = 'ptflow'::regnamespace") == [
          "0"
        ])
    }
  }

  @Test func `an installation that waits for somebody else's schema is refused when that is there`() throws {
    try Site.with([]) { site in
      try site.make("mallory")
      try site.superuser().execute("GRANT CREATE ON DATABASE \(site.database.name) TO \(site.role("mallory"))")
      for schema in ["game", "ptflow"] {
        let mallory = try site.connect(as: "mallory")
        try mallory.execute("BEGIN; CREATE SCHEMA \(schema)")
        let waiting = Background { [site] in
          try site.asOwner().outcome(installScript([try plan(.game())], facade: "public").text)
        }
        try site.waitForLock()
        try mallory.execute("COMMIT")
        #expect(try waiting.result() == (schema == "ptflow" ? "42P06" : "23505"))
        try mallory.execute("DROP SCHEMA \(schema)")
      }
      #expect(try site.install([.game()]).steps.count == 1)
    }
  }

  @Test(arguments: [
    ("payload => jsonb_build_object('x', repeat('a', 16 * 1024 * 1024 - 9))", "ok"),
    ("payload => jsonb_build_object('x', repeat('a', 16 * 1024 * 1024 - 8))", "PT400"),
    ("payload => jsonb_build_object('x', repeat('a', 100 * 1024 * 1024))", "PT400"),
    ("payload => jsonb_build_object('x', repeat('a', 300 * 1024 * 1024))", "54000"),
    ("payload => (repeat('[', 400) || repeat(']', 400))::jsonb", "ok"),
    ("payload => (repeat('[', 2000) || repeat(']', 2000))::jsonb", "PT400"),
    ("payload => (SELECT jsonb_agg('1e131071'::jsonb) FROM generate_series(1, 2000))", "PT400"),
    // The shortest that prints too long: 1,974 bytes, of 16 a number. One less long is short enough.
    ("payload => to_jsonb(array_fill(round(1e131071::numeric, 16383), ARRAY[123]))", "PT400"),
    ("payload => to_jsonb(array_fill(round(1e131071::numeric, 16383), ARRAY[111]))", "ok"),
    ("payload => (repeat('[', 1000000) || repeat(']', 1000000))::jsonb", "54001"),
    ("payload => to_jsonb(ARRAY(SELECT generate_series(1, 300000)))", "ok"),
    ("payload => to_jsonb(repeat('9', 100000)::numeric)", "ok"),
    ("key => repeat('🐘', 255)", "ok"), ("key => repeat('k', 256)", "PT400"),
    ("key => repeat('k', 10 * 1024 * 1024)", "PT400"), ("multiple => 9223372036854775807", "PT409"),
    ("expected => 9223372036854775807", "PT412"),
  ])
  func `large arguments are taken or refused, and the log stays intact`(argument: String, outcome: String) throws {
    try Site.with { site in
      try site.make("alice")
      try site.grant("fire", "*", to: "alice")
      let alice = try site.connect(as: "alice")
      #expect(alice.outcome("SELECT public.ptflow_dispatch('game', 'g', 'x', \(argument)) -> 'seq'") == outcome)
      #expect(alice.fire("x") == "ok")
      #expect(try alice.query("SELECT FROM public.ptflow_verify('game')").isEmpty)
    }
  }

  @Test(arguments: [
    "'payload', (SELECT jsonb_agg('1e131071'::jsonb) FROM generate_series(1, 200))", "'multiple', '1e131071'::jsonb",
    "'expected', '-1e131071'::jsonb", "'key', '1e131071'::jsonb", "'id', '1e131071'::jsonb", "'net', '1e131071'::jsonb",
    "'id', jsonb_build_array('1e131071'::jsonb)", "'1e131071', '1e131071'::jsonb",
  ])
  func `what a few bytes would print to is not printed in bulk`(field: String) throws {
    try Site.with { site in
      // A superuser may read the system's account of the server's memory.
      let session = try site.superuser()
      let memory =
        "SELECT substring(pg_read_file('/proc/' || pg_backend_pid() || '/status') FROM 'VmHWM:\\s+(\\d+) kB')::bigint"
      #expect(session.fire("x") == "ok")
      let before = try #require(Int(try session.column(memory)[0]))
      let events = """
        SELECT jsonb_agg(jsonb_build_object('net', 'game', 'id', 'g', 'action', 'pass') || jsonb_build_object(\(field)))
          FROM generate_series(1, 2000)
        """
      #expect(session.outcome("SELECT public.ptflow_dispatch_many((\(events)))") == "PT400")
      // Printed, they would be some 260 MB, and the payloads 50 GB.
      let after = try #require(Int(try session.column(memory)[0]))
      #expect(after - before < 150_000, "kB")
    }
  }

  @Test func `a payload of 14 and of 174 kB that would print to gigabytes is refused in little memory`() throws {
    try Site.with { site in
      let session = try site.superuser()
      let memory =
        "SELECT substring(pg_read_file('/proc/' || pg_backend_pid() || '/status') FROM 'VmHWM:\\s+(\\d+) kB')::bigint"
      #expect(session.fire("x") == "ok")
      let before = try #require(Int(try session.column(memory)[0]))
      for count in [1500, 19_000] {
        let payload = "[" + Array(repeating: "1e131071", count: count).joined(separator: ",") + "]"
        let error = #expect(throws: PostgresError.self) {
          try session.query("SELECT public.ptflow_dispatch('game', 'g', 'pass', $1)", [payload])
        }
        #expect(error?.sqlstate == "PT400")
      }
      let after = try #require(Int(try session.column(memory)[0]))
      #expect(after - before < 100_000, "kB")
    }
  }

  @Test(arguments: [
    ("9223372036854775807", "PT409"), ("1000000000000000000", "PT409"), ("9223372036854775808", "PT400"),
    ("1e3", "PT409"), ("1.0", "PT400"), ("0", "PT400"), ("-9223372036854775808", "PT400"), ("1", "ok"),
  ])
  func `bulk and single take the same range of multiple`(multiple: String, outcome: String) throws {
    try Site.with { site in
      let session = try site.superuser()
      let event = "{\"net\": \"game\", \"id\": \"g\", \"action\": \"x\", \"multiple\": \(multiple)}"
      #expect(session.outcome("SELECT public.ptflow_dispatch_many('[\(event)]')") == outcome)
      // A client of the single call sends a bigint, and PostgreSQL itself refuses what is none.
      let single = session.outcome("SELECT public.ptflow_dispatch('game', 'h', 'x', multiple => '\(multiple)')")
      #expect(single == outcome || outcome == "PT400" && ["22P02", "22003"].contains(single) || multiple == "1e3")
    }
  }

  @Test(arguments: [("🐘", 255, "ok"), ("i", 256, "PT400"), ("i", 10 * 1024 * 1024, "PT400"), ("", 1, "PT400")])
  func `an id has 1 to 255 characters, of any size`(character: String, count: Int, outcome: String) throws {
    try Site.with { site in
      try site.make("alice")
      try site.grant("fire", "*", to: "alice")
      let alice = try site.connect(as: "alice")
      let id = "repeat('\(character)', \(count))"
      #expect(alice.outcome("SELECT public.ptflow_create('game', \(id)) -> 'seq'") == outcome)
      #expect(alice.outcome("SELECT public.ptflow_dispatch('game', \(id), 'x') -> 'seq'") == outcome)
      #expect(alice.outcome("SELECT public.ptflow_state('game', \(id))") == (outcome == "ok" ? "ok" : "PT404"))
      #expect(alice.outcome("SELECT public.ptflow_dispatch('game', 'g', \(id))") == "PT404")
      #expect(alice.outcome("SELECT public.ptflow_dispatch(\(id), 'g', 'x')") == "PT404")
    }
  }
}
