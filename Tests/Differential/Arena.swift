import Compiler
import Diagnostics
import Installer
import PetriNet
import Plan
import Postgres
import SQL
import TestServer

/// A database with the nets of some cases, and a session in it.
public struct Arena: ~Copyable {
  /// The role that installs the nets.
  static let owner = "ann"
  /// The role that holds some of their roles. Its name could be taken for more than one field of a hash.
  static let member = "ben ä,3:b"

  /// The session, as the superuser.
  let connection: Connection

  /// Runs something in an arena of its own.
  public static func with<Outcome>(_ cases: [Case], _ body: (borrowing Arena) throws -> Outcome) throws -> Outcome {
    for role in [owner, member] {
      try Connection(TestServer.url).execute(
        """
        DO $$ BEGIN CREATE ROLE "\(role)" LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
        """)
    }
    return try TestDatabase.with(owner: owner) { database in
      let arena = try Arena(cases, in: database)
      return try body(arena)
    }
  }

  private init(_ cases: [Case], in database: TestDatabase) throws {
    let plans = try cases.map { one in
      try compile(one.net, source: Source(file: "net.test", format: "test", text: one.net.canonicalForm))
    }
    let connection = try database.connect()
    _ = try install(plans, facade: nil, on: try database.connect(as: Self.owner))
    for one in cases {
      for role in one.memberRoles {
        try connection.query("SELECT ptflow.add_grant($1, 'fire', $2, $3)", [one.net.name, role, Self.member])
      }
    }
    // Who holds nothing of one net may call all the same, if it holds something of another.
    try connection.execute(
      """
      GRANT EXECUTE ON FUNCTION ptflow_dispatch, ptflow_dispatch_many, ptflow_create, ptflow_try TO "\(Self.member)"
      """)
    try connection.execute("SET synchronous_commit = off; SET TimeZone = 'UTC'")
    try connection.execute(callsFunction)
    try connection.execute(bulkFunction)
    self.connection = connection
  }

  /// The table of a net's instances.
  static func states(of net: Net) throws -> String {
    let plan = try compile(net, source: Source(file: "", format: "test", text: ""))
    let table: SQL = "\(name: plan.schema).states"
    return table.text
  }
}

/// Makes calls one after the other, as who should, and says of each what became of it: the answer, or the code and the
/// detail of the refusal. What has no detail, or no message or hint for people, is told apart, and so is a dispatch of which
/// `ptflow_try` said something else beforehand.
private let callsFunction = """
  CREATE FUNCTION torture_calls(calls jsonb)
      RETURNS TABLE (code text, answer text)
      LANGUAGE plpgsql
  AS $$
  DECLARE
      call    record;
      message text;
      hint    text;
      tried   text;
  BEGIN
      FOR call IN
          SELECT c.*
            FROM ROWS FROM (jsonb_to_recordset(calls)
                            AS (caller text, creates boolean, net text, id text, action text, payload text,
                                multiple bigint, expected bigint, key text)) WITH ORDINALITY AS c
           ORDER BY c.ordinality
      LOOP
          tried := NULL;
          IF NOT call.creates THEN
              BEGIN
                  PERFORM set_config('role', call.caller, true);
                  answer := ptflow_try(call.net, call.id, call.action, call.payload::jsonb, call.multiple, call.expected,
                                       call.key)::jsonb;
                  PERFORM set_config('role', 'none', true);
                  tried := format('00000 %s', CASE answer::jsonb -> 'replayed' WHEN 'true' THEN answer::jsonb
                                              ELSE answer::jsonb - '{hash,at}'::text[] END);
              EXCEPTION WHEN OTHERS THEN
                  GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, answer = PG_EXCEPTION_DETAIL,
                                          message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
                  tried := concat_ws(' ', code, answer, message, hint);
              END;
          END IF;

          BEGIN
              PERFORM set_config('role', call.caller, true);
              IF call.creates THEN
                  answer := ptflow_create(call.net, call.id)::jsonb;
              ELSE
                  answer := ptflow_dispatch(call.net, call.id, call.action, call.payload::jsonb, call.multiple,
                                            call.expected, call.key)::jsonb;
              END IF;
              PERFORM set_config('role', 'none', true);
              code := '00000';
              IF tried <> format('00000 %s', CASE answer::jsonb -> 'replayed' WHEN 'true' THEN answer::jsonb
                                             ELSE answer::jsonb - '{hash,at}'::text[] END)
              THEN
                  answer := format('%s | tried %s', answer, tried);
              END IF;
          EXCEPTION WHEN OTHERS THEN
              GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, answer = PG_EXCEPTION_DETAIL,
                                      message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
              IF message = '' OR hint = '' OR answer = '' THEN
                  answer := format('%s | detail %s | hint %s', message, answer, hint);
              ELSIF tried <> concat_ws(' ', code, answer, message, hint) THEN
                  answer := format('%s | tried %s', answer, tried);
              END IF;
          END;
          RETURN NEXT;
      END LOOP;
  END;
  $$
  """
