import Postgres
import TestServer
import Testing

/// What a caller puts in the way of our functions, with the rights of their owner as the prize.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct HijackTests {
  /// Functions, operators and tables by the names that ours use; each function and operator that is reached tells.
  private static let traps = """
    CREATE FUNCTION evil.tell() RETURNS void LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'reached as %', current_user USING ERRCODE = 'XX999'; END $$;
    CREATE FUNCTION evil.concat(VARIADIC text[]) RETURNS text LANGUAGE sql AS 'SELECT evil.tell(); SELECT $1[1]';
    CREATE FUNCTION evil.length(text) RETURNS integer LANGUAGE sql AS 'SELECT evil.tell(); SELECT 1';
    CREATE FUNCTION evil.format(text, text) RETURNS text LANGUAGE sql AS 'SELECT evil.tell(); SELECT $1';
    CREATE FUNCTION evil.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT evil.tell(); SELECT $1';
    CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT evil.tell(); SELECT now()';
    CREATE FUNCTION evil.current_setting(text) RETURNS text LANGUAGE sql AS 'SELECT evil.tell(); SELECT ''postgres''';
    CREATE FUNCTION evil.pg_has_role(name, oid, text) RETURNS boolean LANGUAGE sql AS 'SELECT evil.tell(); SELECT true';
    CREATE FUNCTION evil.equal(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT evil.tell(); SELECT true';
    CREATE FUNCTION evil.equal(bigint, bigint) RETURNS boolean LANGUAGE sql AS 'SELECT evil.tell(); SELECT true';
    CREATE FUNCTION evil.both(text, text) RETURNS text LANGUAGE sql AS 'SELECT evil.tell(); SELECT $1';
    CREATE FUNCTION evil.both(bytea, bytea) RETURNS bytea LANGUAGE sql AS 'SELECT evil.tell(); SELECT $1';
    CREATE OPERATOR evil.=  (LEFTARG = text,   RIGHTARG = text,   FUNCTION = evil.equal);
    CREATE OPERATOR evil.=  (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = evil.equal);
    CREATE OPERATOR evil.|| (LEFTARG = text,   RIGHTARG = text,   FUNCTION = evil.both);
    CREATE OPERATOR evil.|| (LEFTARG = bytea,  RIGHTARG = bytea,  FUNCTION = evil.both);
    CREATE DOMAIN evil.jsonb AS text CHECK (false);
    CREATE DOMAIN evil.text AS pg_catalog.text CHECK (false);
    GRANT USAGE ON SCHEMA evil TO PUBLIC;
    """

  /// The same, where anybody may make them: tables in the session's own schema.
  private static let temporary = """
    CREATE TEMP TABLE states (id text, seq bigint, free bigint, xs bigint, os bigint);
    CREATE TEMP TABLE events (id text);
    CREATE TEMP TABLE nets (net text, schema_name name);
    CREATE TEMP VIEW  held AS SELECT 'game' AS net, '*' AS role;
    CREATE TEMP TABLE grants (net text, privilege text, role text, member regrole);
    CREATE TEMP TABLE transitions (action text, roles text[]);
    CREATE TEMP TABLE pg_roles (oid oid, rolname name);
    CREATE TEMP TABLE pg_proc (oid oid);
    CREATE DOMAIN pg_temp.bigint AS text CHECK (false);
    CREATE FUNCTION pg_temp.demand_fire(text, text, text, text[]) RETURNS void LANGUAGE sql AS 'SELECT';
    """

  @Test(arguments: ["", "pg_temp, evil, public, pg_catalog", "evil, public, pg_catalog"])
  func `what stands in a caller's search path is not what our functions find`(path: String) throws {
    try Site.with { site in
      for name in ["alice", "mallory"] { try site.make(name) }
      try site.grant("fire", "PlayerX", to: "mallory")
      try site.grant("read", to: "mallory")
      try site.superuser().execute("CREATE SCHEMA evil AUTHORIZATION \(site.role("mallory"))")
      let mallory = try site.connect(as: "mallory")
      try mallory.execute(Self.traps)
      try mallory.execute(Self.temporary)
      try mallory.execute("SET search_path = \(path.isEmpty ? "''" : path)")

      for (function, arguments) in facadeCalls {
        #expect(mallory.outcome("SELECT public.\(function)(\(arguments))") == "ok", "\(function)")
      }
      #expect(mallory.fire("o") == "PT403")
      #expect(mallory.fire("pass") == "PT403")
      #expect(mallory.fire("y") == "PT404")
      #expect(mallory.outcome("SELECT public.ptflow_dispatch('game', 'g', 'x', multiple => 5)") == "PT409")
      #expect(mallory.outcome("SELECT public.ptflow_dispatch('game', 'g', 'x', expected => 5)") == "PT412")
      #expect(mallory.outcome("SELECT public.ptflow_dispatch('game', 'g', 'x', key => 'k')") == "ok")
      #expect(mallory.outcome("SELECT public.ptflow_dispatch('game', 'g', 'x', key => 'k')") == "ok")
      let owner = try site.asOwner()
      #expect(try owner.column("SELECT count(*) FROM game.events WHERE seq > 0") == ["3"])
      #expect(try owner.query("SELECT FROM public.ptflow_verify('game')").isEmpty)
    }
  }

  @Test func `what stands in the owner's search path is not what an installation finds`() throws {
    try Site.with([]) { site in
      try site.make("mallory")
      try site.superuser().execute("CREATE SCHEMA evil AUTHORIZATION \(site.role("mallory"))")
      let mallory = try site.connect(as: "mallory")
      try mallory.execute(Self.traps)
      try site.superuser().execute("ALTER ROLE \(site.owner) SET search_path = evil, public, pg_catalog")
      _ = try site.install([.game()])
      _ = try site.install([.game(stones: 7), .game("other")])
      try site.grant("fire", "PlayerX", to: "mallory")
      #expect(mallory.fire("x") == "ok")
      #expect(try site.asOwner().outcome("SELECT ptflow.uninstall('game', true)") == "ok")
    }
  }
}
