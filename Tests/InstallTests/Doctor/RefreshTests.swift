import Compiler
import Diagnostics
import Installer
import PetriNet
import Plan
import Postgres
import TestServer
import Testing

/// An unchanged net that this version writes otherwise, as after an upgrade of ptflow.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct RefreshTests {
  /// What an earlier version would have written: another function, one that is gone by now, a constraint less.
  private static let earlier = """
    CREATE OR REPLACE FUNCTION game.state_text(marking integer[]) RETURNS json LANGUAGE sql AS $$ SELECT '{}'::json $$;
    CREATE FUNCTION game.settle(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
    INSERT INTO ptflow.objects VALUES ('game', 999, 'FUNCTION', 'settle', 'text');
    DROP VIEW game.states;
    """

  @Test func `it is refreshed, its events are kept, and a plan says so before`() throws {
    try Site.with([]) { site in
      let plan = try gameFile()
      let owner = try site.asOwner()
      func change(dryRun: Bool) throws -> Installation.Step.Change? {
        try Installer.install([plan], facade: nil, on: owner, dryRun: dryRun).steps.first?.change
      }
      _ = try change(dryRun: false)
      #expect(owner.fire("x") == "ok")
      let log = try owner.column("SELECT e::text FROM game.events AS e ORDER BY e.seq")
      let whole = try site.dump().sorted()
      try owner.execute(Self.earlier)
      let before = try site.contents()
      let planned = try change(dryRun: true)
      #expect(try site.contents() == before)
      guard case .refresh(let differences) = planned else {
        Issue.record("planned: \(String(describing: planned))")
        return
      }
      #expect(
        Set(differences.map(\.line)).isSuperset(of: [
          "- view game.states", "+ function game.settle(text)", "rows of ptflow.objects for game",
        ]))
      #expect(differences.contains { $0.object.hasPrefix("function game.state_text(") })
      #expect(try change(dryRun: false) == planned)
      #expect(try site.dump().sorted() == whole)
      #expect(try owner.column("SELECT e::text FROM game.events AS e ORDER BY e.seq") == log)
      #expect(try change(dryRun: false) == .keep)
      #expect(owner.fire("o") == "ok")
    }
  }

  @Test func `what a net says of itself is no difference, and is not taken away`() throws {
    try Site.with([]) { site in
      let text = """
        about: A door.
        places: {shut: {start: 1, about: Nobody passes.}, open: 0}
        transitions:
          push: {takes: shut, gives: open, about: "Opens, once."}
        """
      let plan = try compile(SourceFile(name: "door.ptflow.yaml", text: text), name: "door").plan
      let owner = try site.asOwner()
      func install(_ plan: NetPlan) throws -> [Installation.Step.Change] {
        try Installer.install([plan], facade: nil, on: owner).steps.map(\.change)
      }
      #expect(try install(plan) == [.install])
      let whole = try site.dump("--schema-only")
      #expect(whole.contains { $0.contains("A door.") } && whole.contains { $0.contains("Opens, once.") })
      #expect(try install(plan) == [.keep])
      #expect(try site.dump("--schema-only") == whole)
    }
  }

  @Test func `an engine whose functions returned something else is brought up to this version`() throws {
    try Site.with { site in
      let owner = try site.asOwner()
      #expect(owner.fire("x") == "ok")
      let whole = try site.dump().sorted()
      try owner.execute(
        """
        DROP FUNCTION ptflow.next_version, game.state_text;
        CREATE FUNCTION ptflow.next_version(net text) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
        CREATE FUNCTION game.state_text(marking integer[]) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
        UPDATE ptflow.engine SET digest = sha256('')
        """)
      let installation = try site.install([.game()])
      #expect(installation.changesEngine && installation.faults == [])
      #expect(try site.examination().differences.filter { $0.remedy != .none } == [])
      #expect(try site.dump().sorted() == whole)
      #expect(owner.fire("x") == "ok")
    }
  }

  @Test func `what cannot be mended is said, and the net stays as it is`() throws {
    try Site.with { site in
      try site.asOwner().execute("DROP TABLE game.details CASCADE")
      // Again and again, since what is wrong is never taken for known.
      for dryRun in [true, false, true, false] {
        let installation = try Installer.install(
          [try plan(.game())], facade: nil, on: try site.asOwner(), dryRun: dryRun)
        // The view can be mended for all that a plan knows.
        let left = ["- table game.details"] + (dryRun ? [] : ["- view game.history"])
        #expect(installation.faults.map(\.line) == left)
      }
    }
  }

  @Test func `a net whose file has its places in another order keeps the order in which its markings count`() throws {
    try Site.with([]) { site in
      let owner = try site.asOwner()
      _ = try Installer.install([try gameFile()], facade: nil, on: owner)
      #expect(owner.fire("x") == "ok")
      let other = try gameFile(places: ["os", "xs", "free"])
      let kept = try Installer.install([other], facade: nil, on: owner)
      guard case .refresh(let differences) = kept.steps[0].change else {
        Issue.record("\(kept.steps[0].change)")
        return
      }
      #expect(differences.map(\.object) == ["file of game"])
      #expect(try owner.column("SELECT v.source FROM ptflow.net_versions AS v") == [other.source.text])
      #expect(try site.faults() == [])
      try owner.execute("DROP FUNCTION game.fire; DELETE FROM game.conditions")
      #expect(try site.mending().after.differences == [])
      #expect(owner.fire("x") == "ok")
      #expect(try owner.column("SELECT s.free || ' ' || s.xs FROM game.states AS s") == ["3 2"])

      // The file, the table and the view each against the others.
      try owner.execute("UPDATE game.places SET number = -number; UPDATE game.places SET number = 4 + number")
      try owner.query("UPDATE ptflow.net_versions SET source = $1", [gameText(places: ["os", "free", "xs"])])
      let fault = try #require(try site.mending().after.faults.first)
      #expect(fault.line == "net game: source" && fault.remedy == .decide)
      #expect(owner.fire("o") == "ok")
    }
  }

  @Test func `a net whose file says something else by now is read from its canonical form`() throws {
    try Site.with([]) { site in
      let owner = try site.asOwner()
      _ = try Installer.install([try gameFile()], facade: nil, on: owner)
      try owner.execute("UPDATE ptflow.net_versions SET source = 'nonsense', format = 'none'")
      #expect(try site.faults() == [])
      try owner.execute("UPDATE ptflow.net_versions SET canonical_form = 'nonsense', digest = sha256('nonsense')")
      #expect(try site.faults() == ["net game: source"])
    }
  }
}
