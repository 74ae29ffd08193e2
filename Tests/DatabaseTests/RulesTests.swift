import Compiler
import Diagnostics
import Installer
import Plan
import Postgres
import TestServer
import Testing

/// Schemas of payloads, and guards: what a call says against them, and who else does.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct RulesTests {
  private static let refund = """
    net: refund
    places: {paid: 3, "on hold": 1}
    transitions:
      refund:
        takes: paid
        gives: refunded
        payload:
          type: object
          required: [amount]
          properties:
            amount: {type: number, minimum: 0.01}
            note: {type: string}
        when: payload.amount <= 100.00 || role == "clerk"
      share: {takes: paid, gives: refunded, payload: {type: object, properties: {by: {type: number}}}, when: 12 / payload.by > 2}
      wait: {takes: paid, gives: paid, when: 'tokens["on hold"] > 5'}
      plain: {takes: paid}
    """

  private func with(_ body: (borrowing Connection) throws -> Void) throws {
    try TestDatabase.with { database in
      let connection = try database.connect()
      let source = SourceFile(name: "refund.ptflow.yaml", text: Self.refund)
      _ = try install([try compile(source, name: "refund").plan], facade: nil, on: connection)
      try body(connection)
    }
  }

  @Test func `a trial and a simulation refuse what a dispatch refuses, in its words`() throws {
    try with { connection in
      for (action, payload) in [
        ("refund", #"{"amount": 0, "note": 5}"#), ("refund", #"{"amount": 500}"#), ("refund", #"{"amount": 5}"#),
        ("share", #"{"by": 0}"#), ("share", #"{"by": 12}"#), ("share", #"{"by": 2}"#), ("wait", "{}"), ("plain", "{}"),
      ] {
        let call = "('refund', 'r-1', $1, $2)"
        let step = "[{\"action\": \"\(action)\", \"payload\": \(payload)}]"
        let simulated = try connection.query(
          "SELECT code, message, detail FROM ptflow_simulate('refund', 'r-1', $1)", [step])[0]
        let tried = try? connection.refusal("SELECT ptflow_try\(call)", [action, payload])
        let fired = try? connection.refusal("SELECT ptflow_dispatch\(call)", [action, payload])
        #expect(tried == fired, "\(action) \(payload)")
        #expect(simulated[0] == fired?.code && simulated[1] == fired?.message, "\(action) \(payload)")
        #expect(try simulated[2].map { try JSON($0) } == fired?.detail)
      }
      let plan = try connection.value("SELECT ptflow_plan('refund', 'new', '$.paid == 0')")
      #expect(plan == #"["plain", "plain", "plain"]"#)
    }
  }

  @Test func `a payload that breaks its schema is PT422 with all failures, and nothing is stored`() throws {
    try with { connection in
      let refusal = try connection.refusal(
        dispatching: "refund", "refund", "r-1", payload: #"{"amount": 0, "note": 5}"#)
      #expect(refusal.code == "PT422")
      #expect(
        refusal.detail == [
          "net": "refund", "id": "r-1", "action": "refund",
          "failures": [
            ["pointer": "/amount", "keyword": "minimum", "wanted": "at least 0.01"],
            ["pointer": "/note", "keyword": "type", "wanted": "a text"],
          ],
        ])
      #expect(
        refusal.message
          == "the payload of refund in refund r-1 is not what it has to be: /amount: at least 0.01; /note: a text")
      #expect(try connection.query("SELECT FROM refund.events").isEmpty)
      #expect(try connection.refusal(dispatching: "refund", "refund", "r-1", payload: "[]").code == "PT422")
    }
  }

  @Test func `a guard that is false is PT409, and says what it saw`() throws {
    try with { connection in
      let refusal = try connection.refusal(dispatching: "refund", "refund", "r-1", payload: #"{"amount": 101}"#)
      #expect(refusal.code == "PT409")
      #expect(
        refusal.detail == [
          "net": "refund", "id": "r-1", "action": "refund", "multiple": 1, "seq": 0, "places": [],
          "guards": [
            [
              "guard": #"payload.amount <= 100.00 || role == "clerk""#,
              "saw": ["payload.amount": 101, "role": "*"],
            ]
          ],
        ])
      try connection.dispatch("refund", "r-1", "refund", payload: #"{"amount": 100}"#)
      let both = try connection.refusal(
        dispatching: "refund", "refund", "r-1", payload: #"{"amount": 101}"#, multiple: 3)
      #expect(both.places.count == 1)
      #expect(both.detail["guards"]?.elements.count == 1)
    }
  }

  @Test func `a guard without a value is PT422 where the tokens are there, and PT409 where they are not`() throws {
    try with { connection in
      for payload in ["{}", #"{"by": 0}"#] {
        let refusal = try connection.refusal(dispatching: "share", "refund", "r-1", payload: payload)
        #expect(refusal.code == "PT422")
        #expect(refusal.detail["guard"] == "12 / payload.by > 2")
        let short = try connection.refusal(dispatching: "share", "refund", "r-1", payload: payload, multiple: 4)
        #expect(short.code == "PT409")
      }
      try connection.dispatch("refund", "r-1", "share", payload: #"{"by": 5.5}"#)
    }
  }

  @Test func `a bulk call asks the same`() throws {
    try with { connection in
      let events = #"""
        [{"net": "refund", "id": "r-1", "action": "refund", "payload": {"amount": 7}},
         {"net": "refund", "id": "r-1", "action": "refund", "payload": {"amount": 700}}]
        """#
      let refusal = try connection.refusal("SELECT ptflow_dispatch_many($1::jsonb)", [events])
      #expect(refusal.code == "PT409")
      #expect(refusal.detail["index"] == 1)
      #expect(refusal.detail["seq"] == 1)
      let fine = events.replacing("700", with: "99")
      #expect(try connection.query("SELECT ptflow_dispatch_many($1::jsonb)", [fine]).count == 1)
      let invalid = events.replacing("700", with: "\"700\"")
      #expect(try connection.refusal("SELECT ptflow_dispatch_many($1::jsonb)", [invalid]).code == "PT422")
    }
  }

  @Test func `enabled leaves out what is false whatever the payload is, and why_not says why`() throws {
    try with { connection in
      try connection.create("refund", "r-1")
      let enabled = try connection.query("SELECT DISTINCT action FROM ptflow_enabled('refund', 'r-1') ORDER BY 1")
      #expect(enabled.map { $0[0] } == ["plain", "refund", "share"])
      #expect(try connection.why("wait", nil) == [["when", #"tokens["on hold"] > 5"#, #"{"tokens.on hold": 1}"#]])
      #expect(try connection.why("refund", nil).isEmpty)
      #expect(try connection.why("refund", #"{"amount": 5}"#).isEmpty)
      #expect(try connection.why("refund", #"{"amount": 500}"#).map { $0[0] } == ["when"])
      #expect(
        try connection.why("refund", #"{"amount": "x"}"#) == [
          ["payload", "type: a number", #"{"pointer": "/amount"}"#],
          ["when", #"payload.amount <= 100.00 || role == "clerk""#, #"{"role": "*", "payload.amount": "x"}"#],
        ])
    }
  }

  @Test func `verify asks the rules again of what is in the log`() throws {
    try with { connection in
      try connection.dispatch("refund", "r-1", "refund", payload: #"{"amount": 7}"#)
      try connection.dispatch("refund", "r-1", "share", payload: #"{"by": 5}"#)
      #expect(try connection.query("SELECT * FROM ptflow_verify('refund')").isEmpty)
      try connection.takeDownAllWalls()
      try connection.execute("UPDATE refund.events SET payload = '{\"amount\": 1000}' WHERE seq = 1")
      try connection.execute("UPDATE refund.events SET payload = '{\"by\": true}' WHERE seq = 2")
      let problems = try connection.query(
        "SELECT seq, problem, found FROM ptflow_verify('refund') WHERE problem <> 'hash'")
      #expect(problems.map { [$0[0], $0[1]] } == [["1", "when"], ["2", "payload"], ["2", "when"]])
    }
  }

  @Test func `the net's own table has its rules`() throws {
    try with { connection in
      let rows = try connection.query(
        "SELECT action, payload ->> 'type', guard FROM refund.transitions ORDER BY number")
      #expect(rows.map { $0[1] } == ["object", "object", nil, nil])
      #expect(rows[2][2] == #"tokens["on hold"] > 5"#)
    }
  }
}

extension Connection {
  /// What keeps a transition of `r-1` from firing: condition, rule and what it saw.
  fileprivate func why(_ action: String, _ payload: String?) throws -> [[String?]] {
    try query("SELECT condition, rule, saw FROM ptflow_why_not('refund', 'r-1', $1, $2)", [action, payload])
      .map { [$0[0], $0[1], $0[2]] }
  }
}
