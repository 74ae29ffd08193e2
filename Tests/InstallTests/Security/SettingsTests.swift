import Installer
import PetriNet
import Postgres
import TestServer
import Testing

/// Everything that is done with nets, in databases whose settings are the unusual ones.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct SettingsTests {
  /// Every setting that changes how SQL is read, planned, run or printed, turned the unusual way; some in company.
  private static let settings = [
    ["standard_conforming_strings = off"], ["standard_conforming_strings = off", "backslash_quote = on"],
    ["backslash_quote = off"], ["escape_string_warning = off"], ["bytea_output = escape"], ["DateStyle = 'SQL, DMY'"],
    ["DateStyle = 'German'"], ["IntervalStyle = sql_standard"], ["TimeZone = 'Pacific/Chatham'"],
    ["TimeZone = '+13:37'"], ["timezone_abbreviations = 'India'"], ["extra_float_digits = -15"],
    ["xmloption = document"], ["xmlbinary = hex"], ["array_nulls = off"], ["quote_all_identifiers = on"],
    ["transform_null_equals = on"], ["default_transaction_isolation = 'serializable'"],
    ["default_transaction_isolation = 'repeatable read'"],
    ["default_transaction_deferrable = on", "default_transaction_isolation = 'serializable'"],
    ["check_function_bodies = off"], ["plpgsql.variable_conflict = use_column"],
    ["plpgsql.variable_conflict = use_variable"], ["plpgsql.extra_errors = 'all'"], ["plpgsql.extra_warnings = 'all'"],
    ["plpgsql.check_asserts = off"], ["plpgsql.print_strict_params = on"], ["row_security = off"],
    ["jit = on", "jit_above_cost = 0", "jit_inline_above_cost = 0", "jit_optimize_above_cost = 0"],
    [
      "parallel_setup_cost = 0", "parallel_tuple_cost = 0", "min_parallel_table_scan_size = 0",
      "min_parallel_index_scan_size = 0",
    ],
    [
      "enable_indexscan = off", "enable_indexonlyscan = off", "enable_bitmapscan = off", "enable_hashjoin = off",
      "enable_nestloop = off", "enable_sort = off", "enable_hashagg = off",
    ],
    ["enable_seqscan = off", "enable_mergejoin = off", "enable_memoize = off", "enable_material = off"],
    ["plan_cache_mode = force_generic_plan"], ["plan_cache_mode = force_custom_plan"], ["search_path = ''"],
    ["search_path = evil, public, pg_catalog"], ["search_path = pg_temp, evil, pg_catalog, public"],
    ["lc_messages = 'C'", "lc_numeric = 'C'", "lc_monetary = 'C'", "lc_time = 'C'"],
    ["statement_timeout = '10min'", "lock_timeout = '1min'", "idle_in_transaction_session_timeout = '10min'"],
    ["client_min_messages = debug1"], ["client_min_messages = error"], ["synchronous_commit = off"],
    ["default_toast_compression = 'pglz'"], ["work_mem = '64kB'", "hash_mem_multiplier = 1"],
    ["from_collapse_limit = 1", "join_collapse_limit = 1", "geqo_threshold = 2"], ["constraint_exclusion = on"],
    ["lo_compat_privileges = on"], ["default_text_search_config = 'simple'"], ["vacuum_freeze_min_age = 0"],
    ["ptflow.index = '7'"], ["ptflow.roles = '[broken'"], ["request.jwt.claims = '{broken'"],
    ["session_replication_role = replica"], ["allow_system_table_mods = on"], ["track_functions = 'all'"],
  ]

  /// What comes of a net's whole life, one line each.
  private func story(_ site: Site) throws -> [String] {
    for name in ["alice", "rita"] { try site.make(name) }
    var lines = try site.install([.game(), .game("it's \\ \"odd\"")]).steps.map { "\($0.change)" }
    for role in ["PlayerX", "default"] { try site.grant("fire", role, to: "alice") }
    try site.grant("read", to: "rita")
    let alice = try site.connect(as: "alice")
    let rita = try site.connect(as: "rita")
    lines += try played(by: alice, readBy: rita)

    let owner = try site.asOwner()
    for query in [
      """
      SELECT concat_ws(' ', id, seq, action, multiple, payload, free, xs, os, role, key, version)
        FROM game.history ORDER BY id COLLATE "C", seq
      """,
      """
      SELECT concat_ws(' ', v.net, pg_catalog.encode(v.digest, 'hex'), v.canonical_form, v.source)
        FROM ptflow.net_versions AS v ORDER BY v.net
      """,
    ] { lines += try owner.column(query) }
    lines += try site.install([.game(), .game("third")]).steps.map { "\($0.change)" }
    lines += try site.install([.game("third", stones: 6)]).steps.map { "\($0.change)" }
    try site.revoke("fire", "PlayerX", from: "alice")
    lines.append(try site.connect(as: "alice").fire("x"))
    for arguments in ["'game'", "'game', true"] { lines.append(owner.outcome("SELECT ptflow.uninstall(\(arguments))")) }
    return try lines + Catalogue.read(of: owner) { try $0.nets($1).map { "\($0.net) \($0.digest)" } }
  }

  private func played(by alice: borrowing Connection, readBy rita: borrowing Connection) throws -> [String] {
    var lines: [String] = []
    for arguments in [
      "'game', 'g', 'x'", "'game', 'g', 'x', '{\"a\": 0.1}', 2, 1, 'k'", "'game', 'g', 'x', '{\"a\": 0.10}', 2, 1, 'k'",
      "'game', 'g', 'x', '{\"a\": 0.2}', 2, 1, 'k'", "'game', 'g', 'o'", "'game', 'g', 'x', multiple => 9",
      "'game', 'g', 'y'", "'nothing', 'g', 'x'", "'game', '', 'x'", "'game', 'g', 'x', expected => 7",
    ] { lines.append(alice.outcome("SELECT public.ptflow_dispatch(\(arguments))")) }
    let many = #"""
      [{"net": "game", "id": "h", "action": "x", "payload": {"é": "\\ 'q' \"", "n": 1.50}, "key": "k"},
       {"net": "game", "id": "h", "action": "pass", "multiple": 3}, {"net": "game", "id": "g", "action": "x"}]
      """#
    lines.append(try answer(alice, "SELECT json_array_length(public.ptflow_dispatch_many($1))", [many]))
    for query in ["SELECT game.x('h') ->> 'seq'", "SELECT public.ptflow_create('game', 'new') -> 'state' ->> 'free'"] {
      lines.append(try answer(alice, query))
    }
    for query in [
      "SELECT public.ptflow_state('game', 'g') -> 'state' ->> 'xs'",
      "SELECT public.ptflow_state('game', 'g', as_of_seq => 1) -> 'state' ->> 'xs'",
      "SELECT string_agg(concat(action, role, may_fire::text), ' ') FROM public.ptflow_enabled('game', 'g')",
      "SELECT string_agg(concat(condition, place, tokens, need), ' ') FROM public.ptflow_why_not('game', 'g', 'x')",
      """
      SELECT string_agg(concat(seq, action, multiple, payload, state, role, key), ' ')
        FROM public.ptflow_events('game', 'h')
      """,
      "SELECT count(*) FROM public.ptflow_verify('game')", "SELECT public.ptflow_create('game', 'h')",
    ] { lines.append(try answer(rita, query)) }
    return lines
  }

  private func answer(
    _ connection: borrowing Connection, _ sql: String, _ parameters: [String?] = []
  ) throws -> String {
    do throws(PostgresError) {
      return try connection.query(sql, parameters).first?[0] ?? "NULL"
    } catch {
      return error.sqlstate
    }
  }

  @Test func `whatever the settings are, nets are installed, played, verified and removed alike`() throws {
    let expected = try Site.with([]) { site in try story(site) }
    for code in ["PT400", "PT403", "PT404", "PT409", "PT412", "PT422"] { #expect(expected.contains(code)) }
    for group in Self.settings {
      let found = try Site.with([]) { site in
        let superuser = try site.superuser()
        try superuser.execute(
          """
          CREATE SCHEMA evil;
          GRANT USAGE ON SCHEMA evil TO PUBLIC;
          CREATE FUNCTION evil.length(text) RETURNS integer LANGUAGE sql AS 'SELECT 1/0';
          CREATE FUNCTION evil.encode(bytea, text) RETURNS text LANGUAGE sql AS 'SELECT (1/0)::text';
          """)
        for setting in group { try superuser.execute("ALTER DATABASE \(site.database.name) SET \(setting)") }
        return try story(site)
      }
      // A gateway's claim that cannot be read is no trouble to who is no gateway.
      for (line, due) in zip(found, expected) { #expect(line == due, "\(group)") }
      #expect(found.count == expected.count, "\(group)")
    }
  }

  @Test func `a database that only reads by default takes an installation`() throws {
    try Site.with([]) { site in
      try site.superuser().execute("ALTER DATABASE \(site.database.name) SET default_transaction_read_only = on")
      #expect(try site.install([.game()]).steps.count == 1)
      let owner = try site.asOwner()
      #expect(owner.fire("x") == "25006")
      try owner.execute("BEGIN READ WRITE; SELECT ptflow_dispatch('game', 'g', 'x'); COMMIT")
      #expect(try owner.query("SELECT FROM ptflow_verify('game')").isEmpty)
    }
  }

  @Test func `a client of another encoding is understood`() throws {
    try Site.with { site in
      let owner = try site.asOwner()
      for encoding in ["LATIN1", "WIN1252", "EUC_JP", "SQL_ASCII", "UTF8"] {
        try owner.execute("SET client_encoding = '\(encoding)'")
        #expect(owner.fire("pass") == "ok", "\(encoding)")
        #expect(try owner.query("SELECT FROM ptflow_verify('game')").isEmpty)
        let other = try plan(.game("n\(encoding.lowercased())"))
        #expect(try Installer.install([other], facade: nil, on: owner).steps.count == 1)
      }
    }
  }
}
