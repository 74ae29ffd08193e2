import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// What a dispatch that succeeds costs, as the server tells it: the last event read and the next one inserted.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct HappyPathTests {
  let net: Net

  init() throws {
    net = try Net(
      "n", [Place("a", initial: 50), Place("b", capacity: 90), Place("c", initial: 4)],
      [
        .t(
          "t", by: ["r", "q"], .input("a", 2), .output("b"), .read("c"), .inhibitor("b", 80), .reset("c"), .output("c"))
      ])
  }

  /// The tables that the transaction has written to, with the numbers of rows inserted, updated and deleted.
  private func written(_ connection: borrowing Connection) throws -> [[String?]] {
    try connection.query(
      """
      SELECT relid::regclass, n_tup_ins, n_tup_upd + n_tup_del
        FROM pg_stat_xact_all_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 ORDER BY relname
      """
    ).map(\.values)
  }

  @Test func `one row is inserted, nothing else is written`() throws {
    try TestDatabase.with(nets: [net]) { database in
      try database.connect().create("n", "a")
      try database.connect().create("n", "b")
      // The counts of a session begin with it.
      let connection = try database.connect()
      try connection.execute("BEGIN")
      try connection.dispatch("n", "a", "t")
      #expect(try written(connection) == [["n.events", "1", "0"]])
      try connection.execute("ROLLBACK")
    }
  }

  @Test func `the first event of an instance inserts the instance and its beginning as well`() throws {
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.execute("BEGIN")
      try connection.dispatch("n", "a", "t")
      #expect(try written(connection) == [["n.events", "2", "0"], ["n.instances", "1", "0"]])
      try connection.execute("ROLLBACK")
    }
  }

  @Test func `a key, or several firings, are one row more`() throws {
    try TestDatabase.with(nets: [net]) { database in
      try database.connect().create("n", "a")
      let connection = try database.connect()
      try connection.execute("BEGIN")
      try connection.dispatch("n", "a", "t", multiple: 3, key: "k")
      #expect(try written(connection) == [["n.details", "1", "0"], ["n.events", "1", "0"]])
      try connection.execute("ROLLBACK")
    }
  }

  @Test func `a refused dispatch writes nothing`() throws {
    try TestDatabase.with(nets: [net]) { database in
      try database.connect().create("n", "a")
      let connection = try database.connect()
      try connection.execute("BEGIN; SAVEPOINT s")
      #expect(try connection.refusal(dispatching: "t", "n", "a", multiple: 90).code == "PT409")
      try connection.execute("ROLLBACK TO s")
      let sql = "SELECT FROM pg_stat_xact_all_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
      #expect(try connection.query(sql).isEmpty)
      try connection.execute("ROLLBACK")
    }
  }

  @Test func `no subtransaction is opened, by the first event, a later one or one with a key`() throws {
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      var first = true
      for key in [nil, "k", nil] as [String?] {
        try connection.execute("BEGIN")
        try connection.dispatch("n", "a", "t", key: key)
        // What a subtransaction writes bears its own number, not that of the transaction.
        let writers = try connection.query(
          """
          SELECT pg_current_xact_id()::xid, (SELECT i.xmin FROM n.instances AS i),
                 (SELECT e.xmin FROM n.events AS e ORDER BY e.seq DESC LIMIT 1)
          """)
        #expect(writers[0][0] == writers[0][2])
        if key == nil, first { #expect(writers[0][0] == writers[0][1]) }
        first = false
        try connection.execute("COMMIT")
      }
    }
  }

  @Test(.enabled(if: Statements.canBeSeen, "the server has no auto_explain"))
  func `one statement reads the last event, one inserts the next, and nothing else is run`() throws {
    try TestDatabase.with(nets: [net]) { database in
      let statements = Statements()
      let connection = try statements.connect(to: database)
      try connection.dispatch("n", "a", "t")
      _ = statements.taken()
      try connection.dispatch("n", "a", "t")
      let plans = statements.taken()
      // The call itself ends last.
      let beginnings = ["SELECT e.seq, e.txid, greatest", "INSERT INTO n.events", "SELECT ptflow_dispatch("]
      #expect(plans.count == beginnings.count)
      for (plan, beginning) in zip(plans, beginnings) { #expect(plan.contains(beginning)) }
      #expect(plans[0].contains("Index Scan Backward using events_pkey"))
    }
  }

  @Test func `no function that a dispatch calls runs dynamic SQL or catches an exception`() throws {
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      let functions = try connection.query(
        """
        SELECT p.oid::regprocedure, pg_get_functiondef(p.oid)
          FROM pg_proc AS p
         WHERE p.pronamespace IN ('n'::regnamespace, 'public'::regnamespace)
            OR p.pronamespace = 'ptflow'::regnamespace
               AND p.proname NOT IN ('add_grant', 'add_administrator', 'remove_grant', 'lock_catalogue', 'lock_instances', 'count_instances', 'limit_wait', 'seal', 'sync_privileges',
                                     'refresh_facade', 'drop_net', 'uninstall', 'adopt', 'refresh_numbered')
        """)
      #expect(functions.count > 30)
      for function in functions {
        let text = (function[1] ?? "").uppercased()
        #expect(text.replacing("'EXECUTE'", with: "").firstMatch(of: /\bEXECUTE\b/) == nil, "\(function)")
        // But for the claims of a gateway, of which only PostgreSQL knows whether it can read them (decision 30); and for
        // what no dispatch calls: a goal, which is read likewise, and a simulation, which tells a refusal (decision 46).
        let catches = text.firstMatch(of: /\bEXCEPTION\s+WHEN\b/) != nil
        let mayCatch = ["read_claim(", "goal(text,text)", "n.simulate("].contains { function[0]?.contains($0) == true }
        #expect(catches == mayCatch, "\(function)")
      }
    }
  }
}

/// The statements that a session runs, those inside functions too, as auto_explain tells them.
private final class Statements {
  static let canBeSeen: Bool = (try? Connection(TestServer.url).execute("LOAD 'auto_explain'")) != nil

  private var plans: [String] = []

  func connect(to database: TestDatabase) throws -> Connection {
    let connection = try Connection(database.url()) { [weak self] notice in self?.plans.append(notice.message) }
    try connection.execute(
      """
      LOAD 'auto_explain';
      SET auto_explain.log_min_duration = 0;
      SET auto_explain.log_nested_statements = on;
      SET auto_explain.log_level = notice;
      """)
    return connection
  }

  /// What was run since the last time, each with its plan.
  func taken() -> [String] {
    defer { plans = [] }
    return plans
  }
}
