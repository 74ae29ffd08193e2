import Compiler
import Installer
import PetriNet
import Plan
import Postgres
import SQL
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct InstallationTests {
  @Test func `the same net again touches nothing`() throws {
    try Site.with { site in
      try site.make("alice")
      try site.grant("fire", "PlayerX", to: "alice")
      #expect(try site.connect(as: "alice").fire("x") == "ok")
      // What was granted is looked at once.
      _ = try site.install([.game()])
      let before = try site.contents()
      let again = try site.install([.game()])
      #expect(again.isEmpty)
      #expect(again.steps.map(\.change) == [.keep])
      #expect(try site.contents() == before)
    }
  }

  @Test func `a net that is there by another file is the same net, by that file from then on`() throws {
    try Site.with { site in
      #expect(try site.asOwner().fire("x") == "ok")
      let log = try site.asOwner().column("SELECT e::text FROM game.events AS e")
      let plan = try compile(.game(), source: Source(file: "other.pnml", format: "pnml", text: "another text"))
      let installation = try Installer.install([plan], facade: nil, on: try site.asOwner())
      guard case .refresh(let differences) = installation.steps[0].change else {
        Issue.record("\(installation.steps[0].change)")
        return
      }
      #expect(differences.map(\.object) == ["file of game"])
      let files = try site.asOwner().column("SELECT v.version || v.file || v.source FROM ptflow.net_versions AS v")
      #expect(files == ["1other.pnmlanother text"])
      #expect(try site.asOwner().column("SELECT e::text FROM game.events AS e") == log)
      #expect(try Installer.install([plan], facade: nil, on: try site.asOwner()).isEmpty)
    }
  }

  @Test func `a dry run says what would be done and does nothing`() throws {
    try Site.with { site in
      let before = try site.contents()
      let plans = [try plan(.game(stones: 6)), try plan(.game("other"))]
      let dry = try Installer.install(plans, facade: nil, on: try site.asOwner(), dryRun: true)
      #expect(try site.contents() == before)
      let done = try Installer.install(plans, facade: nil, on: try site.asOwner())
      #expect(dry.steps.map(\.change) == done.steps.map(\.change))
    }
  }

  @Test func `a net without instances makes room for another version, and keeps the grants it can`() throws {
    try Site.with { site in
      for name in ["alice", "bob", "gone"] { try site.make(name) }
      try site.grant("fire", "PlayerX", to: "alice")
      try site.grant("read", to: "alice")
      try site.grant("fire", "PlayerO", to: "bob")
      let name = try site.make("gone_too")
      try site.grant("fire", "*", to: "gone_too")
      try site.superuser().execute("DROP OWNED BY \(name); DROP ROLE \(name)")

      let installation = try site.install([.game(stones: 6, players: ["PlayerX", "PlayerY"])])
      #expect(
        installation.steps[0].change
          == .replace(difference: [
            "- place \"free\" initial 5 capacity 10", "+ place \"free\" initial 6 capacity 10",
            "- transition \"o\" roles \"PlayerO\"", "+ transition \"o\" roles \"PlayerY\"",
          ]))
      #expect(try site.connect(as: "alice").fire("x") == "ok")
      #expect(try site.connect(as: "alice").outcome("SELECT public.ptflow_state('game', 'g')") == "ok")
      #expect(try site.connect(as: "bob").fire("o") == "42501")
      let owner = try site.asOwner()
      #expect(try owner.column("SELECT n.version FROM ptflow.nets AS n") == ["2"])
      #expect(try owner.column("SELECT v.version FROM ptflow.net_versions AS v ORDER BY 1") == ["1", "2"])
      #expect(try owner.column("SELECT s.version FROM game.states AS s") == ["2"])
      #expect(try owner.column("SELECT count(*) FROM ptflow.grants") == ["3"])
    }
  }

  @Test func `a net with instances is not changed, and the difference is told`() throws {
    try Site.with { site in
      #expect(try site.asOwner().fire("x") == "ok")
      let before = try site.contents()
      let refused = site.refusal { _ = try site.install([.game("new"), .game(stones: 6)]) }
      #expect(
        refused as? InstallRefusal
          == .changed(
            net: "game", instances: 1,
            difference: ["- place \"free\" initial 5 capacity 10", "+ place \"free\" initial 6 capacity 10"]))
      #expect(try site.contents() == before)
    }
  }

  @Test func `of many nets all are installed or none`() throws {
    try Site.with([]) { site in
      try site.asOwner().execute("CREATE SCHEMA n7; CREATE TABLE n7.mine (x integer); INSERT INTO n7.mine VALUES (1)")
      let before = try site.contents()
      let refused = site.refusal { _ = try site.install((1...9).map { .game("n\($0)") }) }
      #expect(refused as? InstallRefusal == .foreignSchema(net: "n7", schema: "n7"))
      #expect(try site.contents() == before)
      #expect(try site.install((1...9).filter { $0 != 7 }.map { .game("n\($0)") }).steps.count == 8)
    }
  }

  @Test func `what fails half-way leaves nothing`() throws {
    try Site.with([]) { site in
      // The schema's type of this name is in the way of nothing that is decided before, but of the last step.
      try site.asOwner().execute("CREATE FUNCTION public.ptflow_verify() RETURNS integer LANGUAGE sql AS 'SELECT 1'")
      let before = try site.contents()
      let refused = site.refusal { _ = try site.install((1...3).map { .game("n\($0)") }) }
      #expect((refused as? PostgresError)?.sqlstate == "42723")
      #expect(try site.contents() == before)
    }
  }

  @Test func `two nets of one name are refused`() throws {
    try Site.with([]) { site in
      let refused = site.refusal { _ = try site.install([.game(), .game(stones: 6)]) }
      #expect(refused as? InstallRefusal == .sameName("game"))
    }
  }

  @Test func `a schema ptflow that is somebody else's is left alone`() throws {
    try Site.with([]) { site in
      try site.asOwner().execute("CREATE SCHEMA ptflow; CREATE TABLE ptflow.engine (mine integer)")
      let before = try site.contents()
      #expect(site.refusal { _ = try site.install([.game()]) } != nil)
      #expect(try site.asOwner().outcome(installScript([try plan(.game())], facade: "public").text) == "42P06")
      #expect(try site.contents() == before)
      try site.asOwner().execute("DROP TABLE ptflow.engine")
      let refused = site.refusal { _ = try site.install([.game()]) } as? PostgresError
      #expect(refused?.sqlstate == "42P06")
      #expect(refused?.message == "there is a schema \"ptflow\" that ptflow did not make")
    }
  }

  @Test func `an object of somebody else's that hangs on a net keeps it from being replaced or removed`() throws {
    try Site.with { site in
      for (make, drop, reason) in [
        ("CREATE VIEW public.mine AS SELECT s.id FROM game.states AS s", "DROP VIEW public.mine", "2BP01"),
        ("CREATE TABLE game.mine (x integer)", "DROP TABLE game.mine", "2BP01"),
        (
          "CREATE FUNCTION game.x(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
          "DROP FUNCTION game.x(integer)", "2BP01"
        ),
        ("CREATE DOMAIN game.role_mine AS boolean", "DROP DOMAIN game.role_mine", "2BP01"),
        (
          "CREATE FUNCTION public.mine(e game.events) RETURNS text LANGUAGE sql AS 'SELECT ''1'''",
          "DROP FUNCTION public.mine", "2BP01"
        ),
        ("COMMENT ON SCHEMA game IS 'mine'", "COMMENT ON SCHEMA game IS 'ptflow net: again'", "55000"),
      ] {
        try site.asOwner().execute(make)
        let before = try site.contents()
        #expect(try site.asOwner().outcome("SELECT ptflow.uninstall('game')") == reason, "\(make)")
        let refused = site.refusal { _ = try site.install([.game("first"), .game(stones: 6)]) } as? PostgresError
        #expect(refused?.sqlstate == reason, "\(make)")
        #expect(try site.contents() == before, "\(make)")
        try site.asOwner().execute(drop)
      }
      #expect(try site.install([.game(stones: 6)]).steps.count == 1)
      #expect(try site.asOwner().outcome("SELECT ptflow.uninstall('game')") == "ok")
    }
  }

  @Test func `two installers at once wait for each other`() throws {
    try Site.with([]) { site in
      try site.superuser().execute(
        "ALTER DATABASE \(site.database.name) SET default_transaction_isolation = 'repeatable read'")
      let blocker = try site.asOwner()
      try blocker.execute("BEGIN ISOLATION LEVEL READ COMMITTED; CREATE SCHEMA b")
      let first = Background { [url = site.database.url(as: site.owner)] in
        try Installer.install([try plan(.game("a")), try plan(.game("b"))], facade: nil, on: try Connection(url)).steps
          .map(\.change)
      }
      try site.waitForLock()
      let second = Background { [url = site.database.url(as: site.owner)] in
        try Installer.install([try plan(.game("a")), try plan(.game("c"))], facade: nil, on: try Connection(url)).steps
          .map(\.change)
      }
      let bothWait = """
        (SELECT count(*) FROM pg_stat_activity AS a WHERE a.datname = '\(site.database.name)' AND a.wait_event_type = 'Lock') = 2
        """
      try waitUntil(bothWait, on: try site.superuser())
      try blocker.execute("ROLLBACK")
      #expect(try first.result() == [.install, .install])
      #expect(try second.result() == [.keep, .install])
      #expect(try site.asOwner().column("SELECT n.net FROM ptflow.nets AS n ORDER BY 1") == ["a", "b", "c"])
      for net in ["a", "b", "c"] {
        #expect(try site.asOwner().outcome("SELECT ptflow_create('\(net)', 'g')") == "ok")
      }
    }
  }
}
