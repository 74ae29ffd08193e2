import Postgres
import TestServer
import Testing

/// Calls whose arguments come from columns with collations of their own.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct CollationTests {
  private static let collations = [
    "\"C\"", "\"POSIX\"", "\"und-x-icu\"", "\"de-x-icu\"", "blind", "pg_catalog.\"default\"",
  ]

  /// Runs a test where there is a collation that takes no account of case.
  private func with(_ body: (Site) throws -> Void) throws {
    try Site.with { site in
      try site.asOwner().execute(
        "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)")
      try body(site)
    }
  }

  @Test func `a net, an id, an action and a key may have any collation, each its own`() throws {
    try with { site in
      let owner = try site.asOwner()
      for (index, collation) in Self.collations.enumerated() {
        let other = Self.collations[(index + 1) % Self.collations.count]
        let table = "t\(index)"
        try owner.execute(
          """
          CREATE TABLE \(table) (net text COLLATE \(other), id text COLLATE \(collation), action text COLLATE \(other),
                                 key text COLLATE \(collation));
          INSERT INTO \(table) VALUES
              ('game', '\(table)', 'x', 'k'), ('GAME', '\(table)', 'x', 'k'), ('game', '\(table)', 'X', 'k')
          """)
        for words in [
          "ptflow_create(t.net, t.id)", "ptflow_dispatch(t.net, t.id, t.action)",
          "ptflow_dispatch(t.net, t.id, t.action, key => t.key)",
          "ptflow_dispatch(t.net, t.id, t.action, multiple => 2)",
          "ptflow_dispatch_many(jsonb_build_array(to_jsonb(t) || '{\"key\": null}'))", "ptflow_state(t.net, t.id)",
          "ptflow_enabled(t.net, t.id)", "ptflow_why_not(t.net, t.id, t.action)", "ptflow_events(t.net, t.id)",
          "ptflow_verify(t.net, t.id)",
        ] {
          #expect(owner.call(words, on: table) == "ok", "\(collation): \(words)")
        }
        // What differs in case is another net, another action, another instance, whatever the collation says.
        for name in ["create", "state", "enabled", "events", "verify"] {
          #expect(owner.call("ptflow_\(name)(t.net, t.id)", net: "GAME", on: table) == "PT404", "\(collation): \(name)")
        }
        for name in ["dispatch", "why_not"] {
          #expect(
            owner.call("ptflow_\(name)(t.net, t.id, t.action)", net: "GAME", on: table) == "PT404",
            "\(collation): \(name)")
          #expect(
            owner.call("ptflow_\(name)(t.net, t.id, t.action)", action: "X", on: table) == "PT404",
            "\(collation): \(name)")
        }
        #expect(
          owner.call("ptflow_state(t.net, upper(t.id COLLATE \"C\") COLLATE \(collation))", on: table) == "PT404",
          "\(collation)")
        #expect(owner.call("ptflow_create(t.net, left(t.id, 0))", on: table) == "PT400", "\(collation)")
        #expect(
          owner.call("ptflow_dispatch(t.net, t.id, t.action, expected => 77)", on: table) == "PT412", "\(collation)")
        #expect(
          owner.call("ptflow_dispatch(t.net, t.id, t.action, multiple => 77)", on: table) == "PT409", "\(collation)")
        #expect(
          owner.call("ptflow_dispatch(t.net, t.id, t.action, '[]', key => t.key)", on: table) == "PT422", "\(collation)"
        )
      }
      #expect(try owner.query("SELECT FROM ptflow_verify('game')").isEmpty)
    }
  }

  @Test func `a trigger fires with NEW.id, also in a table whose ids have a collation of their own`() throws {
    try with { site in
      let owner = try site.asOwner()
      for (index, collation) in Self.collations.enumerated() {
        try owner.execute(
          """
          CREATE TABLE orders\(index) (id text COLLATE \(collation) PRIMARY KEY, action text COLLATE "C" DEFAULT 'x');
          CREATE FUNCTION fire\(index)() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
              PERFORM ptflow_dispatch('game', NEW.id, NEW.action);
              PERFORM ptflow_dispatch('game', NEW.id, 'pass', to_jsonb(NEW), key => NEW.id);
              PERFORM game.x(NEW.id, key => NEW.action);
              RETURN NEW;
          END $$;
          CREATE TRIGGER fire BEFORE INSERT ON orders\(index) FOR EACH ROW EXECUTE FUNCTION fire\(index)();
          """)
        #expect(owner.outcome("INSERT INTO orders\(index) VALUES ('o\(index)')") == "ok", "\(collation)")
        #expect(try owner.column("SELECT seq FROM game.states WHERE id = 'o\(index)'") == ["3"])
      }
    }
  }
}

extension Connection {
  /// What becomes of a call whose arguments come from a row of a table.
  fileprivate func call(_ words: String, net: String = "game", action: String = "x", on table: String) -> String {
    outcome(
      "SELECT \(words) FROM \(table) AS t WHERE net COLLATE \"C\" = '\(net)' AND action COLLATE \"C\" = '\(action)'")
  }
}
