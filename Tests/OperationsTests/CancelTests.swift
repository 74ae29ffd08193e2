import Postgres
import TestServer
import Testing

/// A dispatch that is interrupted while it waits for another.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct CancelTests {
  @Test(arguments: [
    ("lock_timeout", "55P03", false), ("lock_timeout", "55P03", true),
    ("statement_timeout", "57014", false), ("statement_timeout", "57014", true),
  ])
  func `a dispatch that runs into a timeout leaves nothing`(_ setting: String, _ code: String, _ isNew: Bool) throws {
    try withTill { club, database in
      let holder = try database.connect(as: club.clerk)
      try holder.execute("BEGIN")
      let id = isNew ? "new" : "a"
      try holder.fire("pay", id)
      let second = try database.connect(as: club.clerk)
      for key in ["NULL", "'k'"] {
        try second.execute("SET \(setting) = '20ms'")
        #expect(second.outcome("SELECT ptflow_dispatch('till', '\(id)', 'pay', key => \(key))") == code)
        try second.execute("RESET \(setting)")
      }
      try holder.execute("COMMIT")
      #expect(try second.fire("pay", id, key: "k") == (isNew ? 2 : 3))
      #expect(try database.connect(as: club.owner).problems() == [])
    }
  }

  @Test(arguments: [("pg_cancel_backend", "57014"), ("pg_terminate_backend", "08006")])
  func `a dispatch that is cancelled leaves nothing, nor does what its transaction did before`(
    _ function: String, _ code: String
  ) throws {
    try withTill { club, database in
      let superuser = try database.connect()
      let holder = try database.connect(as: club.clerk)
      try holder.execute("BEGIN")
      try holder.fire("pay", "a")
      let outcome = try Waiting(on: database, as: club.clerk) { connection throws(PostgresError) in
        try connection.execute("BEGIN")
        try connection.fire("pay", "b")
        try connection.fire("pay", "a")
      }
      try superuser.wait(until: "EXISTS (\(outcome.isLocked))")
      try superuser.query("SELECT \(function)(pid) FROM (\(outcome.isLocked)) AS a")
      #expect(outcome.sqlstate() == code)
      try holder.execute("COMMIT")
      #expect(try superuser.instances() == ["a 2"])
      #expect(try holder.fire("pay", "a") == 3)
      #expect(try database.connect(as: club.owner).problems() == [])
    }
  }

  @Test func `back at a savepoint the transaction goes on without the dispatch that was interrupted`() throws {
    try withTill { club, database in
      let holder = try database.connect(as: club.clerk)
      try holder.execute("BEGIN")
      try holder.fire("pay", "a")
      let second = try database.connect(as: club.clerk)
      try second.execute("BEGIN; SET LOCAL lock_timeout = '20ms'")
      try second.fire("pay", "b")
      try second.execute("SAVEPOINT here")
      #expect(second.outcome("SELECT ptflow_dispatch('till', 'a', 'pay')") == "55P03")
      try second.execute("ROLLBACK TO here")
      try second.fire("pay", "b")
      try second.execute("COMMIT")
      try holder.execute("ROLLBACK")
      let owner = try database.connect(as: club.owner)
      #expect(try owner.instances() == ["a 1", "b 2"])
      #expect(try owner.problems() == [])
    }
  }

  /// Runs a test with a database in which one event came.
  private func withTill(_ body: (Club, Database) throws -> Void) throws {
    try Club.with(on: .shared) { club in
      try Server.shared.withDatabase { database in
        try club.install(in: database)
        try database.connect(as: club.clerk).fire("pay", "a")
        try body(club, database)
      }
    }
  }
}
