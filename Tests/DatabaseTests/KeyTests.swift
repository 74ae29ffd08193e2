import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// A retry with the same key gets the first answer; `expected` lets nobody act on what is out of date.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct KeyTests {
  let counter: Net

  init() throws {
    counter = try Net("n", [Place("p")], [.t("t", .output("p")), .t("u")])
  }

  @Test func `a retry gets the first answer, also after more events`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      let connection = try database.connect()
      let first = try connection.dispatch("n", "a", "t", payload: "{\"x\": [1]}", multiple: 2, key: "k")
      #expect(first.replayed == false && first.state == ["p": 2])
      try connection.dispatch("n", "a", "t")
      try connection.dispatch("n", "a", "u", key: "l")
      let again = try connection.dispatch("n", "a", "t", payload: "{\"x\":[1]}", multiple: 2, key: "k")
      #expect(again.replay == first.replay)
      #expect(again.replayed == true && again.action == "t" && again.multiple == 2)
      #expect(
        try connection.value("SELECT string_agg(seq::text, ' ' ORDER BY seq) FROM n.events WHERE seq > 0") == "1 2 3")
    }
  }

  @Test func `a retry with another expected seq gets the first answer too`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      let connection = try database.connect()
      try connection.dispatch("n", "a", "t", expected: 0, key: "k")
      try connection.dispatch("n", "a", "t")
      for expected in [0, 1, 2, 99] {
        #expect(try connection.dispatch("n", "a", "t", expected: expected, key: "k").seq == 1)
      }
    }
  }

  @Test func `a retry gets the first answer also where the transition is not enabled any more`() throws {
    let net = try Net("n", [Place("p", initial: 1)], [.t("t", .input("p"))])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.dispatch("n", "a", "t", key: "k")
      #expect(try connection.dispatch("n", "a", "t", key: "k").state == ["p": 0])
      #expect(try connection.refusal(dispatching: "t", "n", "a", key: "l").code == "PT409")
    }
  }

  @Test func `a key is its instance's own`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      let connection = try database.connect()
      #expect(try connection.dispatch("n", "a", "t", key: "k").replayed == false)
      #expect(try connection.dispatch("n", "b", "t", key: "k").replayed == false)
      #expect(try connection.dispatch("n", "a", "t", key: "K").replayed == false)
    }
  }

  @Test func `a key that is rolled back is free again`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      let connection = try database.connect()
      try connection.execute("BEGIN")
      try connection.dispatch("n", "a", "t", key: "k")
      try connection.execute("ROLLBACK")
      let answer = try connection.dispatch("n", "a", "u", key: "k")
      #expect(answer.replayed == false && answer.seq == 1)
    }
  }

  @Test func `expected 0 is for the first event alone`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      let connection = try database.connect()
      #expect(try connection.dispatch("n", "a", "t", expected: 0).seq == 1)
      #expect(try connection.refusal(dispatching: "t", "n", "a", expected: 0).code == "PT412")
      try connection.create("n", "b")
      #expect(try connection.dispatch("n", "b", "t", expected: 0).seq == 1)
      #expect(try connection.refusal(dispatching: "t", "n", "c", expected: 1, key: "k").code == "PT412")
      #expect(try connection.value("SELECT count(*) FROM n.states") == "2")
    }
  }

  @Test func `the exact seq is let through, with a key or without`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      let connection = try database.connect()
      for seq in 0..<5 {
        let answer = try connection.dispatch("n", "a", "t", expected: seq, key: seq % 2 == 0 ? "k\(seq)" : nil)
        #expect(answer.seq == seq + 1)
      }
      #expect(try connection.refusal(dispatching: "t", "n", "a", expected: 4, key: "new").code == "PT412")
      #expect(try connection.refusal(dispatching: "t", "n", "a", expected: 6, key: "new").code == "PT412")
    }
  }
}
