import PetriNet
import Postgres
import TestServer
import Testing

/// Many sessions on few instances, at each isolation level.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"), .serialized)
struct IsolationTests {
  @Test(arguments: ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
  func `16 sessions on 3 instances are told the truth`(_ level: String) throws {
    let net = try Net.workshop()
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      let ids = ["a", "b", "c"]
      for id in ids { try connection.query("SELECT ptflow_create($1, $2)", [net.name, id]) }
      // Any other error than a refusal or "try again", such as a deadlock, ends the test.
      let told = try Crew(16) { number in
        try Client(number, of: net, ids: ids, level: level, url: database.url()).work(40)
      }.results()
      try Log(of: net, on: connection).check(told, on: connection)
      #expect(!told.flatMap(\.events).isEmpty && !told.flatMap(\.refusals).isEmpty)
      // Who can wait for the other does not have to try again.
      if level == "READ COMMITTED" { #expect(told.map(\.retries).reduce(0, +) == 0) }
      let deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
      #expect(try connection.value(deadlocks) == "0")
    }
  }

  @Test(arguments: [("REPEATABLE READ", 2), ("SERIALIZABLE", 1)])
  func `what a serializable transaction read of an instance still holds when it commits`(
    _ level: String, _ commits: Int
  ) throws {
    try TestDatabase.with(nets: [try .token()]) { database in
      let sessions = [try Session(database), try Session(database)]
      for id in ["a", "b"] { try sessions[0].connection.query("SELECT ptflow_create('token', $1)", [id]) }
      // Each takes one token if the other is still free: in no order of the two would both be taken.
      for (session, id) in zip(sessions, ["b", "a"]) {
        try session.connection.execute("BEGIN ISOLATION LEVEL \(level)")
        let free = "SELECT ptflow_state('token', $1) -> 'state' ->> 'free'"
        #expect(try session.connection.value(free, [id]) == "1")
      }
      let outcomes = zip(sessions, ["a", "b"]).map { session, id in
        session.connection.outcome("SELECT ptflow_dispatch('token', '\(id)', 'take')")
      }
      let ends = zip(sessions, outcomes).map { session, outcome in
        outcome == "ok" ? session.connection.outcome("COMMIT") : outcome
      }
      #expect(ends.filter { $0 == "ok" }.count == commits)
      #expect(ends.filter { $0 == "40001" }.count == 2 - commits)
      for session in sessions { try session.connection.execute("ROLLBACK") }
      let log = try Log(of: .token(), on: sessions[0].connection)
      try log.check(on: sessions[0].connection)
      #expect(log.events.count == commits)
    }
  }
}

/// A session that can stand in an array.
private final class Session {
  let connection: Connection
  init(_ database: TestDatabase) throws { connection = try database.connect() }
}
