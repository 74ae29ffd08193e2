import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// The six codes, each with what it says to programs and a next step for people.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct RefusalTests {
  /// A call that is refused, and how.
  struct Case: Sendable, CustomTestStringConvertible {
    let sql: String
    let detail: JSON

    init(_ sql: String, _ detail: JSON) {
      self.sql = sql
      self.detail = detail
    }

    var testDescription: String { sql }
  }

  @Test func `a null where a value is due is PT400`() throws {
    let cases = [
      ("SELECT ptflow_dispatch(NULL, 'a', 'take')", "net"),
      ("SELECT ptflow_dispatch('shuttle', NULL, 'take')", "id"),
      ("SELECT ptflow_dispatch('shuttle', 'a', NULL)", "action"),
      ("SELECT ptflow_dispatch('shuttle', 'a', 'take', NULL)", "payload"),
      ("SELECT ptflow_dispatch('shuttle', 'a', 'take', multiple => NULL)", "multiple"),
      ("SELECT ptflow_create(NULL, 'a')", "net"), ("SELECT ptflow_create('shuttle', NULL)", "id"),
      ("SELECT ptflow_state(NULL, 'a')", "net"), ("SELECT ptflow_state('shuttle', NULL)", "id"),
      ("SELECT ptflow_enabled(NULL, 'a')", "net"), ("SELECT ptflow_enabled('shuttle', NULL)", "id"),
      ("SELECT ptflow_why_not(NULL, 'a', 'take')", "net"), ("SELECT ptflow_why_not('shuttle', NULL, 'take')", "id"),
      ("SELECT ptflow_why_not('shuttle', 'a', NULL)", "action"),
      ("SELECT ptflow_events(NULL, 'a')", "net"), ("SELECT ptflow_events('shuttle', NULL)", "id"),
      ("SELECT ptflow_verify(NULL)", "net"),
    ]
    try expect("PT400", cases.map { Case($0.0, ["argument": .text($0.1), "value": nil]) }, [.shuttle]) { connection in
      try connection.create("shuttle", "a")
    }
  }

  @Test func `an argument out of its range is PT400`() throws {
    let long = String(repeating: "ä", count: 256)
    try expect(
      "PT400",
      [
        Case("SELECT ptflow_dispatch('shuttle', 'a', 'take', multiple => 0)", ["argument": "multiple", "value": 0]),
        Case("SELECT ptflow_dispatch('shuttle', 'a', 'take', multiple => -1)", ["argument": "multiple", "value": -1]),
        Case(
          "SELECT ptflow_dispatch('shuttle', 'a', 'take', multiple => -9223372036854775808)",
          ["argument": "multiple", "value": -9_223_372_036_854_775_808]),
        Case("SELECT ptflow_dispatch('shuttle', 'a', 'take', expected => -1)", ["argument": "expected", "value": -1]),
        Case("SELECT ptflow_dispatch('shuttle', 'a', 'take', key => '')", ["argument": "key", "length": 0]),
        Case("SELECT ptflow_dispatch('shuttle', 'a', 'take', key => '\(long)')", ["argument": "key", "length": 256]),
        Case("SELECT ptflow_dispatch('shuttle', '', 'take')", ["argument": "id", "length": 0]),
        Case("SELECT ptflow_dispatch('shuttle', '', 'take', key => 'k')", ["argument": "id", "length": 0]),
        Case("SELECT ptflow_dispatch('shuttle', '\(long)', 'take')", ["argument": "id", "length": 256]),
        // Before anything is looked for: with another seq, with an action that is not there.
        Case("SELECT ptflow_dispatch('shuttle', '', 'take', expected => 3)", ["argument": "id", "length": 0]),
        Case("SELECT ptflow_dispatch('shuttle', '\(long)', 'nil')", ["argument": "id", "length": 256]),
        Case("SELECT ptflow_dispatch('shuttle', '', 'nil', key => 'k')", ["argument": "id", "length": 0]),
        Case("SELECT ptflow_create('shuttle', '')", ["argument": "id", "length": 0]),
        Case("SELECT ptflow_create('shuttle', '\(long)')", ["argument": "id", "length": 256]),
        Case("SELECT ptflow_state('shuttle', 'a', -1)", ["argument": "as_of_seq", "value": -1]),
        Case(
          "SELECT ptflow_state('shuttle', 'a', 0, now())",
          ["argument": "as_of_seq", "value": 0, "net": "shuttle", "id": "a"]),
        Case("SELECT ptflow_events('shuttle', 'a', 0, -1)", ["argument": "limit", "value": -1]),
      ], [.shuttle]
    ) { connection in
      try connection.create("shuttle", "a")
    }
  }

  @Test func `an id and a key of 255 characters will do`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      let long = String(repeating: "ä", count: 255)
      #expect(try connection.dispatch("shuttle", long, "take", key: long).id == long)
    }
  }

  @Test func `what is not there is PT404`() throws {
    let calls = [
      "ptflow_dispatch('nil', 'a', 'take')", "ptflow_create('nil', 'a')", "ptflow_state('nil', 'a')",
      "ptflow_enabled('nil', 'a')", "ptflow_why_not('nil', 'a', 'take')", "ptflow_events('nil', 'a')",
      "ptflow_verify('nil')", "ptflow_verify('nil', 'a')",
    ]
    let readings = [
      "ptflow_state('shuttle', 'b')", "ptflow_enabled('shuttle', 'b')", "ptflow_why_not('shuttle', 'b', 'take')",
      "ptflow_events('shuttle', 'b')", "ptflow_verify('shuttle', 'b')",
    ]
    let others = [
      Case("SELECT ptflow_dispatch('Shuttle', 'a', 'take')", ["net": "Shuttle"]),
      Case("SELECT ptflow_dispatch('shuttle', 'a', 'Take')", ["net": "shuttle", "id": "a", "action": "Take"]),
      Case("SELECT ptflow_dispatch('shuttle', 'b', '')", ["net": "shuttle", "id": "b", "action": ""]),
      Case("SELECT ptflow_dispatch('shuttle', 'b', 'no', key => 'k')", ["net": "shuttle", "id": "b", "action": "no"]),
      Case("SELECT ptflow_why_not('shuttle', 'a', 'no')", ["net": "shuttle", "id": "a", "action": "no"]),
      Case("SELECT ptflow_state('shuttle', 'a', 1)", ["net": "shuttle", "id": "a", "as_of_seq": 1, "seq": 0]),
    ]
    try expect(
      "PT404",
      calls.map { Case("SELECT \($0)", ["net": "nil"]) }
        + readings.map { Case("SELECT \($0)", ["net": "shuttle", "id": "b"]) } + others, [.shuttle]
    ) { connection in
      try connection.create("shuttle", "a")
    }
  }

  @Test func `a time before an instance began is PT404`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      let began = try connection.create("shuttle", "a").at
      let refusal = try connection.refusal(
        "SELECT ptflow_state('shuttle', 'a', as_of_time => '2000-01-01 00:00:00+00')")
      #expect(refusal.code == "PT404")
      #expect(refusal.detail["created_at"]?.string == began)
      #expect(refusal.detail["as_of_time"]?.string == "2000-01-01T00:00:00+00:00")
      #expect(!refusal.hint.isEmpty)
    }
  }

  @Test func `a transition that is not enabled is PT409, with each place`() throws {
    let net = try Net(
      "all",
      [
        Place("in"), Place("read", initial: 1), Place("inhibited", initial: 2), Place("full", initial: 3, capacity: 4),
        Place("put"), Place("reset", initial: 9, capacity: 9),
      ],
      [
        .t(
          "t", .output("put"), .reset("reset"), .output("full", 2), .inhibitor("inhibited", 2), .read("read", 2),
          .input("in", 3))
      ])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.create("all", "a")
      let refusal = try connection.refusal(dispatching: "t", "all", "a", multiple: 2)
      #expect(refusal.code == "PT409")
      #expect(
        refusal.detail == [
          "net": "all", "id": "a", "action": "t", "multiple": 2, "seq": 0,
          "places": [
            ["place": "in", "condition": "input", "tokens": 0, "need": 6],
            ["place": "read", "condition": "read", "tokens": 1, "need": 2],
            ["place": "inhibited", "condition": "inhibitor", "tokens": 2, "need": 2],
            ["place": "full", "condition": "capacity", "tokens": 3, "need": 0],
          ],
        ])
      #expect(refusal.message.contains("in has 0 of 6; read has 1 of 2; inhibited has 2, must have fewer than 2"))
      #expect(refusal.hint.contains("ptflow_enabled('all', 'a')"))
      #expect(try connection.state("all", "a")["reset"] == 9)
    }
  }

  @Test func `an overflow is PT409, never a wrap`() throws {
    let net = try Net("n", [Place("p")], [.t("one", .output("p")), .t("three", .output("p", 3))])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.create("n", "a")
      try connection.dispatch("n", "a", "one", multiple: Int.max - 1)
      let refusal = try connection.refusal(dispatching: "three", "n", "a")
      #expect(refusal.code == "PT409")
      #expect(
        refusal.detail["places"] == [
          [
            "place": "p", "condition": "overflow", "tokens": 9_223_372_036_854_775_806,
            "need": 9_223_372_036_854_775_804,
          ]
        ])
      #expect(try connection.dispatch("n", "a", "one").state == ["p": Int.max])
      #expect(try connection.refusal(dispatching: "one", "n", "a").code == "PT409")
    }
  }

  @Test func `the largest multiple is refused where it does not fit, and fires where it does`() throws {
    let net = try Net(
      "n", [Place("p", initial: 5, capacity: 9), Place("q"), Place("loop", initial: 1)],
      [
        .t("take", .input("p", 2)), .t("give", .output("p", 2)), .t("put", .output("q")),
        .t("put two", .output("q", 2)),
        .t("bar", .output("q"), .inhibitor("q", 3)), .t("look", .input("loop"), .output("loop")), .t("nothing"),
      ])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      for action in ["take", "give", "put two", "bar"] {
        try connection.create("n", action)
        #expect(try connection.refusal(dispatching: action, "n", action, multiple: .max).code == "PT409")
        #expect(try connection.refusal(dispatching: action, "n", action, multiple: .max - 1).code == "PT409")
        #expect(try connection.refusal(dispatching: action, "n", "new", multiple: .max).code == "PT409")
      }
      #expect(try connection.dispatch("n", "a", "put", multiple: .max).state["q"] == Int.max)
      #expect(try connection.dispatch("n", "a", "look", multiple: .max).state["loop"] == 1)
      #expect(try connection.dispatch("n", "a", "nothing", multiple: .max).multiple == Int.max)
      #expect(try connection.problems("n") == [])
    }
  }

  @Test func `what can never fit after a reset is PT409, whatever the column's type`() throws {
    let net = try Net(
      "n", [Place("p", initial: 3, capacity: 5), Place("q", capacity: 70_000)],
      [.t("t", .reset("p"), .output("p", 40_000)), .t("u", .reset("q"), .output("q", .max))])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      let refusal = try connection.refusal(dispatching: "t", "n", "a", multiple: 5)
      #expect(refusal.code == "PT409")
      #expect(
        refusal.detail["places"] == [["place": "p", "condition": "capacity", "tokens": 3, "need": -39_995]])
      #expect(try connection.refusal(dispatching: "u", "n", "a").code == "PT409")
    }
  }

  @Test func `another seq than the expected one is PT412`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      for expected in [0, 2, Int.max] {
        // Not enabled either, but who expected something else should read first.
        let refusal = try connection.refusal(dispatching: "take", "shuttle", "a", expected: expected)
        #expect(refusal.code == "PT412")
        #expect(
          refusal.detail == [
            "net": "shuttle", "id": "a", "action": "take", "expected": .whole(expected), "actual": 1,
          ])
        #expect(refusal.hint.contains("ptflow_events('shuttle', 'a', "))
      }
      let refusal = try connection.refusal(dispatching: "take", "shuttle", "new", expected: 1)
      #expect(refusal.code == "PT412")
      #expect(refusal.detail["actual"] == 0)
    }
  }

  @Test func `a key that came with another body is PT422`() throws {
    let net = try Net("n", [], [.t("t"), .t("u")])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.dispatch("n", "a", "t", payload: "{\"x\": 1}", multiple: 2, key: "k")
      func differs(_ action: String, _ payload: String, _ multiple: Int) throws -> JSON? {
        let refusal = try connection.refusal(
          dispatching: action, "n", "a", payload: payload, multiple: multiple, key: "k")
        #expect(refusal.code == "PT422")
        #expect(refusal.detail["key"] == "k" && refusal.detail["seq"] == 1 && refusal.detail["net"] == "n")
        #expect(!refusal.hint.isEmpty)
        return refusal.detail["differs"]
      }
      #expect(try differs("u", "{\"x\": 1}", 2) == ["action"])
      #expect(try differs("t", "{\"x\": 2}", 2) == ["payload"])
      #expect(try differs("t", "{\"x\": 1}", 1) == ["multiple"])
      #expect(try differs("u", "null", 1) == ["action", "multiple", "payload"])
      #expect(try connection.value("SELECT count(*) FROM n.events") == "2")
    }
  }

  @Test func `who lacks the role is refused with PT403`() throws {
    let net = try Net(
      "n", [], [.t("t", by: ["clerk", "boss"]), .t("u")], roles: [Role("boss", mayCreate: true), Role("clerk")])
    try TestDatabase.with(nets: [net]) { database in
      let owner = try database.connect()
      let member = "\(database.name)_m"
      try owner.execute("CREATE ROLE \(member) LOGIN")
      try owner.query("SELECT ptflow.add_grant('n', 'fire', 'default', $1)", [member])
      try owner.create("n", "a")
      let connection = try database.connect(as: member)

      let fire = try connection.refusal(dispatching: "t", "n", "a")
      #expect(fire.code == "PT403")
      #expect(
        fire.detail == [
          "net": "n", "id": "a", "action": "t", "caller": .text(member), "privilege": "fire",
          "roles": ["clerk", "boss"],
        ])
      #expect(fire.hint.contains("ptflow grant n clerk --to \(member)"))
      #expect(try connection.refusal(dispatching: "t", "n", "a", expected: 7, key: "k").code == "PT403")

      for call in [
        "ptflow_create('n', 'b')", "ptflow_dispatch('n', 'b', 'u')", "ptflow_dispatch('n', 'b', 'u', key => 'k')",
      ] {
        let create = try connection.refusal("SELECT \(call)")
        #expect(create.code == "PT403")
        #expect(
          create.detail == ["net": "n", "caller": .text(member), "privilege": "create", "roles": ["boss"]])
        #expect(!create.hint.isEmpty)
      }

      for call in [
        "ptflow_state('n', 'a')", "ptflow_enabled('n', 'a')", "ptflow_why_not('n', 'a', 'u')",
        "ptflow_events('n', 'a')",
        "ptflow_verify('n')", "ptflow_state('n', 'missing')",
      ] {
        let read = try connection.refusal("SELECT \(call)")
        #expect(read.code == "PT403")
        #expect(read.detail == ["net": "n", "caller": .text(member), "privilege": "read"])
        #expect(!read.hint.isEmpty)
      }
      #expect(try connection.dispatch("n", "a", "u").seq == 1)
    }
  }

  @Test func `what somebody sent is not said again at any length`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      let long = String(repeating: "x", count: 1_000_000)
      let refusal = try connection.refusal(dispatching: long, "shuttle", "a")
      #expect(refusal.code == "PT404" && refusal.message.count < 1100 && refusal.hint.count < 1100)
    }
  }

  @Test func `a refused call leaves nothing behind`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      #expect(try connection.refusal(dispatching: "put", "shuttle", "a").code == "PT409")
      #expect(try connection.refusal(dispatching: "put", "shuttle", "a", key: "k").code == "PT409")
      #expect(try connection.refusal(dispatching: "nil", "shuttle", "a").code == "PT404")
      #expect(try connection.value("SELECT count(*) FROM shuttle.states") == "0")
      // The key was not used up.
      try connection.dispatch("shuttle", "a", "take")
      #expect(try connection.dispatch("shuttle", "a", "put", key: "k").replayed == false)
    }
  }

  /// Each call is refused with a code, the detail and some hint.
  private func expect(
    _ code: String, _ cases: [Case], _ nets: [Net], prepare: (borrowing Connection) throws -> Void
  ) throws {
    try TestDatabase.with(nets: nets) { database in
      let connection = try database.connect()
      try prepare(connection)
      for one in cases {
        let refusal = try connection.refusal(one.sql)
        #expect(refusal.code == code, "\(one.sql): \(refusal.message)")
        #expect(refusal.detail == one.detail, "\(one.sql)")
        #expect(!refusal.hint.isEmpty, "\(one.sql)")
      }
    }
  }
}
