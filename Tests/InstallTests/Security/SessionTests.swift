import Postgres
import TestServer
import Testing

/// Who a session says it is, and the settings with which it calls.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct SessionTests {
  @Test func `nobody becomes somebody else by a statement`() throws {
    try Site.with { site in
      for name in ["alice", "gate", "bypass"] { try site.make(name) }
      try site.superuser().execute("ALTER ROLE \(site.role("bypass")) BYPASSRLS CREATEROLE CREATEDB")
      try site.grant("fire", "PlayerX", to: "alice")
      try site.grant("fire", "PlayerX", to: "bypass")
      try site.grant("gateway", to: "gate")
      for name in ["alice", "bypass"] {
        let session = try site.connect(as: name)
        for statement in [
          "SET SESSION AUTHORIZATION \(site.owner)", "SET ROLE \(site.owner)", "SET LOCAL ROLE \(site.owner)",
          "SELECT set_config('role', '\(site.owner)', false)",
          "SELECT set_config('session_authorization', '\(site.owner)', false)",
          "SET session_replication_role = replica", "SET allow_system_table_mods = on", "SET is_superuser = on",
          "SET lo_compat_privileges = on",
          "SET session_preload_libraries = 'x'",
          "CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION pg_catalog.lo_import()",
        ] {
          #expect(session.outcome(statement) != "ok", "\(name): \(statement)")
        }
        for statement in [
          "", "SET ROLE none", "RESET ROLE", "SET SESSION AUTHORIZATION DEFAULT", "SET row_security = off",
          "SET ptflow.roles = '*'", "SET request.jwt.claims = '{\"ptflow_roles\": [\"*\"], \"role\": \"postgres\"}'",
        ] {
          try session.execute(statement)
          #expect(session.fire("o") == "PT403", "\(name): \(statement)")
          #expect(session.outcome("SELECT public.ptflow_state('game', 'g')") == "PT403", "\(name): \(statement)")
        }
        for condition in ["set_config('ptflow.roles', 'PlayerO', true)", "set_config('ptflow.roles', '*', false)"] {
          let statement = "SELECT public.ptflow_dispatch('game', 'g', 'o') WHERE \(condition) IS NOT NULL"
          #expect(session.outcome(statement) == "PT403")
        }
        #expect(session.fire("x") == "ok")
      }
    }
  }

  @Test func `a session that a superuser hands to a role is that role's`() throws {
    try Site.with { site in
      let alice = try site.make("alice")
      try site.grant("fire", "PlayerX", to: "alice")
      let session = try site.superuser()
      try session.execute("SET SESSION AUTHORIZATION \(alice)")
      #expect(session.fire("x") == "ok")
      #expect(session.fire("o") == "PT403")
      try session.execute("SET ROLE none")
      #expect(session.fire("o") == "PT403")
      try session.execute("RESET SESSION AUTHORIZATION")
      #expect(session.fire("o") == "ok")
      let actors = try site.asOwner().column("SELECT e.actor FROM game.events AS e WHERE e.seq > 0 ORDER BY e.seq")
      #expect(actors.first == alice && actors.count == 2 && actors.last != alice)
    }
  }

  @Test func `a role that was set and then renamed is not the one that has its name now`() throws {
    try Site.with { site in
      for name in ["clerks", "managers"] { try site.make(name, "NOLOGIN") }
      try site.make("alice", "LOGIN IN ROLE \(site.role("clerks"))")
      try site.grant("fire", "PlayerX", to: "clerks")
      try site.grant("fire", "PlayerO", to: "managers")
      try site.grant("read", to: "managers")
      let alice = try site.connect(as: "alice")
      try alice.execute("SET ROLE \(site.role("clerks"))")
      #expect(["x", "o"].map { alice.fire($0) } == ["ok", "PT403"])
      try site.superuser().execute(
        """
        ALTER ROLE \(site.role("clerks")) RENAME TO \(site.role("old"));
        ALTER ROLE \(site.role("managers")) RENAME TO \(site.role("clerks"))
        """)
      // The session has the name, and neither role of it nor any other.
      #expect(try alice.column("SHOW role") == [site.role("clerks")])
      #expect(["x", "o"].map { alice.fire($0) } == ["PT403", "PT403"])
      #expect(alice.outcome("SELECT public.ptflow_state('game', 'g')") == "PT403")
      #expect(alice.outcome("SELECT public.ptflow_create('game', 'h')") == "PT403")
      let many = "[{\"net\": \"game\", \"id\": \"g\", \"action\": \"o\"}]"
      #expect(alice.outcome("SELECT public.ptflow_dispatch_many('\(many)')") == "PT403")
      // It is whom it may become, once it says so anew.
      try alice.execute("SET ROLE \(site.role("old"))")
      #expect(["x", "o"].map { alice.fire($0) } == ["ok", "PT403"])
      let actors = try site.asOwner().column(
        "SELECT DISTINCT e.actor FROM game.events AS e WHERE e.action = 'x' ORDER BY 1")
      #expect(actors == [site.role("clerks"), site.role("old")])
    }
  }

  @Test(arguments: [
    "SET DateStyle = 'SQL, DMY'", "SET IntervalStyle = 'sql_standard'", "SET TimeZone = 'Pacific/Chatham'",
    "SET bytea_output = 'escape'", "SET extra_float_digits = -15", "SET transform_null_equals = on",
    "SET array_nulls = off", "SET quote_all_identifiers = on", "SET standard_conforming_strings = off",
    "SET xmlbinary = 'hex'", "SET row_security = off", "SET plan_cache_mode = 'force_generic_plan'",
    "SET enable_indexscan = off; SET enable_seqscan = off; SET enable_nestloop = off",
    "SET jit = on; SET jit_above_cost = 0",
    "SET plpgsql.extra_errors = 'all'", "SET check_function_bodies = off", "SET client_min_messages = debug5",
    "SET constraint_exclusion = on", "SET default_table_access_method = 'heap'; SET work_mem = '64kB'",
    "SET from_collapse_limit = 1; SET join_collapse_limit = 1", "SET lc_numeric = 'C'; SET lc_monetary = 'C'",
    "SET default_transaction_isolation = 'serializable'", "SET default_transaction_isolation = 'repeatable read'",
    """
    SELECT set_config(s.name, 'on', false) FROM pg_settings AS s WHERE s.name IN ('force_parallel_mode', 'debug_parallel_query');
    SET parallel_setup_cost = 0; SET min_parallel_table_scan_size = 0
    """,
    "SET geqo_threshold = 2", "SET default_text_search_config = 'simple'",
    "SET backslash_quote = on",
  ])
  func `no setting of a session changes what is stored or decided`(settings: String) throws {
    try Site.with { site in
      try site.make("alice")
      for role in ["PlayerX", "default"] { try site.grant("fire", role, to: "alice") }
      try site.grant("read", to: "alice")
      let alice = try site.connect(as: "alice")
      // The first call of a session compiles the functions: under these settings.
      try alice.execute(settings)
      #expect(alice.fire("x") == "ok")
      #expect(alice.outcome("SELECT public.ptflow_dispatch('game', 'g', 'x', '{\"a\": 0.1}', 2, 1, 'k')") == "ok")
      #expect(alice.outcome("SELECT public.ptflow_dispatch('game', 'g', 'x', '{\"a\": 0.10}', 2, 1, 'k')") == "ok")
      #expect(alice.outcome("SELECT public.ptflow_dispatch('game', 'g', 'x', '{\"a\": 0.2}', 2, 1, 'k')") == "PT422")
      #expect(alice.fire("o") == "PT403")
      #expect(alice.outcome("SELECT public.ptflow_dispatch('game', 'g', 'x', multiple => 3)") == "PT409")
      for (function, arguments) in facadeCalls.dropFirst() {
        #expect(alice.outcome("SELECT public.\(function)(\(arguments))") == "ok", "\(function)")
      }
      #expect(try alice.query("SELECT * FROM public.ptflow_verify('game')").isEmpty)
      let owner = try site.asOwner()
      #expect(try owner.query("SELECT FROM public.ptflow_verify('game')").isEmpty)
      #expect(try owner.column("SELECT format('%s %s %s', seq, free, xs) FROM game.states") == ["3 1 4"])
    }
  }
}
