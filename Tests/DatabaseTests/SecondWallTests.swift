import PetriNet
import Postgres
import TestServer
import Testing

/// What the tables refuse to whoever writes to them by hand, the owner and superusers included.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct SecondWallTests {
  @Test func `a count that a place cannot have is refused by its domain`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.create("shuttle", "a")
      #expect(try connection.code("UPDATE shuttle.states SET seq = 1, head = sha256('x'), here = -1") == "23000")
      try connection.execute("SET ptflow.writing = 'on'")
      for change in ["here = -1", "there = -1", "there = 3", "here = NULL"] {
        let code = try connection.code("UPDATE shuttle.states SET seq = 1, head = sha256('x'), \(change)")
        #expect(["23514", "23502"].contains(code), "\(change): \(code)")
      }
    }
  }

  @Test(arguments: [
    // A state that no event explains.
    "UPDATE shuttle.states SET here = 3",
    "UPDATE shuttle.states SET seq = seq + 2, head = sha256('x')",
    "UPDATE shuttle.states SET seq = seq - 1, head = sha256('x')",
    "UPDATE shuttle.states SET id = 'b', seq = seq + 1, head = sha256('x')",
    "DELETE FROM shuttle.states",
    "TRUNCATE shuttle.states",
    "TRUNCATE shuttle.states, shuttle.events",
    "INSERT INTO shuttle.states VALUES ('b', 1, sha256('x'), 1, now(), now())",
    "INSERT INTO shuttle.states VALUES ('b', 0, sha256('x'), 1, now(), now(), 2)",
    // An event that did not happen, or not like this.
    "UPDATE shuttle.events SET payload = '1'",
    "UPDATE shuttle.events SET seq = 2",
    "DELETE FROM shuttle.events",
    "TRUNCATE shuttle.events",
    "\(copy("id", "seq + 1"))",
    "\(copy("id", "seq + 2"))",
    "\(copy("'b'", "seq"))",
    "\(copy("'b'", "1"))",
    "MERGE INTO shuttle.events AS e USING (VALUES ('a')) AS v (id) ON e.id = v.id WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM shuttle.events RETURNING id) DELETE FROM shuttle.states AS s USING gone AS g WHERE s.id = g.id",
  ])
  func `what only a transition may do is refused by hand`(_ statement: String) throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      try connection.dispatch("shuttle", "other", "take")
      try connection.execute("UPDATE shuttle.places SET place = place")
      #expect(try connection.code(statement) == "23000")
      #expect(try connection.problems("shuttle") == [])
    }
  }

  @Test(arguments: ["", "SELECT ptflow_dispatch('shuttle', 'a', 'put')", "SELECT ptflow_create('shuttle', 'new')"])
  func `a state is not moved by hand, not even in the transaction of a call`(_ call: String) throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      #expect(try connection.code("\(call); UPDATE shuttle.states SET seq = seq + 1, head = sha256('x')") == "23000")
      #expect(try connection.code("\(call); INSERT INTO shuttle.events SELECT * FROM shuttle.events") == "23000")
    }
  }

  @Test func `a refusal that is caught leaves the wall as it was`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      let caught = "BEGIN PERFORM ptflow_dispatch('shuttle', 'a', 'take'); EXCEPTION WHEN OTHERS THEN NULL; END;"
      #expect(try connection.code("DO $$ BEGIN \(caught) UPDATE shuttle.states SET seq = 9; END $$") == "23000")
      #expect(try connection.code("SAVEPOINT s; DO $$ BEGIN \(caught) END $$; DELETE FROM shuttle.states") == "23000")
    }
  }

  @Test func `whoever pretends to be a function can make a gap, and is found`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      try connection.execute("SET ptflow.writing = 'on'; UPDATE shuttle.states SET seq = seq + 1, head = sha256('x')")
      #expect(try connection.problems("shuttle") == ["a 1 instance"])
    }
  }

  @Test func `a marking that breaks a law is refused, with the triggers down too`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.create("shuttle", "a")
      try connection.takeDownTheSecondWall()
      #expect(try connection.code("UPDATE shuttle.states SET there = 1") == "23514")
      #expect(try connection.code("UPDATE shuttle.states SET here = 0, there = 1") == "")
      let words = "SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conname = 'states_law'"
      #expect(try connection.value(words) == "here + there = 1")
      #expect(try connection.value("SELECT 1::shuttle.token_1") == "1")
    }
  }

  @Test func `a law of narrow columns holds wherever its markings are`() throws {
    let late = try Net(
      name: "late",
      places: [Place("a", capacity: 30_000), Place("b", capacity: 30_000), Place("c", initial: 60_000)],
      transitions: [Transition("left"), Transition("right")],
      arcs: [
        Arc(.input, place: 2, transition: 0), Arc(.output, place: 0, transition: 0),
        Arc(.input, place: 2, transition: 1), Arc(.output, place: 1, transition: 1),
      ])
    let change = try Net(
      name: "change", places: [Place("cents", initial: 3_000_000_000), Place("notes")],
      transitions: [Transition("change")],
      arcs: [Arc(.input, place: 0, transition: 0, weight: 100_000), Arc(.output, place: 1, transition: 0)])
    try TestDatabase.with(nets: [late, change]) { database in
      let connection = try database.connect()
      let words = "string_agg(obj_description(oid, 'pg_constraint'), '; ' ORDER BY oid)"
      let laws = try connection.value("SELECT \(words) FROM pg_constraint WHERE conname = 'states_law'")
      #expect(laws == "a + b + c = 60000; cents + 100000·notes = 3000000000")
      for call in ["'late', 'i', 'left'", "'late', 'i', 'right'", "'change', 'i', 'change'"] {
        #expect(try connection.code("SELECT ptflow_dispatch(\(call), multiple => 30000)") == "", "\(call)")
        try connection.execute("SELECT ptflow_dispatch(\(call), multiple => 30000)")
      }
      try connection.takeDownTheSecondWall()
      #expect(try connection.code("UPDATE late.states SET a = 29999") == "23514")
      #expect(try connection.code("UPDATE change.states SET notes = 29999") == "23514")
    }
  }

  @Test func `with the wall taken down, what is done is found`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      try connection.execute("ALTER TABLE shuttle.events DISABLE TRIGGER USER; TRUNCATE shuttle.events")
      #expect(try connection.problems("shuttle") == ["a 1 instance"])
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
        UPDATE shuttle.states AS s
           SET seq = 1, here = 2, updated_at = s.created_at,
               head = sha256(s.head || convert_to(concat(
                          '1:a,3:put,1,2:{},1:x,:,', '1,', (extract(epoch FROM s.created_at) * 1000000)::bigint, ',',
                          '7:default,', '{2,0}'), 'UTF8'));
        INSERT INTO shuttle.events (id, seq, action, multiple, payload, marking, actor, role, at, hash)
        SELECT s.id, 1, 'put', 1, '{}', '{2,0}', 'x', 'default', s.updated_at, s.head FROM shuttle.states AS s
        """)
      #expect(try connection.problems("shuttle") == ["a 1 marking", "a 1 not enabled"])
    }
  }

  private static func copy(_ id: String, _ seq: String) -> String {
    """
    INSERT INTO shuttle.events (id, seq, action, multiple, payload, marking, actor, role, at, hash)
    SELECT \(id), \(seq), action, multiple, payload, marking, actor, role, at, hash FROM shuttle.events WHERE id = 'a'
    """
  }
}

extension Connection {
  /// The SQLSTATE with which a statement is refused; empty when it is not.
  fileprivate func code(_ statement: String) throws -> String {
    do {
      try execute("BEGIN; \(statement)")
      try execute("ROLLBACK")
      return ""
    } catch {
      try execute("ROLLBACK")
      return error.sqlstate
    }
  }
}
