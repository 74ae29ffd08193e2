import Installer
import PetriNet
import Postgres
import TestServer
import Testing

/// What nobody can do but by the facade.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct ClosedTests {
  @Test func `an installation gives nobody anything, not even PUBLIC`() throws {
    try Site.with([.game(), .game("other")]) { site in
      let rights = try site.rights()
      #expect(rights == [])
    }
  }

  @Test func `a grant gives the type that says so, EXECUTE on what it allows, and nothing else`() throws {
    try Site.with { site in
      for name in ["alice", "rita", "gate"] { try site.make(name) }
      try site.grant("fire", "*", to: "alice")
      try site.grant("read", to: "rita")
      try site.grant("gateway", to: "gate")
      let facade = facadeCalls.map { "function \($0.0)" }
      let doors = ["o", "pass", "x"].map { "function game.\($0)" }
      let expected = [
        ("alice", facade + doors, ["schema game", "domain game.\"role_*\""]),
        ("rita", (readingCalls + feedCalls).map { "function \($0.0)" }, ["domain game.reader"]),
        ("gate", facade + doors, ["schema game", "domain game.gateway"]),
      ].flatMap { name, functions, objects in
        functions.map { "\($0): EXECUTE to \(site.role(name))" } + objects.map { "\($0): USAGE to \(site.role(name))" }
      }
      let found = try site.rights().map { $0.replacing(/\(.*\):/, with: ":") }
      #expect(found.sorted() == expected.sorted())
    }
  }

  @Test func `who holds everything in a net can reach no object of it`() throws {
    try Site.with { site in
      try site.make("alice")
      try site.grant("fire", "*", to: "alice")
      try site.grant("read", to: "alice")
      try site.grant("gateway", to: "alice")
      let alice = try site.connect(as: "alice")
      #expect(alice.fire("x") == "ok")
      let relations = try site.superuser().column(
        """
        SELECT format('%I.%I %s', n.nspname, c.relname, c.relkind)
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE n.nspname IN ('ptflow', 'game') AND c.relkind IN ('r', 'v')
        """)
      #expect(relations.count == 10 + 3 + 9 + 2)
      for words in relations {
        let relation = words.dropLast(2)
        for statement in [
          "SELECT FROM \(relation)", "INSERT INTO \(relation) DEFAULT VALUES", "DELETE FROM \(relation)",
          "TRUNCATE \(relation)",
          "DROP TABLE \(relation)", "COPY \(relation) TO STDOUT",
          "CREATE TEMP TABLE mine (LIKE \(relation))",
        ] {
          // What a view does not take from anybody is refused as such.
          let codes = words.hasSuffix(" v") ? ["42501", "55000", "42809"] : ["42501"]
          #expect(codes.contains(alice.outcome(statement)), "\(statement)")
        }
      }
      for statement in [
        "UPDATE game.events SET marking = '{9,9,9}'", "SELECT nextval('game.events_seq_seq')",
        "CREATE TEMP TABLE mine (m game.marking)", "CREATE TEMP TABLE mine (m game.\"role_PlayerX\")",
        "CREATE TABLE game.mine ()", "CREATE TABLE ptflow.mine ()", "ALTER FUNCTION public.ptflow_dispatch RESET ALL",
        "SELECT ptflow.uninstall('game', true)", "SELECT game.fire('g', 'x', '{}', 1, NULL, NULL)",
        "SELECT game.begin_instance('h', '\(site.owner)')",
        "SELECT ptflow.has_right('game', 'fire', '*', '\(site.owner)')",
      ] {
        #expect(alice.outcome(statement) == "42501", "\(statement)")
      }
      let executable = try site.superuser().column(
        """
        SELECT p.oid::regprocedure::text FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
         WHERE n.nspname IN ('ptflow', 'game') AND has_function_privilege('\(site.role("alice"))', p.oid, 'EXECUTE')
        """)
      #expect(executable.map { $0.replacing(/\(.*/, with: "") }.sorted() == ["game.o", "game.pass", "game.x"])
    }
  }

  @Test
  func `only the facade and the functions of transitions run with their owner's rights, with a path of their own`()
    throws
  {
    try Site.with { site in
      let functions = try site.superuser().query(
        """
        SELECT p.proname, p.proconfig::text, p.prosecdef
          FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
         WHERE n.nspname IN ('ptflow', 'game') OR p.proname LIKE 'ptflow\\_%'
        """)
      #expect(functions.count > 40)
      let entries = functions.filter { $0[2] == "t" }
      #expect(entries.map { $0[0] ?? "" }.sorted() == (["o", "pass", "x"] + facadeCalls.map(\.0)).sorted())
      for function in entries { #expect(function[1] == "{\"search_path=pg_catalog, pg_temp\"}", "\(function)") }
    }
  }

  @Test(arguments: [false, true])
  func `privileges that the database gives by default open nothing`(upgraded: Bool) throws {
    try Site.with([]) { site in
      let mallory = try site.make("mallory")
      if upgraded { _ = try site.install([.game(), .game("other")]) }
      let owner = try site.asOwner()
      for (kind, granted) in [
        ("TABLES", "ALL"), ("SEQUENCES", "ALL"), ("FUNCTIONS", "EXECUTE"), ("TYPES", "USAGE"), ("SCHEMAS", "ALL"),
      ] {
        try owner.execute("ALTER DEFAULT PRIVILEGES GRANT \(granted) ON \(kind) TO \(mallory), PUBLIC")
      }
      if upgraded { try owner.execute("UPDATE ptflow.engine SET digest = sha256('another')") }
      let installation = try site.install([.game(stones: 6), .game("third")])
      #expect(installation.changesEngine)
      #expect(try site.rights() == [])
      #expect(try site.connect(as: "mallory").fire("x") == "42501")
    }
  }

  @Test func `what was opened by hand on the facade is closed by the next installation`() throws {
    try Site.with { site in
      let mallory = try site.make("mallory")
      try site.asOwner().execute(
        """
        GRANT EXECUTE ON FUNCTION public.ptflow_dispatch TO PUBLIC, \(mallory);
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ptflow TO PUBLIC;
        """)
      #expect(try site.connect(as: "mallory").fire("x") == "PT403", "nobody is held for the owner, whatever is opened")
      _ = try site.install([.game("other")])
      #expect(try site.rights() == [])
    }
  }
}
