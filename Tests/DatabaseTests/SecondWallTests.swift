import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// What the tables refuse to whoever writes to them by hand, the owner and superusers included.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct SecondWallTests {
  @Test func `a marking that cannot be is refused by its domain, whoever writes it`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.create("shuttle", "a")
      for marking in ["{-1,2}", "{2,-1}", "{0,2}", "{1}", "{1,0,0}", "{1,1}", "{1,NULL}", "{}"] {
        #expect(try connection.code(Self.copy("id", "seq + 1", marking: "'\(marking)'")) == "23514", "\(marking)")
      }
      #expect(try connection.code(Self.copy("id", "seq + 1", marking: "NULL")) == "23514")
      #expect(try connection.code(Self.copy("id", "seq + 1", marking: "'{0,1}'")) == "")
      #expect(try connection.code("SELECT '{0,2}'::shuttle.marking") == "23514")
    }
  }

  @Test(arguments: [
    ("INSERT INTO shuttle.events SELECT * FROM shuttle.events", "428C9"),
    ("INSERT INTO shuttle.events (id) VALUES ('a')", "2200H"),
    ("INSERT INTO shuttle.instances VALUES ('b', 0)", "428C9"),
    ("INSERT INTO shuttle.instances (id) VALUES ('b')", "2200H"),
    ("INSERT INTO shuttle.instances VALUES ('b', DEFAULT)", "2200H"),
    ("INSERT INTO shuttle.details VALUES (1, 2, 'a', 'k')", "428C9"),
    ("INSERT INTO shuttle.details (id, multiple, key) VALUES ('a', 2, 'k')", "2200H"),
    ("INSERT INTO shuttle.states (id) VALUES ('b')", "55000"),
    ("UPDATE shuttle.states SET here = 3", "55000"),
    ("UPDATE shuttle.events SET payload = '1'", "23000"),
    ("UPDATE shuttle.events SET marking = '{0,1}' WHERE false", "23000"),
    ("UPDATE shuttle.events SET seq = 2", "428C9"),
    ("UPDATE shuttle.instances SET id = 'b'", "23000"),
    ("DELETE FROM shuttle.events", "23000"),
    ("DELETE FROM shuttle.instances", "23000"),
    ("DELETE FROM shuttle.details", "23000"),
    ("TRUNCATE shuttle.events", "23000"),
    ("TRUNCATE shuttle.instances, shuttle.details, shuttle.events", "23000"),
    ("MERGE INTO shuttle.events AS e USING (VALUES ('a')) AS v (id) ON e.id = v.id WHEN MATCHED THEN DELETE", "23000"),
    ("WITH gone AS (DELETE FROM shuttle.events RETURNING id) DELETE FROM shuttle.instances", "23000"),
  ])
  func `what only a transition may do is refused by hand`(_ statement: String, _ code: String) throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      try connection.dispatch("shuttle", "other", "take", key: "k")
      #expect(try connection.code(statement) == code)
      // Not in the transaction of a call either, nor after one that was refused.
      #expect(try connection.code("SELECT ptflow_dispatch('shuttle', 'a', 'put'); \(statement)") == code)
      let caught = "BEGIN PERFORM ptflow_dispatch('shuttle', 'a', 'take'); EXCEPTION WHEN OTHERS THEN NULL; END;"
      #expect(try connection.code("DO $$ BEGIN \(caught) END $$; \(statement)") == code)
      #expect(try connection.problems("shuttle") == [])
    }
  }

  @Test func `what an owner overrides is found`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      try connection.execute(Self.copy("id", "seq + 2"))
      #expect(try connection.problems("shuttle") == ["a 3 hash", "a 3 marking", "a 3 not enabled", "a 3 seq"])
    }
  }

  @Test func `the domain has each law and each bound by name, in the net's words`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      let constraints = try connection.query(
        """
        SELECT c.conname, obj_description(c.oid, 'pg_constraint')
          FROM pg_constraint AS c WHERE c.contypid = 'shuttle.marking'::regtype ORDER BY c.conname
        """)
      #expect(
        constraints.map(\.values) == [
          ["at_most_1", "No place holds more than 1 tokens."], ["count_of_places", "One number a place."],
          ["law_1", "here + there = 1"], ["not_negative", "No place holds fewer than 0 tokens."],
        ])
    }
  }

  @Test func `a law holds wherever its markings are, also where 32 bits are too few for its sum`() throws {
    let half = Int(Int32.max) / 2 + 1
    let late = try Net(
      "late", [Place("a"), Place("b", initial: half)], [.t("go", .input("b"), .output("a"))])
    let change = try Net(
      "change", [Place("cents", initial: 3_000_000_000), Place("notes")],
      [.t("change", .input("cents", 100_000), .output("notes"))])
    try TestDatabase.with(nets: [late, change]) { database in
      let connection = try database.connect()
      for call in ["'late', 'i', 'go'", "'change', 'i', 'change'"] {
        try connection.execute("SELECT ptflow_dispatch(\(call), multiple => 29999)")
        try connection.execute("SELECT ptflow_dispatch(\(call))")
      }
      #expect(try connection.code("SELECT '{\(half),\(half)}'::late.marking") == "23514")
      #expect(try connection.code("SELECT '{3000000000,29999}'::change.marking") == "23514")
      #expect(try connection.code("SELECT '{0,30000}'::change.marking") == "")
    }
  }

  @Test func `a dispatch nests: from a trigger of any table, also of the log, and in bulk`() throws {
    try TestDatabase.with(nets: [.shuttle, .named("other")]) { database in
      let connection = try database.connect()
      try connection.execute(
        """
        CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.action <> '' THEN
                PERFORM public.ptflow_dispatch('other', NEW.id, NEW.action);
            END IF;
            RETURN NULL;
        END;
        $$;
        CREATE TRIGGER follows AFTER INSERT ON shuttle.events FOR EACH ROW EXECUTE FUNCTION follow()
        """)
      try connection.dispatch("shuttle", "a", "take")
      try connection.query(
        """
        SELECT ptflow_dispatch_many('[{"net": "shuttle", "id": "a", "action": "put"},
                                      {"net": "shuttle", "id": "b", "action": "take"},
                                      {"net": "shuttle", "id": "a", "action": "take"}]')
        """)
      for net in ["shuttle", "other"] {
        #expect(try connection.state(net, "a") == ["here": 0, "there": 1])
        #expect(try connection.state(net, "b") == ["here": 0, "there": 1])
        #expect(try connection.problems(net) == [])
      }
    }
  }

  @Test func `with the wall taken down, what is done is found`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      try connection.execute("ALTER TABLE shuttle.events DISABLE TRIGGER USER; TRUNCATE shuttle.events")
      #expect(try connection.problems("shuttle") == ["a 0 instance"])
    }
  }

  @Test func `a firing that the net does not allow is found, however well it is chained`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.create("shuttle", "a")
      // The owner writes what a transition would write, hash and all, but `put` has nothing to take.
      try connection.takeDownAllWalls()
      try connection.execute(
        """
        INSERT INTO shuttle.events
        SELECT 1, e.txid, e.at, e.version, e.id, 'put', 'x', 'default', '{2,-1}', '{}',
               sha256(e.hash || timestamptz_send(e.at) || sha256('{}')
                      || convert_to('1,:,3:put,7:default,x', 'UTF8'))
          FROM shuttle.events AS e
        """)
      #expect(try connection.problems("shuttle") == ["a 1 not enabled"])
    }
  }

  /// An event that did not happen, written by who overrides the wall.
  private static func copy(_ id: String, _ seq: String, marking: String = "marking") -> String {
    """
    INSERT INTO shuttle.events OVERRIDING SYSTEM VALUE
    SELECT \(seq), txid, at, version, \(id), action, actor, role, \(marking), payload, hash
      FROM shuttle.events WHERE id = 'a' ORDER BY seq DESC LIMIT 1
    """
  }
}
