import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// What would be, without anything being kept. That a trial says what a dispatch says is in the differential test.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct WhatIfTests {
  @Test func `a trial answers like a dispatch, without hash and time, and keeps nothing`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.execute("BEGIN READ ONLY")
      let text = try connection.value("SELECT ptflow_try('shuttle', 'a', 'take')")
      try connection.execute("COMMIT")
      let tried = Answer(try JSON(text ?? "null"))
      #expect(try connection.value("SELECT count(*) FROM shuttle.events") == "0")
      let fired = try connection.dispatch("shuttle", "a", "take", key: "k")
      #expect(tried.hash == nil && tried.at == nil && tried.replayed == false)
      #expect(tried.net == fired.net && tried.id == fired.id && tried.seq == fired.seq && tried.state == fired.state)
      #expect(tried.action == "take" && tried.multiple == 1)
      // A key that came before is answered again, whole.
      let again = try connection.value("SELECT ptflow_try('shuttle', 'a', 'take', key => 'k')")
      #expect(Answer(try JSON(again ?? "null")).replay == fired.replay)
    }
  }

  @Test func `a trial waits for nobody who fires`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let firing = try database.connect()
      try firing.create("shuttle", "a")
      try firing.execute("BEGIN")
      try firing.dispatch("shuttle", "a", "take")
      try firing.query("SELECT FROM shuttle.instances FOR UPDATE")
      let other = try database.connect()
      try other.execute("SET lock_timeout = '1ms'")
      #expect(try other.value("SELECT ptflow_try('shuttle', 'a', 'take') -> 'seq'") == "1")
      #expect(try other.query("SELECT FROM ptflow_simulate('shuttle', 'a', '[\"take\"]')").count == 1)
      try firing.execute("ROLLBACK")
    }
  }

  @Test func `a simulation goes step by step to the first refusal`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      func rows(_ actions: String, id: String = "a") throws -> [[String?]] {
        try connection.query(
          "SELECT step, action, seq, state ->> 'there', code FROM ptflow_simulate('shuttle', $1, $2)", [id, actions]
        ).map(\.values)
      }
      let actions = #"["take", {"action": "put", "payload": {"by": "ann"}, "expected": 1}, "put", "take"]"#
      let expected: [[String?]] = [
        ["1", "take", "1", "1", nil], ["2", "put", "2", "0", nil], ["3", "put", nil, nil, "PT409"],
      ]
      #expect(try rows(actions) == expected)
      #expect(try connection.value("SELECT count(*) FROM shuttle.instances") == "0")
      try connection.dispatch("shuttle", "a", "take")
      #expect(try rows(#"["put"]"#) == [["1", "put", "2", "0", nil]])
      #expect(try rows("[]") == [])

      // The refusal is that of the dispatch, whole.
      let row = try connection.query(
        "SELECT code, message, detail, hint FROM ptflow_simulate('shuttle', 'a', '[\"take\"]')")[0]
      let refusal = try connection.refusal(dispatching: "take", "shuttle", "a")
      #expect(row[0] == refusal.code && row[1] == refusal.message && row[3] == refusal.hint)
      #expect(try JSON(row[2] ?? "null") == refusal.detail)
      for (action, code) in [
        (#""fly""#, "PT404"), (#"{"action": "put", "multiple": 0}"#, "PT400"),
        (#"{"action": "put", "expected": 7}"#, "PT412"), (#"{"action": "put", "multiple": 2}"#, "PT409"),
      ] {
        #expect(try rows("[\(action), \"put\"]").map { $0[4] } == [code])
      }
      for actions in [
        #"{"action": "put"}"#, "null", "[1]", "[null]", #"[{"payload": 1}]"#, #"[{"action": "put", "key": "k"}]"#,
        #"[{"action": "put", "multiple": 1.5}]"#, #"[{"action": 1}]"#, #"[["put"]]"#,
      ] {
        let refusal = try connection.refusal("SELECT ptflow_simulate('shuttle', 'a', $1)", [actions])
        #expect(refusal.code == "PT400" && refusal.detail["argument"] == "actions", "\(actions)")
      }
    }
  }

  @Test func `a plan is a shortest way, and its simulation gets there`() throws {
    let net = try Net(
      "n", [Place("a", initial: 2), Place("b"), Place("c"), Place("to d")],
      [
        .t("ab", .input("a"), .output("b")), .t("bc", .input("b"), .output("c")),
        .t("cd", .input("c", 2), .output("to d")),
        .t("direct", by: ["boss"], .input("a"), .output("c")), .t("more", .output("a")),
      ])
    try TestDatabase.with(nets: [net]) { database in
      let owner = try database.connect()
      func plan(_ goal: String, _ steps: Int, _ connection: borrowing Connection) throws -> JSON? {
        try connection.value("SELECT ptflow_plan('n', 'i', $1, $2)", [goal, "\(steps)"]).map { try JSON($0) }
      }
      #expect(try plan(#"$."to d" >= 1"#, 10, owner) == ["direct", "direct", "cd"])
      #expect(try plan(#"$."to d" >= 1"#, 2, owner) == nil)
      #expect(try plan("$.a == 2", 0, owner) == [])
      #expect(try plan("$.a == 4 && $.b == 1", 9, owner) == ["ab", "more", "more", "more"])
      #expect(try owner.value("SELECT count(*) FROM n.events") == "0")

      // Of who may less, it goes a longer way.
      let member = "\(database.name)_m"
      try owner.execute("CREATE ROLE \(member) LOGIN")
      for (privilege, role) in [("read", ""), ("fire", "default")] {
        try owner.query("SELECT ptflow.add_grant('n', $1, $2, $3)", [privilege, role, member])
      }
      let connection = try database.connect(as: member)
      let way = try connection.value("SELECT ptflow_plan('n', 'i', $1)", [#"$."to d" >= 1"#])
      #expect(try JSON(way ?? "null") == ["ab", "ab", "bc", "bc", "cd"])
      let last = try connection.query(
        "SELECT step, state, code FROM ptflow_simulate('n', 'i', $1) ORDER BY step DESC LIMIT 1", [way])[0]
      #expect(last.values == ["5", #"{"a": 0, "b": 0, "c": 0, "to d": 1}"#, nil])
    }
  }

  @Test func `a goal that says nothing is refused, and a search has an end`() throws {
    let net = try Net(
      "n", (0..<6).map { Place("p\($0)") }, (0..<6).map { .t("t\($0)", .output("p\($0)")) })
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      for goal in ["$.p0 >= ", "p0 = 1", "$.q >= 1", "$.p0", "strict $.q == 1", "$.p0 like_regex \"(\"", ""] {
        let refusal = try connection.refusal("SELECT ptflow_plan('n', 'i', $1)", [goal])
        #expect(refusal.code == "PT400" && refusal.detail["argument"] == "goal", "\(goal): \(refusal)")
      }
      #expect(try connection.refusal("SELECT ptflow_plan('n', 'i', NULL)").code == "PT400")
      for steps in ["-1", "NULL"] {
        #expect(
          try connection.refusal("SELECT ptflow_plan('n', 'i', '$.p0 == 1', \(steps))").detail["argument"]
            == "max_steps")
      }
      #expect(try connection.value("SELECT ptflow_plan('n', 'i', 'lax $.p1 > 0', 9223372036854775807)") == #"["t1"]"#)
      let refusal = try connection.refusal("SELECT ptflow_plan('n', 'i', '$.p0 > 100', 1000)")
      #expect(refusal.code == "54000" && refusal.detail["markings"] == 100000)
    }
  }
}
