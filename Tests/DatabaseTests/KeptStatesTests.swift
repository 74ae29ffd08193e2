import Installer
import PetriNet
import Postgres
import SQL
import TestNets
import TestServer
import Testing

/// A net that keeps its states has in a table what another has in a view.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct KeptStatesTests {
  @Test func `the table follows each way to fire, and is what the view of another net says`() throws {
    try TestDatabase.with(nets: [.keeping("kept"), .named("viewed")]) { database in
      let connection = try database.connect()
      for net in ["kept", "viewed"] {
        try connection.execute(
          """
          SELECT ptflow_create('\(net)', 'created');
          SELECT ptflow_dispatch('\(net)', 'single', 'take');
          SELECT ptflow_dispatch('\(net)', 'single', 'put', key => 'k');
          SELECT ptflow_dispatch('\(net)', 'single', 'put', key => 'k');
          SELECT ptflow_dispatch_many('[{"net": "\(net)", "id": "many", "action": "take"},
                                        {"net": "\(net)", "id": "other", "action": "take"},
                                        {"net": "\(net)", "id": "single", "action": "take"},
                                        {"net": "\(net)", "id": "many", "action": "put"},
                                        {"net": "\(net)", "id": "many", "action": "take"}]');
          SELECT \(net).take('door');
          """)
        #expect(try connection.code("SELECT ptflow_dispatch('\(net)', 'other', 'take')") == "PT409")
        #expect(try connection.code("SELECT ptflow_dispatch('\(net)', 'new', 'put')") == "PT409")
        try connection.execute("BEGIN; SELECT ptflow_dispatch('\(net)', 'gone', 'take'); ROLLBACK")
      }
      #expect(try connection.value("SELECT relkind FROM pg_class WHERE oid = 'kept.states'::regclass") == "r")
      #expect(try connection.value("SELECT relkind FROM pg_class WHERE oid = 'viewed.states'::regclass") == "v")
      let columns: (String) throws -> [[String?]] = { net in
        try connection.query(
          "SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = '\(net).states'::regclass AND attnum > 0"
        ).map(\.values)
      }
      #expect(try columns("kept") == (try columns("viewed")))
      let rows: (String) throws -> [[String?]] = { net in
        try connection.query("SELECT id, seq, here, there, version FROM \(net).states ORDER BY id").map(\.values)
      }
      #expect(try rows("kept") == (try rows("viewed")))
      #expect(try rows("kept").map { $0[0] } == ["created", "door", "many", "other", "single"])
      #expect(
        try connection.query(
          """
          SELECT s.id FROM kept.states AS s
            JOIN kept.events AS e ON e.id = s.id AND e.seq = s.seq AND e.hash = s.head AND e.at = s.updated_at
            JOIN kept.events AS b ON b.id = s.id AND b.seq = 0 AND b.at = s.created_at
          """
        ).count == 5)
      #expect(try connection.problems("kept") == [])
    }
  }

  @Test(arguments: [
    ("INSERT INTO shuttle.states SELECT * FROM shuttle.states", "428C9"),
    ("INSERT INTO shuttle.states (id) VALUES ('b')", "2200H"),
    ("UPDATE shuttle.states SET here = 3", "23000"),
    ("DELETE FROM shuttle.states", "23000"),
    ("TRUNCATE shuttle.states", "23000"),
  ])
  func `nobody writes to the table by hand`(_ statement: String, _ code: String) throws {
    try TestDatabase.with(nets: [.keeping("shuttle")]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      #expect(try connection.code(statement) == code)
      #expect(try connection.code("SELECT ptflow_dispatch('shuttle', 'a', 'put'); \(statement)") == code)
      #expect(try connection.problems("shuttle") == [])
    }
  }

  @Test func `verify finds the rows that are not what the log says, and replay makes them anew`() throws {
    try TestDatabase.with(nets: [.keeping("shuttle")]) { database in
      let connection = try database.connect()
      for id in ["changed", "late", "lost", "right"] { try connection.dispatch("shuttle", id, "take") }
      try connection.execute("SET session_replication_role = replica")
      try connection.execute(
        """
        UPDATE shuttle.states SET there = 2 WHERE id = 'changed';
        DELETE FROM shuttle.states WHERE id = 'lost';
        SELECT ptflow_dispatch('shuttle', 'late', 'put');
        INSERT INTO shuttle.states OVERRIDING SYSTEM VALUE
        SELECT 'invented', 1, 0, 1, s.updated_at, s.head, s.version, s.created_at FROM shuttle.states AS s LIMIT 1;
        SET session_replication_role = origin;
        """)
      let wrong = ["changed 1 states", "invented 1 states", "late 2 states", "lost 1 states"]
      #expect(try connection.problems("shuttle") == wrong)
      #expect(try connection.query("SELECT problem FROM ptflow_verify('shuttle', 'right')").isEmpty)
      #expect(try connection.value("SELECT problem FROM ptflow_verify('shuttle', 'late')") == "states")

      let found = try replay("shuttle", repairing: false, on: connection)
      #expect(found.map(\.wrong) == [4])
      #expect(try connection.problems("shuttle") == wrong)
      #expect(try replay(nil, repairing: true, on: connection).map { [$0.rows, $0.wrong] } == [[4, 4]])
      #expect(try connection.problems("shuttle") == [])
      #expect(try replay(nil, repairing: true, on: connection).map { [$0.rows, $0.wrong] } == [[4, 0]])
      // The wall stands again.
      #expect(try connection.code("DELETE FROM shuttle.states") == "23000")
      try connection.dispatch("shuttle", "lost", "put")
      #expect(try connection.problems("shuttle") == [])
    }
  }

  @Test func `a net that is too wide for a column a place keeps its markings`() throws {
    var wide = try Net(
      "wide", (0..<1700).map { Place("p\($0)", initial: $0 == 0 ? 1 : 0) },
      [.t("go", .input("p0"), .output("p1699"))])
    wide.keepsStates = true
    try TestDatabase.with(nets: [wide]) { database in
      let connection = try database.connect()
      try connection.dispatch("wide", "a", "go")
      #expect(try connection.value("SELECT marking[1700] - marking[1] FROM wide.states") == "1")
      #expect(try connection.problems("wide") == [])
    }
  }

  @Test(arguments: ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
  func `single and bulk calls that race leave what the log says`(_ isolation: String) throws {
    try TestDatabase.with(nets: [.keeping("shuttle")]) { database in
      let settings = "SET default_transaction_isolation = '\(isolation)'"
      let codes = try atOnce(6, in: database, prepare: settings) { number, connection in
        (0..<20).map { round in
          let action = round % 2 == 0 ? "take" : "put"
          let ids = ["a", "b", "c"].map { "{\"net\": \"shuttle\", \"id\": \"\($0)\", \"action\": \"\(action)\"}" }
          let call =
            number % 2 == 0
            ? "SELECT ptflow_dispatch('shuttle', '\(["a", "b", "c"][round % 3])', '\(action)')"
            : "SELECT ptflow_dispatch_many('[\(ids.joined(separator: ","))]')"
          do throws(PostgresError) {
            try connection.execute(call)
            return ""
          } catch {
            return error.sqlstate
          }
        }
      }
      #expect(Set(codes.joined()).isSubset(of: ["", "PT409", "40001", "40P01"]))
      #expect(try database.connect().problems("shuttle") == [])
    }
  }

  @Test func `a net that is removed takes its table along`() throws {
    try TestDatabase.with(nets: [.keeping("shuttle")]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      try connection.execute("SELECT ptflow.uninstall('shuttle', true)")
      #expect(try connection.value("SELECT to_regnamespace('shuttle')") == nil)
    }
  }
}

extension Net {
  /// The shuttle, with its states in a table.
  fileprivate static func keeping(_ name: String) -> Net {
    var net = named(name)
    net.keepsStates = true
    return net
  }
}
