import Foundation
import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// Many sessions at once, in real threads.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct RaceTests {
  let counter: Net
  let token: Net

  init() throws {
    counter = try Net("n", [Place("p")], [.t("t", .output("p"))])
    token = try Net("n", [Place("p", initial: 1)], [.t("t", .input("p")), .t("back", .output("p"))])
  }

  @Test func `of 16 that race for one token one gets it`() throws {
    try TestDatabase.with(nets: [token]) { database in
      let connection = try database.connect()
      for round in 0..<5 {
        let id = "i\(round)"
        // Every second instance has to begin in the race as well.
        if round % 2 == 0 { try connection.create("n", id) }
        let codes = try atOnce(16, in: database) { _, connection in
          outcome { () throws(PostgresError) in try connection.dispatch("n", id, "t") }
        }
        #expect(codes.filter { $0 == "ok" }.count == 1)
        #expect(codes.filter { $0 == "PT409" }.count == 15)
        #expect(try connection.state("n", id) == ["p": 0])
      }
      #expect(try connection.problems("n") == [])
    }
  }

  @Test func `bulk calls over the same instances of two nets, in any order, wait for each other and never both`() throws
  {
    let other = try Net("m", [Place("p")], [.t("t", .output("p"))])
    try TestDatabase.with(nets: [counter, other]) { database in
      let (sessions, rounds, size) = (8, 6, 40)
      let outcomes = try atOnce(sessions, in: database) { number, connection in
        (0..<rounds).map { round -> String in
          // Half of the instances begin in the race as well, each session going another way round.
          let events = (0..<size).map { index in
            let turned = number % 2 == 0 ? index : size - index
            return
              "{\"net\": \"\((turned + number) % 2 == 0 ? "n" : "m")\", \"id\": \"\(round)-\(turned % 7)\", \"action\": \"t\"}"
          }
          do {
            try connection.query("SELECT ptflow_dispatch_many($1)", ["[\(events.joined(separator: ","))]"])
            return "ok"
          } catch {
            return (error as? PostgresError)?.sqlstate ?? "\(error)"
          }
        }
      }
      #expect(Set(outcomes.flatMap(\.self)) == ["ok"])
      let connection = try database.connect()
      let stored =
        "SELECT (SELECT count(*) FROM n.events WHERE seq > 0) + (SELECT count(*) FROM m.events WHERE seq > 0)"
      let count = try connection.value(stored)
      #expect(count == "\(sessions * rounds * size)")
      #expect(try connection.problems("n") == [] && connection.problems("m") == [])
    }
  }

  @Test func `16 that create one instance get one answer, and one of them made it`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      for round in 0..<5 {
        let answers = try atOnce(16, in: database) { _, connection in try connection.create("n", "i\(round)") }
        #expect(Set(answers.map(\.replay)).count == 1)
        #expect(answers.filter { $0.replayed == false }.count == 1)
      }
      #expect(try database.connect().problems("n") == [])
    }
  }

  @Test(arguments: [false, true])
  func `16 that retry one key make one event, also where the instance is not there yet`(_ isThere: Bool) throws {
    try TestDatabase.with(nets: [counter]) { database in
      for round in 0..<5 {
        if isThere { try database.connect().create("n", "i\(round)") }
        let answers = try atOnce(16, in: database) { _, connection in
          try connection.dispatch("n", "i\(round)", "t", payload: "[\(round)]", key: "k")
        }
        #expect(Set(answers.map(\.replay)).count == 1)
        #expect(answers.filter { $0.replayed == false }.count == 1)
        #expect(answers[0].seq == 1 && answers[0].state == ["p": 1])
      }
      let connection = try database.connect()
      #expect(try connection.value("SELECT count(*) FROM n.events WHERE seq > 0") == "5")
      #expect(try connection.problems("n") == [])
    }
  }

  @Test func `of 16 that expect one seq one is first`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      let codes = try atOnce(16, in: database) { _, connection in
        outcome { () throws(PostgresError) in try connection.dispatch("n", "a", "t", expected: 0) }
      }
      #expect(codes.filter { $0 == "ok" }.count == 1)
      #expect(codes.filter { $0 == "PT412" }.count == 15)
    }
  }

  @Test func `16 that count together lose nothing and leave no gap`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      let each = 25
      let seqs = try atOnce(16, in: database, prepare: "SET synchronous_commit = off") { number, connection in
        try (0..<each).map {
          try connection.dispatch("n", "a", "t", key: $0 % 2 == 0 ? "\(number) \($0)" : nil).seq ?? 0
        }
      }
      #expect(seqs.flatMap(\.self).sorted() == Array(1...16 * each))
      for own in seqs { #expect(own == own.sorted()) }
      let connection = try database.connect()
      #expect(try connection.state("n", "a") == ["p": 16 * each])
      #expect(try connection.value("SELECT count(*) FROM n.events WHERE at < (SELECT created_at FROM n.states)") == "0")
      let backwards = "SELECT count(*) FROM n.events AS e JOIN n.events AS f ON f.seq = e.seq + 1 AND f.at < e.at"
      #expect(try connection.value(backwards) == "0")
      #expect(try connection.problems("n") == [])
    }
  }

  @Test(arguments: [("COMMIT", "PT409"), ("ROLLBACK", "ok")])
  func `who waits for another decides when that one is done`(_ end: String, _ code: String) throws {
    try TestDatabase.with(nets: [token]) { database in
      let first = try database.connect()
      try first.create("n", "a")
      try first.execute("BEGIN")
      try first.dispatch("n", "a", "t")
      let second = try Waiting(in: database) { connection in
        outcome { () throws(PostgresError) in try connection.dispatch("n", "a", "t") }
      }
      try second.untilLocked(seenBy: first)
      try first.execute(end)
      #expect(second.outcome() == code)
      #expect(try first.state("n", "a") == ["p": 0])
      #expect(try first.value("SELECT seq FROM n.states") == "1")
      #expect(try first.problems("n") == [])
    }
  }

  @Test(arguments: [("COMMIT", "PT409"), ("ROLLBACK", "ok")])
  func `who begins an instance that another begins waits for that one`(_ end: String, _ code: String) throws {
    try TestDatabase.with(nets: [token]) { database in
      let first = try database.connect()
      try first.execute("BEGIN")
      try first.dispatch("n", "a", "t")
      let second = try Waiting(in: database) { connection in
        outcome { () throws(PostgresError) in try connection.dispatch("n", "a", "t") }
      }
      try second.untilLocked(seenBy: first)
      try first.execute(end)
      #expect(second.outcome() == code)
      #expect(try first.problems("n") == [])
    }
  }

  @Test func `who waits may find a token that was not there when it began to wait`() throws {
    try TestDatabase.with(nets: [token]) { database in
      let first = try database.connect()
      try first.create("n", "a")
      try first.execute("BEGIN")
      try first.dispatch("n", "a", "t")
      try first.dispatch("n", "a", "back")
      let second = try Waiting(in: database) { connection in
        outcome { () throws(PostgresError) in try connection.dispatch("n", "a", "t") }
      }
      try second.untilLocked(seenBy: first)
      try first.execute("COMMIT")
      #expect(second.outcome() == "ok")
      #expect(try first.value("SELECT seq FROM n.states") == "3")
      #expect(try first.problems("n") == [])
    }
  }

  @Test(arguments: [false, true])
  func `a retry waits for the first call with its key`(_ isThere: Bool) throws {
    try TestDatabase.with(nets: [token]) { database in
      let first = try database.connect()
      if isThere { try first.create("n", "a") }
      try first.execute("BEGIN")
      let answer = try first.dispatch("n", "a", "t", key: "k")
      let second = try Waiting(in: database) { connection in
        (try? connection.dispatch("n", "a", "t", key: "k")).map {
          "\($0.replay == answer.replay) \($0.replayed == true)"
        } ?? ""
      }
      try second.untilLocked(seenBy: first)
      try first.execute("COMMIT")
      #expect(second.outcome() == "true true")
    }
  }

  @Test func `retries that wait for an instance that somebody else creates make one event`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      let first = try database.connect()
      try first.execute("BEGIN")
      try first.create("n", "a")
      let retries = try (0..<8).map { _ in
        try Waiting(in: database) { connection in
          (try? connection.dispatch("n", "a", "t", key: "k")).map { "\($0.seq ?? 0) \($0.replayed == true)" } ?? ""
        }
      }
      for retry in retries { try retry.untilLocked(seenBy: first) }
      try first.execute("COMMIT")
      let outcomes = retries.map { $0.outcome() }.sorted()
      #expect(outcomes == ["1 false"] + Array(repeating: "1 true", count: 7))
    }
  }

  @Test(arguments: ["REPEATABLE READ", "SERIALIZABLE"])
  func `a transaction that looks at the past is told to try again`(_ level: String) throws {
    try TestDatabase.with(nets: [counter]) { database in
      let other = try database.connect()
      let connection = try database.connect()
      for (id, key) in [("there", nil), ("there", "k"), ("new", nil), ("new key", "k")] as [(String, String?)] {
        if id == "there" { try other.create("n", id) }
        try connection.execute("BEGIN ISOLATION LEVEL \(level)")
        try connection.query("SELECT count(*) FROM n.states")
        try other.dispatch("n", id, "t")
        let code = outcome { () throws(PostgresError) in try connection.dispatch("n", id, "t", key: key) }
        #expect(code == "40001", "\(id) \(key ?? "")")
        try connection.execute("ROLLBACK")
        #expect(outcome { () throws(PostgresError) in try connection.dispatch("n", id, "t", key: key) } == "ok")
      }
      try connection.execute("BEGIN ISOLATION LEVEL \(level)")
      try connection.query("SELECT count(*) FROM n.states")
      try other.create("n", "made")
      let code = outcome { () throws(PostgresError) in try connection.create("n", "made") }
      #expect(code == "40001")
      try connection.execute("ROLLBACK")
      #expect(try other.problems("n") == [])
    }
  }

  @Test func `instances do not wait for one another`() throws {
    try TestDatabase.with(nets: [counter]) { database in
      let first = try database.connect()
      try first.execute("BEGIN")
      try first.dispatch("n", "a", "t")
      let second = try database.connect()
      try second.execute("SET lock_timeout = '10s'")
      #expect(try second.dispatch("n", "b", "t", key: "k").seq == 1)
      try first.execute("COMMIT")
    }
  }
}

/// `ok`, or the code of the refusal.
private func outcome(_ call: () throws(PostgresError) -> Answer) -> String {
  do throws(PostgresError) {
    _ = try call()
    return "ok"
  } catch {
    return error.sqlstate
  }
}

/// A call in a thread of its own, which is to be seen waiting for a lock.
private struct Waiting {
  private let pid = Collected<Int>(1)
  private let result = Collected<String>(1)

  init(in database: TestDatabase, _ call: @escaping @Sendable (borrowing Connection) -> String) throws {
    let (pid, result) = (pid, result)
    Thread.detachNewThread {
      do {
        let connection = try database.connect()
        pid[0] = connection.backendPID
        result[0] = call(connection)
      } catch {
        pid[0] = 0
        result[0] = "\(error)"
      }
    }
  }

  /// Comes back when the server says that the call waits for a lock, or when the call is over.
  func untilLocked(seenBy connection: borrowing Connection) throws {
    let pid = "\(pid.all()[0])"
    let sql = "SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'"
    while result[0] == nil {
      // Within a transaction the view shows what it showed first.
      try connection.query("SELECT pg_stat_clear_snapshot()")
      if try !connection.query(sql, [pid]).isEmpty { return }
    }
    Issue.record("the call did not wait: \(result[0] ?? "")")
  }

  func outcome() -> String { result.all()[0] }
}
