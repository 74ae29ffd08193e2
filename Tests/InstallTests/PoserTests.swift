import Installer
import PetriNet
import Postgres
import SQL
import TestServer
import Testing

/// Objects that others made to pass for ours, so that who installs or calls runs their code.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct PoserTests {
  /// A schema `ptflow` whose tables run code of their owner's with the rights of who writes to them.
  private static let engine = """
    CREATE SCHEMA ptflow;
    COMMENT ON SCHEMA ptflow IS 'ptflow engine: poser';
    CREATE TABLE ptflow.engine (one boolean NOT NULL DEFAULT true CONSTRAINT engine_pkey PRIMARY KEY, version integer,
        digest bytea, facade name, installed_at timestamptz DEFAULT now());
    CREATE FUNCTION ptflow.rob() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN EXECUTE 'ALTER ROLE ' || session_user || ' SET work_mem = ''1MB'''; RETURN NEW; END $$;
    CREATE TRIGGER rob BEFORE INSERT ON ptflow.engine FOR EACH ROW EXECUTE FUNCTION ptflow.rob();
    """

  @Test(arguments: [false, true])
  func `a schema ptflow of somebody else's is refused before anything in it is touched`(byScript: Bool) throws {
    try Site.with([]) { site in
      try site.make("mallory")
      let installer = try site.make("installer")
      try site.superuser().execute(
        "GRANT CREATE ON DATABASE \(site.database.name) TO \(site.role("mallory")), \(installer)")
      try site.connect(as: "mallory").execute(Self.engine)
      let connection = try site.connect(as: "installer")
      if byScript {
        #expect(connection.outcome(installScript([try plan(.game())], facade: "public").text) == "42P06")
      } else {
        let refusal = #expect(throws: PostgresError.self) {
          try Installer.install([try plan(.game())], facade: nil, on: connection)
        }
        #expect(refusal?.sqlstate == "42P06")
        #expect(refusal?.message.contains("belongs to \(site.role("mallory")), not to \(installer)") == true)
      }
      let settings = "SELECT count(*) FROM pg_db_role_setting WHERE setrole = '\(installer)'::regrole"
      #expect(try site.superuser().column(settings) == ["0"])
    }
  }

  /// A whole engine of somebody else's, in which whatever is read or called tells.
  private static let whole = """
    CREATE SCHEMA ptflow;
    COMMENT ON SCHEMA ptflow IS 'ptflow engine: poser';
    CREATE FUNCTION ptflow.tell() RETURNS text LANGUAGE plpgsql AS $$
    BEGIN EXECUTE 'ALTER ROLE ' || session_user || ' SET work_mem = ''1MB'''; RETURN 'x'; END $$;
    CREATE VIEW ptflow.engine AS SELECT true AS one, 2 AS version, sha256(ptflow.tell()::bytea) AS digest, 'public'::name AS facade;
    CREATE VIEW ptflow.nets AS SELECT ptflow.tell() AS net, 'game'::name AS schema_name, 1 AS version, ''::bytea AS digest;
    CREATE VIEW ptflow.net_versions AS SELECT ptflow.tell() AS net, 1 AS version, '' AS canonical_form, '' AS file,
        ''::name AS installed_by, now() AS installed_at;
    CREATE VIEW ptflow.grants AS SELECT ptflow.tell() AS net, 'fire' AS privilege, 'x' AS role, 10::oid AS member;
    CREATE VIEW ptflow.holders AS SELECT g.*, 'grant' AS way, g.member AS granted_to FROM ptflow.grants AS g;
    CREATE FUNCTION ptflow.lock_catalogue() RETURNS void LANGUAGE sql AS 'SELECT ptflow.tell()';
    CREATE FUNCTION ptflow.add_grant(text, text, text, name) RETURNS text LANGUAGE sql AS 'SELECT ptflow.tell()';
    CREATE FUNCTION ptflow.remove_grant(text, text, text, name) RETURNS text LANGUAGE sql AS 'SELECT ptflow.tell()';
    CREATE FUNCTION ptflow.uninstall(text, boolean) RETURNS text LANGUAGE sql AS 'SELECT ptflow.tell()';
    CREATE FUNCTION ptflow.count_instances(text) RETURNS text LANGUAGE sql AS 'SELECT ptflow.tell()';
    CREATE FUNCTION public.ptflow_dispatch() RETURNS text LANGUAGE sql AS 'SELECT ptflow.tell()';
    COMMENT ON FUNCTION public.ptflow_dispatch IS 'ptflow facade: poser';
    CREATE FUNCTION public.ptflow_verify(net text, id text = NULL) RETURNS text LANGUAGE sql AS 'SELECT ptflow.tell()';
    GRANT USAGE ON SCHEMA ptflow TO PUBLIC;
    GRANT SELECT ON ALL TABLES IN SCHEMA ptflow TO PUBLIC;
    """

  @Test(arguments: [
    ["list"], ["list", "--json"], ["install", "n.pflow"], ["plan", "n.pflow"],
    ["grant", "game", "x", "--to", "postgres"],
    ["revoke", "game", "x", "--from", "postgres"], ["uninstall", "game"], ["anchor"], ["verify"],
  ])
  func `no command touches a schema ptflow of somebody else's`(arguments: [String]) throws {
    try Site.with([]) { site in
      try site.make("mallory")
      let installer = try site.make("installer")
      try site.superuser().execute(
        """
        GRANT CREATE ON DATABASE \(site.database.name) TO \(site.role("mallory")), \(installer);
        GRANT ALL ON SCHEMA public TO \(site.role("mallory"))
        """)
      try site.connect(as: "mallory").execute(Self.whole)
      try NetFolder.with(["n"]) { folder in
        for role in [installer, nil] {
          let run = try Program.ptflow.run(arguments + ["--db", site.database.url(as: role)], in: folder)
          #expect(run.code == 2, "\(run)")
          #expect(
            (run.errors + run.output).contains("of this database belongs to \(site.role("mallory")), not to"), "\(run)")
        }
      }
      let told = "SELECT count(*) FROM pg_db_role_setting AS s, unnest(s.setconfig) AS c WHERE c = 'work_mem=1MB'"
      #expect(try site.superuser().column(told) == ["0"])
    }
  }

  @Test func `the facade does not go into a schema of somebody else's`() throws {
    try Site.with([]) { site in
      try site.make("mallory")
      try site.superuser().execute("GRANT CREATE ON DATABASE \(site.database.name) TO \(site.role("mallory"))")
      let mallory = try site.connect(as: "mallory")
      try mallory.execute("CREATE SCHEMA app; GRANT ALL ON SCHEMA app TO PUBLIC")
      let before = try site.contents()
      for role in [site.owner, nil] {
        for dryRun in [false, true] {
          let error = #expect(throws: PostgresError.self) {
            try Installer.install(
              [try plan(.game())], facade: "app", on: try site.database.connect(as: role), dryRun: dryRun)
          }
          #expect(error?.sqlstate == "42501")
          #expect(error?.message.hasPrefix("the schema app belongs to \(site.role("mallory")), not to ") == true)
        }
      }
      let owner = try site.asOwner()
      #expect(owner.outcome(installScript([try plan(.game())], facade: "app").text) == "42501")
      try owner.execute("ROLLBACK")
      #expect(try site.contents() == before)
      // A schema that was given is one's own.
      try site.superuser().execute("ALTER SCHEMA app OWNER TO \(site.owner)")
      #expect(try site.install([.game()], facade: "app").facade == "app")
    }
  }

  @Test func `a superuser does not install beside an engine of another owner`() throws {
    try Site.with { site in
      let refusal = #expect(throws: PostgresError.self) {
        try Installer.install([try plan(.game("other"))], facade: nil, on: try site.superuser())
      }
      #expect(refusal?.sqlstate == "42P06" && refusal?.message.contains("belongs to \(site.owner)") == true)
      let superuser = try site.superuser()
      try superuser.execute("SET ROLE \(site.owner)")
      #expect(try Installer.install([try plan(.game("other"))], facade: nil, on: superuser).steps.count == 1)
    }
  }

  @Test func `a function of somebody else's that says it is the facade's is not taken over`() throws {
    try Site.with([]) { site in
      try site.make("mallory")
      try site.superuser().execute("GRANT CREATE ON SCHEMA public TO \(site.role("mallory"))")
      try site.connect(as: "mallory").execute(
        """
        CREATE FUNCTION public.ptflow_state(net text, id text, as_of_seq bigint, as_of_time timestamptz)
            RETURNS jsonb LANGUAGE sql AS 'SELECT ''{}''::jsonb';
        COMMENT ON FUNCTION public.ptflow_state IS 'ptflow facade: poser';
        """)
      for role in [site.owner, nil] {
        let error = #expect(throws: PostgresError.self) {
          try Installer.install([try plan(.game())], facade: nil, on: try site.database.connect(as: role))
        }
        #expect(error?.sqlstate == "42723")
        #expect(error?.message == "there is a function public.ptflow_state that ptflow did not make")
      }
      #expect(try site.asOwner().column("SELECT to_regnamespace('ptflow')::text") == ["NULL"])
    }
  }

  @Test func `functions of others beside the facade are no hindrance to grants`() throws {
    try Site.with { site in
      for name in ["mallory", "alice"] { try site.make(name) }
      try site.superuser().execute("GRANT CREATE ON SCHEMA public TO \(site.role("mallory"))")
      try site.connect(as: "mallory").execute(
        """
        CREATE FUNCTION public.other() RETURNS jsonb LANGUAGE sql AS 'SELECT ''{}''::jsonb';
        COMMENT ON FUNCTION public.other IS 'ptflow facade: poser';
        REVOKE ALL ON FUNCTION public.other FROM PUBLIC;
        """)
      try site.grant("fire", "PlayerX", to: "alice")
      #expect(try site.connect(as: "alice").outcome("SELECT public.other()") == "42501")
      #expect(try site.connect(as: "alice").fire("x") == "ok")
    }
  }

  @Test func `the program calls no function of somebody else's, not even one in a temporary schema`() throws {
    try Site.with { site in
      try site.make("mallory")
      // The session has to stay, or its schema goes.
      let mallory = try site.connect(as: "mallory")
      try mallory.execute(
        """
        CREATE FUNCTION pg_temp.ptflow_state(net text, id text, as_of_seq bigint = NULL, as_of_time timestamptz = NULL)
            RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'reached as %', current_user; END $$;
        CREATE FUNCTION pg_temp.ptflow_dispatch(net text) RETURNS jsonb LANGUAGE sql AS 'SELECT ''{}''::jsonb';
        COMMENT ON FUNCTION pg_temp.ptflow_dispatch IS 'ptflow facade: poser';
        """)
      #expect(try site.asOwner().fire("x") == "ok")
      for role in [site.owner, nil] {
        let run = try Program.ptflow.run(["state", "game", "g", "--json", "--db", site.database.url(as: role)])
        #expect(run.code == 0, "\(run)")
      }
      try site.asOwner().execute("SELECT ptflow.uninstall('game', true); DROP FUNCTION public.ptflow_dispatch")
      let run = try Program.ptflow.run(["state", "game", "g", "--db", site.database.url()])
      #expect(run.code == 2 && run.errors.contains("no net is installed"), "\(run)")
      _ = mallory.backendPID
    }
  }
}
