import Foundation
import Installer
import PetriNet
import Plan
import Postgres
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct DoctorTests {
  @Test func `nothing differs of any net of this repository`() throws {
    try Site.with([]) { site in
      let plans = try netsOfRepository()
      _ = try Installer.install(plans, facade: "calls", on: try site.asOwner())
      let before = try site.contents()
      let examination = try site.examination()
      #expect(examination.differences == [])
      #expect(examination.nets.count == plans.count)
      #expect(try site.contents() == before, "it looked, and left nothing")
    }
  }

  @Test func `there is nothing to compare in a database without an engine`() throws {
    try Site.with([]) { site in
      let owner = try site.asOwner()
      let (found, mended) = (try Installer.examine(on: owner), try Installer.mend(on: owner))
      #expect(found == nil && mended == nil)
    }
  }

  @Test(arguments: [
    "quote_all_identifiers = on", "standard_conforming_strings = off", "search_path = ''", "search_path = game, public",
    "extra_float_digits = -5", "bytea_output = 'escape'", "DateStyle = 'German'", "row_security = off",
    "default_transaction_isolation = 'serializable'", "default_transaction_read_only = on",
    "check_function_bodies = off",
    "array_nulls = off", "lc_messages = 'C'",
  ])
  func `no setting of a database makes a difference`(_ setting: String) throws {
    try Site.with([]) { site in
      _ = try Installer.install([try gameFile()], facade: nil, on: try site.asOwner())
      try site.superuser().execute("ALTER DATABASE \(site.database.name) SET \(setting)")
      #expect(try site.examination().differences == [])
      let owner = try site.asOwner()
      try owner.execute("SET default_transaction_read_only = off")
      try owner.execute("DELETE FROM game.delta; DROP VIEW game.states")
      #expect(try site.mending().after.differences == [])
    }
  }

  @Test func `a database that was dumped and restored does not differ, and without privileges in these alone`() throws {
    try Site.with([]) { site in
      let alice = try site.make("alice")
      _ = try Installer.install(try netsOfRepository(), facade: nil, on: try site.asOwner())
      _ = try Installer.install([try gameFile(places: ["os", "free", "xs"])], facade: nil, on: try site.asOwner())
      try site.grant("fire", "PlayerX", to: "alice")
      #expect(try site.connect(as: "alice").fire("x") == "ok")
      for options in [[], ["--no-privileges"]] {
        try TestDatabase.with(owner: site.owner) { copy in
          let dump = try Program.named("pg_dump").run(options + ["--no-sync", site.database.url()])
          let restore = try site.psql(dump.output, ["-v", "ON_ERROR_STOP=1"], database: copy)
          #expect(restore.errors == "")
          let owner = try copy.connect(as: site.owner)
          let found = try #require(try Installer.examine(on: owner))
          if options.isEmpty {
            #expect(found.differences == [])
          } else {
            #expect(found.faults.contains { $0.line == "+ domain game.\"role_PlayerX\": USAGE of PUBLIC" })
            #expect(found.differences.allSatisfy { $0.aspect.contains(" of ") && $0.remedy == .mend })
            let mending = try Installer.mend(on: owner)
            #expect(mending?.after.differences == [])
            #expect(try copy.connect(as: alice).fire("x") == "42501")
          }
        }
      }
    }
  }

  @Test func `what somebody put beside ours is told and kept, and is a fault only where it can change what is stored`()
    throws
  {
    try Site.with { site in
      let owner = try site.asOwner()
      try owner.execute(
        """
        CREATE INDEX by_time ON game.events (at);
        CREATE TABLE game.notes (id text);
        CREATE FUNCTION game.shoot() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE VIEW game.late AS SELECT e.id FROM game.events AS e;
        CREATE TRIGGER tell AFTER INSERT ON game.events FOR EACH ROW EXECUTE FUNCTION game.shoot();
        ALTER TABLE game.events ADD CONSTRAINT short CHECK (length(id) < 100);
        CREATE TYPE game.mood AS ENUM ('good');
        ALTER TABLE game.events SET (fillfactor = 90)
        """)
      let remarks = try site.examination()
      #expect(remarks.faults == [])
      #expect(
        remarks.remarks.map(\.line) == [
          "+ type game.mood", "+ table game.notes", "+ index game.by_time", "+ constraint short on game.events",
          "+ function game.shoot()", "+ view game.late", "+ trigger tell on game.events",
        ])

      try owner.execute(
        """
        CREATE TRIGGER alter BEFORE INSERT ON game.events FOR EACH ROW EXECUTE FUNCTION game.shoot();
        CREATE RULE forget AS ON INSERT TO game.details DO INSTEAD NOTHING;
        CREATE TABLE public.more () INHERITS (game.events)
        """)
      let before = try site.contents()
      let mending = try site.mending()
      #expect(
        Set(mending.after.faults.map(\.line)) == [
          "+ trigger alter on game.events", "+ rule forget on game.details",
          "+ inheritance of game.events by public.more",
        ])
      #expect(mending.mended == [])
      #expect(try site.contents() == before)
      for fault in mending.after.faults {
        let statement = try #require(fault.advice?.split(separator: ": ", maxSplits: 1).last)
        try owner.execute(String(statement))
      }
      #expect(try site.faults() == [])
    }
  }

  @Test func `what the catalogue says ptflow made once and does not any more is taken away`() throws {
    try Site.with { site in
      try site.asOwner().execute(
        """
        CREATE FUNCTION game.old(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
        CREATE VIEW game.older AS SELECT e.id FROM game.events AS e;
        INSERT INTO ptflow.objects VALUES ('game', 998, 'FUNCTION', 'old', 'text'), ('game', 999, 'VIEW', 'older', '')
        """)
      let mended = try site.mending().mended.map(\.line)
      #expect(Set(mended) == ["+ function game.old(text)", "+ view game.older", "rows of ptflow.objects for game"])
      #expect(try site.examination().differences == [])
    }
  }

  @Test func `what held events is not made again, and everything else is mended all the same`() throws {
    try Site.with { site in
      let owner = try site.asOwner()
      #expect(owner.fire("x") == "ok")
      try owner.execute(
        "DROP TABLE game.details CASCADE; DROP FUNCTION game.verify; ALTER TABLE game.events DROP COLUMN role CASCADE")
      let mending = try site.mending()
      #expect(mending.mended.map(\.line) == ["- function game.verify(text)"])
      #expect(
        Set(mending.after.faults.map(\.line)) == [
          "- table game.details", "- column game.events.role", "- view game.history", "- view game.states",
        ])
      let table = try #require(mending.after.faults.first { $0.object == "table game.details" })
      #expect(table.remedy == .decide && table.advice == "Only a backup has what it held: restore it from there.")
      let reasons = Set(mending.failures.values.map(\.message))
      #expect(reasons == ["relation \"game.details\" does not exist", "column e_1.role does not exist"])
      #expect(try owner.column("SELECT count(*) FROM game.events") == ["2"])
    }
  }

  @Test func `the states that a net keeps are derived from the log again`() throws {
    try Site.with([]) { site in
      var net = Net.game()
      net.keepsStates = true
      _ = try site.install([net])
      let owner = try site.asOwner()
      for action in ["x", "o", "x"] { #expect(owner.fire(action) == "ok") }
      #expect(try site.examination().differences == [])
      let states = try owner.column("SELECT s::text FROM game.states AS s ORDER BY s.id")
      #expect(states.count == 1)
      for drift in [
        "DROP TABLE game.states", "ALTER TABLE game.events DISABLE TRIGGER USER", "DELETE FROM ptflow.objects",
      ] {
        try owner.execute(drift)
        #expect(try site.faults() != [], "\(drift)")
        #expect(try site.mending().after.differences == [], "\(drift)")
        #expect(try owner.column("SELECT s::text FROM game.states AS s ORDER BY s.id") == states, "\(drift)")
      }
      #expect(owner.fire("o") == "ok")
      #expect(try owner.column("SELECT s.seq FROM game.states AS s") == ["4"])
    }
  }

  @Test func `of a net whose schema was dropped that is said, and it can be given up`() throws {
    try Site.with([.game(), .game("other")]) { site in
      let owner = try site.asOwner()
      try owner.execute("DROP SCHEMA game CASCADE")
      let fault = try #require(try site.mending().after.faults.first)
      #expect(fault.line == "- schema game")
      #expect(fault.advice?.hasSuffix("ptflow uninstall game --with-data") == true)
      #expect(owner.outcome("SELECT ptflow.uninstall('game')") == "55006")
      #expect(try owner.column("SELECT ptflow.uninstall('game', true)") == ["0"])
      #expect(try site.examination().differences == [])
      #expect(owner.outcome("SELECT ptflow_create('other', 'g')") == "ok")
      #expect(try site.install([.game()]).steps.map(\.change) == [.install])
    }
  }

  @Test func `rows that break a constraint are told, and keep the rest from nothing`() throws {
    try Site.with { site in
      let owner = try site.asOwner()
      try owner.execute(
        """
        ALTER TABLE game.details DROP CONSTRAINT details_multiple;
        INSERT INTO game.details (seq, multiple, id) OVERRIDING SYSTEM VALUE VALUES (1, 0, 'g');
        DROP VIEW game.states
        """)
      let mending = try site.mending()
      #expect(mending.mended.map(\.line) == ["- view game.states"])
      #expect(mending.after.faults.map(\.line) == ["- constraint details_multiple on game.details"])
      #expect(mending.failures.map(\.value.sqlstate) == ["23514"])
    }
  }

  @Test func `a function that is somebody else's now cannot be mended by its former owner`() throws {
    try Site.with { site in
      let alice = try site.make("alice")
      try site.superuser().execute("ALTER FUNCTION game.verify OWNER TO \(alice)")
      let mending = try site.mending()
      #expect(mending.mended == [])
      #expect(mending.after.faults.map(\.line).first == "function game.verify(text): owner")
      #expect(mending.failures.map(\.value.sqlstate).contains("42501"))
      let advice = try #require(mending.after.faults.first?.advice?.split(separator: ": ", maxSplits: 1).last)
      try site.superuser().execute(String(advice))
      #expect(try site.mending().after.differences == [])
    }
  }

  @Test func `a schema of somebody else's by the net's name is not entered`() throws {
    try Site.with { site in
      let mallory = try site.make("mallory")
      try site.asOwner().execute("DROP SCHEMA game CASCADE")
      try site.superuser().execute("CREATE SCHEMA game AUTHORIZATION \(mallory)")
      try site.connect(as: "mallory").execute(
        """
        CREATE FUNCTION game.trap() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'reached' USING ERRCODE = 'XX999'; END $$;
        CREATE VIEW game.places AS SELECT game.trap() AS place, 1 AS number, 1 AS version, 1 AS x, 1 AS y;
        CREATE TABLE game.transitions (action text);
        GRANT ALL ON SCHEMA game TO PUBLIC; GRANT ALL ON ALL TABLES IN SCHEMA game TO PUBLIC
        """)
      let before = try site.contents()
      let mending = try site.mending()
      #expect(mending.after.faults.map(\.object) == ["schema game"])
      #expect(mending.after.faults.first?.found == mallory)
      #expect(try site.contents() == before)
    }
  }

  @Test func `a relation of somebody else's in the net's own schema is not read`() throws {
    try Site.with { site in
      let mallory = try site.make("mallory")
      try site.asOwner().execute("DROP TABLE game.arcs; GRANT CREATE, USAGE ON SCHEMA game TO \(mallory)")
      try site.connect(as: "mallory").execute(
        """
        CREATE FUNCTION game.trap() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'reached' USING ERRCODE = 'XX999'; END $$;
        CREATE FUNCTION game.other_trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM game.trap(); RETURN NULL; END $$;
        CREATE VIEW game.arcs AS SELECT game.trap() AS action;
        CREATE TRIGGER trap INSTEAD OF DELETE OR INSERT ON game.arcs FOR EACH ROW EXECUTE FUNCTION game.other_trap();
        GRANT ALL ON game.arcs TO PUBLIC
        """)
      try site.asOwner().execute("DELETE FROM game.delta")
      let mending = try site.mending()
      #expect(mending.mended.map(\.line).contains("+ schema game: CREATE of \(mallory)"))
      #expect(Set(mending.after.faults.map(\.line)) == ["- table game.arcs", "rows of game.delta"])
      #expect(mending.failures.values.map(\.sqlstate) == ["55000"])
      #expect(mending.after.faults.first?.advice?.contains("view game.arcs") == true)
      try site.superuser().execute("DROP VIEW game.arcs")
      #expect(try site.mending().after.faults == [])
    }
  }

  @Test func `who is not the owner is refused, and nothing happens`() throws {
    try Site.with { site in
      try site.make("alice")
      try site.grant("fire", "*", to: "alice")
      try site.asOwner().execute("DROP VIEW game.states")
      let before = try site.contents()
      for body in [{ _ = try Installer.examine(on: $0) }, { _ = try Installer.mend(on: $0) }]
        as [(borrowing Connection) throws -> Void]
      {
        let refused = site.refusal { try body(try site.connect(as: "alice")) } as? PostgresError
        #expect(refused?.sqlstate == "42P06")
      }
      let glance = Installer.glance(at: ["game"], on: try site.connect(as: "alice"))
      #expect(glance == nil)
      #expect(try site.contents() == before)
    }
  }
}
