import Foundation
import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// The calls of the facade, as clients make them.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct CallTests {
  @Test func `an instance is created once, and the first answer is given again`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      let first = try connection.create("shuttle", "a")
      #expect(first.net == "shuttle" && first.id == "a" && first.seq == 0 && first.replayed == false)
      #expect(first.action == nil && first.multiple == nil)
      #expect(first.state == ["here": 1, "there": 0])
      #expect(first.hash?.count == 64)
      try connection.dispatch("shuttle", "a", "take")
      let again = try connection.create("shuttle", "a")
      #expect(again.replay == first.replay)
      #expect(again.replayed == true)
      #expect(try connection.state("shuttle", "a") == ["here": 0, "there": 1])
    }
  }

  @Test func `a dispatch answers all that it did`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      let text = try #require(try connection.value("SELECT ptflow_dispatch('shuttle', 'a', 'take', '{\"by\": 1}')"))
      guard case .object(let members) = try JSON(text) else {
        Issue.record("no object: \(text)")
        return
      }
      #expect(
        Set(members.keys) == ["net", "id", "seq", "action", "multiple", "state", "hash", "at", "replayed"])
      let answer = Answer(.object(members))
      #expect(answer.action == "take" && answer.multiple == 1 && answer.seq == 1 && answer.replayed == false)
      #expect(answer.state == ["here": 0, "there": 1])
      #expect(answer.hash == (try connection.value("SELECT encode(head, 'hex') FROM shuttle.states")))
      #expect(answer.at == (try connection.value("SELECT to_jsonb(at) #>> '{}' FROM shuttle.events WHERE seq = 1")))
    }
  }

  @Test func `arguments have names, and defaults in their order`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.query("SELECT ptflow_dispatch(action => 'take', net => 'shuttle', id => 'a')")
      try connection.query(
        "SELECT ptflow_dispatch(net => 'shuttle', id => 'a', action => 'put', key => 'k', expected => 1, multiple => 1)"
      )
      try connection.query("SELECT ptflow_dispatch('shuttle', 'a', 'take', '[1]', 1, 2, 'l')")
      try connection.query("SELECT ptflow_dispatch('shuttle', 'a', 'put', '2')")
      let events = try connection.query("SELECT action, payload, multiple, key FROM ptflow_events('shuttle', 'a')")
      #expect(
        events.map(\.values) == [
          ["take", "{}", "1", nil], ["put", "{}", "1", "k"], ["take", "[1]", "1", "l"], ["put", "2", "1", nil],
        ])
    }
  }

  @Test func `each call is one function, whose arguments have the names of the contract`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let rows = try database.connect().query(
        """
        SELECT p.proname, coalesce(array_to_string(p.proargnames[1:p.pronargs], ' '), ''), p.pronargdefaults, p.prosecdef
          FROM pg_proc AS p WHERE p.pronamespace = 'public'::regnamespace ORDER BY p.proname
        """)
      #expect(
        rows.map(\.values) == [
          ["ptflow_ack", "name consumer cursor", "0", "t"],
          ["ptflow_create", "net id", "0", "t"],
          ["ptflow_cursor", "", "0", "t"],
          ["ptflow_diff", "net id from_seq to_seq", "2", "t"],
          ["ptflow_dispatch", "net id action payload multiple expected key", "4", "t"],
          ["ptflow_dispatch_many", "events", "0", "t"],
          ["ptflow_enabled", "net id", "0", "t"],
          ["ptflow_events", "net id after_seq limit", "2", "t"],
          ["ptflow_feed", "after limit nets actions", "4", "t"],
          ["ptflow_plan", "net id goal max_steps", "1", "t"],
          ["ptflow_receive", "name consumer limit lease", "2", "t"],
          ["ptflow_simulate", "net id actions", "0", "t"],
          ["ptflow_state", "net id as_of_seq as_of_time", "2", "t"],
          ["ptflow_states_as_of", "net time after_id limit", "2", "t"],
          ["ptflow_subscribe", "name nets actions from", "3", "t"],
          ["ptflow_subscriptions", "", "0", "t"],
          ["ptflow_try", "net id action payload multiple expected key", "4", "t"],
          ["ptflow_unsubscribe", "name", "0", "t"],
          ["ptflow_verify", "net id", "1", "t"],
          ["ptflow_why_not", "net id action payload", "1", "t"],
        ])
    }
  }

  @Test func `the state is told for now, for a seq and for a time`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      let began = try connection.create("shuttle", "a").at
      var times = [began]
      for action in ["take", "put", "take"] { times.append(try connection.dispatch("shuttle", "a", action).at) }
      func state(_ arguments: String, _ parameter: String? = nil) throws -> Answer {
        let text = try connection.value(
          "SELECT ptflow_state('shuttle', 'a'\(arguments))", parameter.map { [$0] } ?? [])
        return Answer(try JSON(text ?? "null"))
      }
      let there = [0, 1, 0, 1]
      #expect(try state("").seq == 3)
      #expect(try state("").at == times[3])
      for seq in 0...3 {
        let bySeq = try state(", \(seq)")
        #expect(bySeq.seq == seq && bySeq.at == times[seq] && bySeq.state["there"] == there[seq])
        let byTime = try state(", as_of_time => $1", times[seq])
        #expect(byTime.seq == seq && byTime.state == bySeq.state)
      }
      let between = try state(", as_of_time => $1::timestamptz - interval '1 microsecond'", times[3])
      #expect(between.seq == 2)
      #expect(try state(", as_of_time => 'infinity'").seq == 3)
    }
  }

  @Test func `enabled transitions are told with their roles, and whether the caller may`() throws {
    let net = try Net(
      "n", [Place("p", initial: 1)],
      [.t("z", by: ["b", "a"], .input("p")), .t("no", .input("p", 2)), .t("y"), .t("x", by: ["c"], .read("p"))])
    try TestDatabase.with(nets: [net]) { database in
      let owner = try database.connect()
      try owner.create("n", "i")
      let sql = "SELECT action, role, may_fire FROM ptflow_enabled('n', 'i')"
      let all = [["z", "b"], ["z", "a"], ["y", "default"], ["x", "c"]]
      #expect(try owner.query(sql).map(\.values) == all.map { $0 + ["t"] })

      let member = "\(database.name)_m"
      try owner.execute("CREATE ROLE \(member) LOGIN")
      try owner.query("SELECT ptflow.add_grant('n', 'read', '', $1)", [member])
      try owner.query("SELECT ptflow.add_grant('n', 'fire', 'a', $1)", [member])
      let connection = try database.connect(as: member)
      #expect(try connection.query(sql).map(\.values) == zip(all, ["f", "t", "f", "f"]).map { $0 + [$1] })
    }
  }

  @Test func `why not: each failing condition, and none when enabled`() throws {
    let net = try Net(
      "n", [Place("in"), Place("full", initial: 2, capacity: 2), Place("bar", initial: 3)],
      [.t("t", .input("in", 2), .read("in", 3), .output("full"), .inhibitor("bar")), .t("u")])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.create("n", "i")
      let rows = try connection.query("SELECT condition, place, tokens, need FROM ptflow_why_not('n', 'i', 't')")
      #expect(
        rows.map(\.values) == [
          ["input", "in", "0", "2"], ["read", "in", "0", "3"], ["capacity", "full", "2", "1"],
          ["inhibitor", "bar", "3", "1"],
        ])
      #expect(try connection.query("SELECT FROM ptflow_why_not('n', 'i', 'u')").isEmpty)
    }
  }

  @Test func `events are read in order, after a seq, up to a limit`() throws {
    let net = try Net("n", [], [.t("t")])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      for number in 1...12 { try connection.dispatch("n", "i", "t", payload: "\(number)") }
      try connection.dispatch("n", "other", "t")
      func read(_ arguments: String) throws -> [Int] {
        try connection.query("SELECT seq, payload FROM ptflow_events('n', 'i'\(arguments))").map { row in
          #expect(row[0] == row[1])
          return Int(row[0] ?? "") ?? 0
        }
      }
      #expect(try read("") == Array(1...12))
      #expect(try read(", 9") == [10, 11, 12])
      #expect(try read(", 9, 2") == [10, 11])
      #expect(try read(", \"limit\" => 3") == [1, 2, 3])
      #expect(try read(", 12") == [])
      #expect(try read(", 0, 0") == [])
      #expect(try read(", NULL, NULL") == Array(1...12))
      let row = try connection.query("SELECT * FROM ptflow_events('n', 'other')")[0]
      #expect(
        row.columns == ["seq", "action", "multiple", "payload", "state", "actor", "role", "key", "at", "hash"])
      #expect(row["actor"] == (try connection.value("SELECT session_user")))
      #expect(row["role"] == "*")
    }
  }

  @Test func `two nets stand side by side`() throws {
    let other = try Net("other", [Place("here", initial: 7)], [.t("take", .input("here", 3))])
    try TestDatabase.with(nets: [.shuttle, other]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      try connection.dispatch("other", "a", "take")
      #expect(try connection.state("shuttle", "a") == ["here": 0, "there": 1])
      #expect(try connection.state("other", "a") == ["here": 4])
      #expect(try connection.refusal(dispatching: "put", "other", "a").code == "PT404")
    }
  }

  @Test func `a net may lack transitions, places, or both`() throws {
    let nets = [
      try Net("still", [Place("p", initial: 3)], []), try Net("bare", [], [.t("t")]), try Net("void", [], []),
    ]
    try TestDatabase.with(nets: nets) { database in
      let connection = try database.connect()
      for net in nets {
        #expect(try connection.create(net.name, "a").state.count == net.places.count)
        #expect(try connection.enabled(net.name, "a") == net.transitions.map(\.name))
        #expect(try connection.refusal(dispatching: "no", net.name, "a").code == "PT404")
      }
      let text = try connection.value("SELECT ptflow_dispatch('bare', 'a', 't', multiple => 5) -> 'state'")
      #expect(text == "{}")
      for net in nets { #expect(try connection.problems(net.name) == []) }
    }
  }

  @Test func `any of a transition's roles will do, and the event says which`() throws {
    let net = try Net("n", [], [.t("t", by: ["a", "b"]), .t("u", by: ["c"])])
    try TestDatabase.with(nets: [net]) { database in
      let owner = try database.connect()
      for (name, roles) in [("x", ["b"]), ("y", ["c", "b", "a"]), ("z", ["c"]), ("star", ["*", "b"])] {
        let member = "\(database.name)_\(name)"
        try owner.execute("CREATE ROLE \(member) LOGIN")
        for role in roles { try owner.query("SELECT ptflow.add_grant('n', 'fire', $1, $2)", [role, member]) }
        let connection = try database.connect(as: member)
        if name == "z" {
          #expect(try connection.refusal(dispatching: "t", "n", "i").code == "PT403")
        } else {
          try connection.dispatch("n", "i", "t")
        }
        if name != "x" { try connection.dispatch("n", "i", "u") }
      }
      let events = try owner.query("SELECT right(actor, -35), action, role FROM ptflow_events('n', 'i')")
      #expect(
        events.map(\.values) == [
          ["x", "t", "b"], ["y", "t", "a"], ["y", "u", "c"], ["z", "u", "c"], ["star", "t", "*"], ["star", "u", "*"],
        ])
    }
  }

  @Test func `only roles that create may begin an instance, by whichever call`() throws {
    let net = try Net("n", [], [.t("t", by: ["a"]), .t("u", by: ["b"])], roles: [Role("a", mayCreate: true)])
    try TestDatabase.with(nets: [net]) { database in
      let owner = try database.connect()
      for role in ["a", "b"] {
        try owner.execute("CREATE ROLE \(database.name)_\(role) LOGIN")
        try owner.query("SELECT ptflow.add_grant('n', 'fire', $1, $2)", [role, "\(database.name)_\(role)"])
      }
      let a = try database.connect(as: "\(database.name)_a")
      let b = try database.connect(as: "\(database.name)_b")
      #expect(try b.refusal(dispatching: "u", "n", "1").code == "PT403")
      #expect(try b.refusal("SELECT ptflow_create('n', '1')").code == "PT403")
      #expect(try a.create("n", "1").seq == 0)
      #expect(try b.dispatch("n", "1", "u").seq == 1)
      #expect(try a.dispatch("n", "2", "t").seq == 1)
      #expect(try owner.create("n", "3").seq == 0)
    }
  }

  @Test func `a payload is any JSON`() throws {
    let payloads = [
      "null", "true", "false", "0", "-1.50", "1e300", "12345678901234567890123", "\"\"", "\"ä\\n\\\"🐘\"", "[]", "{}",
      "[1, [2, {\"a\": null}]]", "{\"b\": {\"c\": []}, \"a\": \"\\\\u0041\"}", "{\"\": 1}",
    ]
    let net = try Net("n", [], [.t("t")])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      for payload in payloads {
        try connection.dispatch("n", payload, "t", payload: payload, key: "k")
        #expect(try connection.dispatch("n", payload, "t", payload: payload, key: "k").replayed == true)
        let same = try connection.value("SELECT payload = $1::jsonb FROM ptflow_events('n', $2)", [payload, payload])
        #expect(same == "t", "\(payload)")
      }
      #expect(try connection.problems("n") == [])
    }
  }

  @Test func `an id is any text`() throws {
    let ids = [
      "ä", "名前", "🐘🐘", "it's", "\"", "a\"b'c", "\\", "$$", " ", "\n", "\t", "a\u{301}", "\u{e1}", "%s", "null", "1",
      "'; DROP TABLE n.states; --", "{\"a\": 1}",
    ]
    let net = try Net("n", [Place("p")], [.t("t", .output("p"))])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.create("n", "other")
      for id in ids {
        #expect(try connection.dispatch("n", id, "t").id?.utf8.elementsEqual(id.utf8) == true)
        #expect(try connection.dispatch("n", id, "t", key: id).state == ["p": 2], "\(id)")
        #expect(try connection.query("SELECT FROM ptflow_events('n', $1)", [id]).count == 2)
        #expect(try connection.refusal(dispatching: "no", "n", id).detail["id"] == .text(id))
      }
      #expect(try connection.state("n", "other") == ["p": 0])
      #expect(try connection.problems("n") == [])
    }
  }

  @Test func `ids that only look alike are different`() throws {
    let net = try Net("n", [], [.t("t")])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      for id in ["a", "A", "a ", " a", "\u{e1}", "a\u{301}"] {
        #expect(try connection.dispatch("n", id, "t").seq == 1)
      }
    }
  }

  @Test func `two events in one transaction are both there, or neither`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.execute("BEGIN")
      try connection.dispatch("shuttle", "a", "take")
      try connection.dispatch("shuttle", "a", "put")
      try connection.execute("ROLLBACK")
      #expect(try connection.value("SELECT count(*) FROM shuttle.states") == "0")
      try connection.execute("BEGIN")
      try connection.dispatch("shuttle", "a", "take")
      try connection.dispatch("shuttle", "a", "put")
      try connection.execute("COMMIT")
      #expect(try connection.value("SELECT string_agg(seq::text, ' ' ORDER BY seq) FROM shuttle.events") == "0 1 2")
    }
  }

  @Test func `two dispatches in one statement see one another`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      let row = try connection.query(
        "SELECT ptflow_dispatch('shuttle', 'a', 'take') ->> 'seq', ptflow_dispatch('shuttle', 'a', 'put') ->> 'seq'")
      #expect(row.map(\.values) == [["1", "2"]])
      #expect(try connection.problems("shuttle") == [])
    }
  }
}
