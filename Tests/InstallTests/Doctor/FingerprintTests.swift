import Installer
import PetriNet
import Plan
import Postgres
import TestServer
import Testing

/// An unchanged net that nobody has touched is kept without anything being made anew; one that somebody may have touched is
/// looked at.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct FingerprintTests {
  @Test func `where nothing was touched, nothing is made anew to see that`() throws {
    try Site.with([]) { site in
      let plans = try netsOfRepository()
      let owner = try site.asOwner()
      _ = try Installer.install(plans, facade: "calls", on: owner)
      try forbidMaking(in: site.database)
      let before = try site.contents()
      for dryRun in [true, false] {
        let installation = try Installer.install(plans, facade: nil, on: owner, dryRun: dryRun)
        #expect(installation.isEmpty && installation.faults == [])
      }
      #expect(Installer.glance(at: plans.map(\.net.name), on: owner)?.differences == [])
      #expect(try site.contents() == before)

      // One net was touched: it cannot be told any more without making it anew.
      try site.superuser().execute("COMMENT ON VIEW \"\(plans[0].schema)\".states IS 'mine'")
      #expect(throws: PostgresError.self) { try Installer.install(plans, facade: nil, on: owner) }
      _ = try Installer.install(Array(plans.dropFirst()), facade: nil, on: owner)
    }
  }

  @Test func `statistics, files and freezing are no touch`() throws {
    try Site.with { site in
      let owner = try site.asOwner()
      for action in ["x", "o"] { #expect(owner.fire(action) == "ok") }
      let superuser = try site.superuser()
      for statement in ["VACUUM (FULL, ANALYZE)", "VACUUM (FREEZE)", "REINDEX SCHEMA game"] {
        try superuser.execute(statement)
      }
      try forbidMaking(in: site.database)
      #expect(try site.install([.game()]).isEmpty)
    }
  }

  @Test func `what was looked at and was right need not be looked at again`() throws {
    try Site.with { site in
      let owner = try site.asOwner()
      // As after a restore, where all that is right has other numbers.
      try owner.execute("UPDATE ptflow.fingerprints SET found = sha256('')")
      #expect(try site.install([.game()]).isEmpty)
      try forbidMaking(in: site.database)
      #expect(try site.install([.game()]).isEmpty)
    }
  }

  @Test func `SQL that another version wrote, or another engine, is looked at`() throws {
    for change in ["schema_name = 'game'", "schema_name = 'ptflow'"] {
      try Site.with { site in
        try site.asOwner().execute("UPDATE ptflow.fingerprints SET written = sha256('') WHERE \(change)")
        try forbidMaking(in: site.database)
        #expect(throws: PostgresError.self) { try site.install([.game()]) }
      }
    }
  }

  @Test func `a restored database is looked at once`() throws {
    try Site.with { site in
      #expect(try site.asOwner().fire("x") == "ok")
      try TestDatabase.with(owner: site.owner) { copy in
        let dump = try Program.named("pg_dump").run(["--no-sync", site.database.url()])
        #expect(try site.psql(dump.output, ["-v", "ON_ERROR_STOP=1"], database: copy).errors == "")
        let owner = try copy.connect(as: site.owner)
        let plans = [try plan(.game())]
        #expect(try Installer.install(plans, facade: nil, on: owner).isEmpty)
        try forbidMaking(in: copy)
        #expect(try Installer.install(plans, facade: nil, on: owner).isEmpty)
      }
    }
  }

  @Test func `a net that is uninstalled leaves no fingerprint`() throws {
    try Site.with { site in
      let owner = try site.asOwner()
      try owner.execute("SELECT ptflow.uninstall('game')")
      #expect(try owner.column("SELECT f.schema_name FROM ptflow.fingerprints AS f") == ["ptflow"])
    }
  }

  /// Lets nobody make a view or rename a schema in a database any more, as who looks at a net does.
  private func forbidMaking(in database: TestDatabase) throws {
    try database.connect().execute(
      """
      CREATE SCHEMA tests;
      CREATE FUNCTION tests.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
      BEGIN
          RAISE EXCEPTION 'something is made anew: %', tg_tag;
      END;
      $$;
      CREATE EVENT TRIGGER nothing_new ON ddl_command_start WHEN TAG IN ('CREATE VIEW', 'ALTER SCHEMA')
          EXECUTE FUNCTION tests.refuse();
      """)
  }
}
