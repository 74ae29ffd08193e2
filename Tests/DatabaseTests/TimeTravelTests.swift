import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// What was, and what changed since.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct TimeTravelTests {
  /// A counter with a log whose times a test writes: the clock of the server cannot be set.
  private func withTimes(_ times: [String: [String]], _ body: (borrowing Connection) throws -> Void) throws {
    let net = try Net("n", [Place("p"), Place("q")], [.t("t", .output("p"))])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      for (id, times) in times {
        try connection.create("n", id)
        for _ in times.dropFirst() { try connection.dispatch("n", id, "t") }
      }
      try connection.takeDownTheSecondWall()
      for (id, times) in times {
        for (seq, time) in times.enumerated() {
          try connection.query("UPDATE n.events SET at = $1 WHERE id = $2 AND seq = $3", [time, id, "\(seq)"])
        }
      }
      try body(connection)
    }
  }

  private func moment(_ second: Int) -> String { "2026-01-01 00:\(second / 60):\(second % 60)Z" }

  @Test func `the state at a time is that of the last event by then, for every length and every time`() throws {
    // The clock stood still, or was set back: an event is never before the one before it, so some have one time.
    let instances = (1...12).map { length in
      ("i\(length)", (0..<length).map { moment(60 + 2 * ($0 - $0 % (1 + length % 3))) })
    }
    try withTimes(Dictionary(uniqueKeysWithValues: instances)) { connection in
      for second in 59...90 {
        let sql = """
          SELECT e.id, max(e.seq) FROM n.events AS e WHERE e.at <= $1 GROUP BY e.id ORDER BY e.id COLLATE "C"
          """
        let expected = try connection.query(sql, [moment(second)]).map(\.values)
        let all = try connection.query("SELECT id, seq FROM ptflow_states_as_of('n', $1)", [moment(second)])
        #expect(all.map(\.values) == expected, "\(second)")
        for row in expected {
          let one = "SELECT ptflow_state('n', $1, as_of_time => $2) ->> 'seq'"
          #expect(try connection.value(one, [row[0], moment(second)]) == row[1])
        }
        for (id, times) in instances where times[0] > moment(second) {
          let refusal = try connection.refusal("SELECT ptflow_state('n', $1, NULL, $2)", [id, moment(second)])
          #expect(refusal.code == "PT404")
        }
      }
    }
  }

  @Test func `the states of all instances are read in pages, and told like the state of one`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      for id in ["b", "a", "C", "d"] { try connection.create("shuttle", id) }
      let moment = try connection.dispatch("shuttle", "a", "take").at
      try connection.dispatch("shuttle", "a", "put")
      try connection.create("shuttle", "e")
      func ids(_ arguments: String) throws -> [String?] {
        try connection.query("SELECT id FROM ptflow_states_as_of('shuttle', $1\(arguments))", [moment]).map { $0[0] }
      }
      #expect(try ids("") == ["C", "a", "b", "d"])
      #expect(try ids(", after_id => 'a'") == ["b", "d"])
      #expect(try ids(", after_id => 'C', \"limit\" => 2") == ["a", "b"])
      #expect(try ids(", NULL, 0") == [])
      let rows = try connection.query(
        """
        SELECT s.id FROM ptflow_states_as_of('shuttle', $1) AS s
         WHERE jsonb_build_object('net', 'shuttle') || to_jsonb(s) = ptflow_state('shuttle', s.id, as_of_time => $1)
        """, [moment])
      #expect(rows.count == 4)
      #expect(try connection.query("SELECT FROM ptflow_states_as_of('shuttle', '-infinity')").isEmpty)
      #expect(try connection.query("SELECT FROM ptflow_states_as_of('shuttle', \"time\" => 'infinity')").count == 5)
      #expect(try connection.refusal("SELECT ptflow_states_as_of('shuttle', NULL)").detail["argument"] == "time")
      #expect(try connection.refusal("SELECT ptflow_states_as_of('shuttle', now(), NULL, -1)").code == "PT400")
      #expect(try connection.refusal("SELECT ptflow_states_as_of('no', now())").code == "PT404")
    }
  }

  @Test func `a time is found by a few look-ups, not by reading back`() throws {
    let net = try Net("n", [], [.t("t")])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.create("n", "i")
      let early = try connection.value("SELECT clock_timestamp()")
      let events = (1...3000).map { _ in #"{"net": "n", "id": "i", "action": "t"}"# }.joined(separator: ",")
      try connection.query("SELECT ptflow_dispatch_many($1)", ["[\(events)]"])
      try connection.execute("VACUUM ANALYZE n.events")
      let before = try fetched(connection)
      #expect(try connection.value("SELECT ptflow_state('n', 'i', as_of_time => $1) -> 'seq'", [early]) == "0")
      let after = try fetched(connection)
      #expect(after - before < 100)
    }
  }

  /// How many rows of the log this session has fetched by its key.
  private func fetched(_ connection: borrowing Connection) throws -> Int {
    try connection.execute("SELECT pg_stat_force_next_flush()")
    let sql = "SELECT idx_tup_fetch FROM pg_stat_user_tables WHERE relid = 'n.events'::regclass"
    return Int(try connection.value(sql) ?? "") ?? 0
  }

  @Test func `a difference names the places whose tokens changed`() throws {
    let net = try Net(
      "n", [Place("z", initial: 3), Place("a"), Place("still", initial: 1)],
      [.t("t", .input("z"), .output("a", 2)), .t("back", .input("a", 2), .output("z"))])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      for action in ["t", "t", "back"] { try connection.dispatch("n", "i", action) }
      func rows(_ arguments: String) throws -> [[String?]] {
        try connection.query("SELECT place, before, after, change FROM ptflow_diff('n', 'i'\(arguments))").map(\.values)
      }
      #expect(try rows("") == [["z", "3", "2", "-1"], ["a", "0", "2", "2"]])
      #expect(try rows(", 1, 2") == [["z", "2", "1", "-1"], ["a", "2", "4", "2"]])
      #expect(try rows(", 2, 1") == [["z", "1", "2", "1"], ["a", "4", "2", "-2"]])
      #expect(try rows(", 1, 3") == [])
      #expect(try rows(", from_seq => 3") == [])
      for (arguments, code, argument) in [
        ("-1", "PT400", "from_seq"), ("NULL", "PT400", "from_seq"), ("0, -1", "PT400", "to_seq"),
      ] {
        let refusal = try connection.refusal("SELECT ptflow_diff('n', 'i', \(arguments))")
        #expect(refusal.code == code && refusal.detail["argument"]?.string == argument)
      }
      #expect(try connection.refusal("SELECT ptflow_diff('n', 'i', 4)").detail["from_seq"] == 4)
      #expect(try connection.refusal("SELECT ptflow_diff('n', 'i', 0, 4)").detail["seq"] == 3)
      #expect(try connection.refusal("SELECT ptflow_diff('n', 'no')").code == "PT404")
    }
  }
}
