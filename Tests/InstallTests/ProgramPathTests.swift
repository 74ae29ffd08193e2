import Foundation
import PetriNet
import Postgres
import TestServer
import Testing

/// What others have put on the search path of whoever runs the program is not what it finds.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct ProgramPathTests {
  /// Operators that fit better than PostgreSQL's own where an argument has no type or another, and a function; each tells.
  private static let traps = """
    CREATE FUNCTION SCHEMA.tell() RETURNS void LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'reached as %', current_user USING ERRCODE = 'XX999'; END $$;
    CREATE FUNCTION SCHEMA.json_of(jsonb, jsonb) RETURNS jsonb LANGUAGE sql AS 'SELECT SCHEMA.tell(); SELECT $1';
    CREATE FUNCTION SCHEMA.times(numeric, integer) RETURNS numeric LANGUAGE sql AS 'SELECT SCHEMA.tell(); SELECT $1';
    CREATE OPERATOR SCHEMA.-> (LEFTARG = jsonb, RIGHTARG = jsonb, FUNCTION = SCHEMA.json_of);
    CREATE OPERATOR SCHEMA.-  (LEFTARG = jsonb, RIGHTARG = jsonb, FUNCTION = SCHEMA.json_of);
    CREATE OPERATOR SCHEMA.*  (LEFTARG = numeric, RIGHTARG = integer, FUNCTION = SCHEMA.times);
    """

  /// The same by the very names and types of PostgreSQL's own, for a path on which they come first.
  private static let shadows = """
    CREATE FUNCTION SCHEMA.encode(bytea, text) RETURNS text LANGUAGE sql AS 'SELECT SCHEMA.tell(); SELECT ''x''';
    CREATE FUNCTION SCHEMA.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT SCHEMA.tell(); SELECT $1';
    CREATE FUNCTION SCHEMA.to_regclass(text) RETURNS regclass LANGUAGE sql AS 'SELECT SCHEMA.tell(); SELECT NULL::regclass';
    CREATE FUNCTION SCHEMA.equal(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT SCHEMA.tell(); SELECT true';
    CREATE FUNCTION SCHEMA.equal(bigint, bigint) RETURNS boolean LANGUAGE sql AS 'SELECT SCHEMA.tell(); SELECT true';
    CREATE OPERATOR SCHEMA.= (LEFTARG = text,   RIGHTARG = text,   FUNCTION = SCHEMA.equal);
    CREATE OPERATOR SCHEMA.= (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = SCHEMA.equal);
    CREATE DOMAIN SCHEMA.text AS pg_catalog.text CHECK (false);
    """

  /// Runs the program as the owner, in a folder of its own, after the net has an event.
  private func with(
    _ commands: [[String]], before: (Site) throws -> Void
  ) throws {
    try Site.with { site in
      try site.make("mallory")
      #expect(try site.asOwner().fire("x") == "ok")
      try before(site)
      let folder = FileManager.default.temporaryDirectory.appending(path: "ptflow-path-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try Data("{\"net\": \"game\", \"id\": \"h\", \"action\": \"x\"}\n".utf8).write(
        to: URL(fileURLWithPath: folder).appending(path: "events.jsonl"))
      for command in commands {
        let run = try Program.ptflow.run(command + ["--db", site.database.url(as: site.owner)], in: folder)
        #expect(run.code == 0, "\(command): \(run)")
        #expect(!run.errors.contains("reached"), "\(command): \(run)")
      }
    }
  }

  private static let ofTheOwner = [
    ["anchor", "-o", "anchor.json"], ["prove", "game", "g", "--anchor", "anchor.json", "-o", "proof.json"],
    ["verify", "--anchor", "anchor.json"], ["list"],
  ]

  @Test func `where strangers may create in public, no operator of theirs is found`() throws {
    let ofClients = [
      ["dispatch", "--file", "events.jsonl"], ["events", "game", "g", "--json"], ["enabled", "game", "g", "--json"],
      ["why", "game", "g", "o", "--json"], ["state", "game", "g", "--json"], ["verify", "game", "--json"],
    ]
    try with(Self.ofTheOwner + ofClients) { site in
      try site.superuser().execute("GRANT CREATE ON SCHEMA public TO \(site.role("mallory"))")
      let mallory = try site.connect(as: "mallory")
      try mallory.execute(Self.traps.replacing("SCHEMA", with: "public"))
      // The traps are where an unwary statement falls into them.
      for trap in ["'{}'::jsonb -> '1'", "'{}'::jsonb - '1'", "1.5 * 2"] {
        #expect(try site.asOwner().outcome("SELECT \(trap)") == "XX999", "\(trap)")
      }
    }
  }

  @Test func `an anchor and a proof are read past a search path on which a stranger comes first`() throws {
    try with(Self.ofTheOwner.filter { $0[0] != "verify" }) { site in
      try site.superuser().execute("CREATE SCHEMA evil AUTHORIZATION \(site.role("mallory"))")
      let mallory = try site.connect(as: "mallory")
      try mallory.execute(
        (Self.traps + Self.shadows).replacing("SCHEMA", with: "evil") + "GRANT USAGE ON SCHEMA evil TO PUBLIC")
      try site.superuser().execute("ALTER ROLE \(site.owner) SET search_path = evil, public, pg_catalog")
      #expect(try site.asOwner().outcome("SELECT encode('x'::bytea, 'hex')") == "XX999")
    }
  }
}
