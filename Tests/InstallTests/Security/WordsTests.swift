import Installer
import PetriNet
import Postgres
import TestServer
import Testing

/// SQL where words are due: in names, ids, keys, payloads and roles, in sessions whose settings invite it.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct WordsTests {
  private static let sessions = [
    "", "SET standard_conforming_strings = off; SET escape_string_warning = off; SET backslash_quote = on",
    "SET client_encoding = 'LATIN1'", "SET quote_all_identifiers = on; SET client_encoding = 'SQL_ASCII'",
  ]

  @Test(arguments: sessions)
  func `SQL in names, ids, keys and payloads stays words`(settings: String) throws {
    let name = hostileWords[0]
    try Site.with([]) { site in
      try site.asOwner().execute("CREATE TABLE canary ()")
      _ = try Installer.install([try plan(hostileNet(name))], facade: nil, on: try site.asOwner())
      try site.make("alice")
      try site.grant("fire", "*", on: name, to: "alice")
      let alice = try site.connect(as: "alice")
      try alice.execute(settings)
      // In a session of another encoding, only what is ASCII can be told to the server.
      let words = settings.contains("LATIN1") ? hostileWords.filter { $0.utf8.allSatisfy { $0 < 128 } } : hostileWords
      for word in words {
        let payload = try #require(try alice.query("SELECT jsonb_build_object($1::text, $1::text)", [word])[0][0])
        do throws(PostgresError) {
          try alice.query(
            "SELECT public.ptflow_dispatch($1, $2, $3, $4::jsonb, 1, NULL, $5)", [name, word, word, payload, word])
          try alice.query("SELECT * FROM public.ptflow_events($1, $2)", [name, word])
        } catch {
          // The answer names all places; a session of an encoding that lacks them cannot be given it.
          #expect(settings.contains("LATIN1") && error.sqlstate == "22P05", "\(word): \(error)")
        }
        let refused = #expect(throws: PostgresError.self) {
          try alice.query("SELECT public.ptflow_dispatch($1, $2, $3)", [name, word, word + "?"])
        }
        #expect(refused?.sqlstate == "PT404", "\(word): \(String(describing: refused))")
      }
      let owner = try site.asOwner()
      #expect(try owner.column("SELECT count(*) FROM canary") == ["0"])
      #expect(try owner.query("SELECT FROM public.ptflow_verify($1)", [name]).isEmpty)
      if !settings.contains("LATIN1") {
        let kept = try owner.query(
          """
          SELECT h.id, h.action, h.key, h.payload ->> h.id
            FROM (SELECT * FROM public.ptflow_state($1, $2)) AS s, "\(name)".history AS h
           WHERE h.id = $2 AND h.seq > 0 AND s IS NOT NULL
          """,
          [name, words[0]])
        #expect(kept.count == 1)
        for column in 0..<4 { #expect(kept.first?[column] == words[0]) }
      }
      try owner.query("SELECT ptflow.uninstall($1, true)", [name])
      #expect(try owner.column("SELECT count(*) FROM canary") == ["0"])
    }
  }

  @Test(arguments: [
    "Robert'); DROP TABLE canary; --", "\"; DROP TABLE canary; --", "UPPER", "none ", "$$", "a,b", "Größe",
    String(repeating: "x", count: 54), "%I",
  ])
  func `a role of the database whose name must be quoted is granted, named as the actor and revoked`(_ name: String)
    throws
  {
    try Site.with { site in
      let role = site.role(name)
      let quoted = "\"" + role.replacing("\"", with: "\"\"") + "\""
      try site.superuser().execute("CREATE TABLE public.canary (); CREATE ROLE \(quoted) LOGIN")
      try site.grant("fire", "PlayerX", to: name)
      let session = try site.connect(as: name)
      #expect(session.fire("x") == "ok")
      #expect(session.fire("o") == "PT403")
      let other = try site.superuser()
      try other.execute("SET ROLE \(quoted)")
      #expect(other.fire("x") == "ok")
      #expect(other.fire("o") == "PT403")
      #expect(try site.asOwner().column("SELECT DISTINCT actor FROM game.events") == [role])
      try site.revoke("fire", "PlayerX", from: name)
      #expect(session.fire("x") == "42501")
      let rights = try site.rights()
      #expect(rights == [])
      #expect(try site.superuser().column("SELECT count(*) FROM public.canary") == ["0"])
    }
  }

  @Test func `casts and types of the caller's own run as the caller`() throws {
    try Site.with { site in
      try site.make("mallory")
      try site.grant("fire", "PlayerX", to: "mallory")
      try site.superuser().execute("CREATE SCHEMA evil AUTHORIZATION \(site.role("mallory"))")
      let mallory = try site.connect(as: "mallory")
      try mallory.execute(
        """
        CREATE TYPE evil.events AS (a text);
        CREATE TYPE evil.token AS ENUM ('a');
        CREATE TABLE evil.seen (who text);
        CREATE FUNCTION evil.to_jsonb(evil.events) RETURNS jsonb LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO evil.seen VALUES (current_user); RETURN '{}'; END $$;
        CREATE CAST (evil.events AS jsonb) WITH FUNCTION evil.to_jsonb AS IMPLICIT;
        CREATE FUNCTION evil.to_text(evil.token) RETURNS text LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO evil.seen VALUES (current_user); RETURN 'x'; END $$;
        CREATE CAST (evil.token AS text) WITH FUNCTION evil.to_text AS IMPLICIT;
        SET search_path = evil, pg_temp, public;
        """)
      #expect(mallory.outcome("SELECT ptflow_dispatch('game', 'g', 'a'::evil.token, ROW('x')::evil.events)") == "ok")
      #expect(try mallory.column("SELECT DISTINCT who FROM evil.seen") == [site.role("mallory")])
      #expect(try mallory.column("SELECT count(*) FROM evil.seen") == ["2"])
    }
  }
}
