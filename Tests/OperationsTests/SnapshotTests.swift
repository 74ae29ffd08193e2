import Postgres
import TestServer
import Testing

/// What a transaction that stays open costs.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct SnapshotTests {
  /// What dispatches left in the tables of a net.
  struct Traces: Equatable {
    let inserted: Int
    let updated: Int
    let dead: Int
    let bytes: Int
  }

  @Test func `dispatches leave no dead rows, and a held snapshot costs nothing`() throws {
    let free = try traces(holding: false)
    let held = try traces(holding: true)
    // Ten instances, their beginnings, a thousand events.
    #expect(free.inserted == 10 + 10 + 1000 && free.updated == 0 && free.dead == 0)
    #expect(held == free)
  }

  /// Pays a thousand times into ten tills.
  private func traces(holding: Bool) throws -> Traces {
    try Club.with(on: .shared) { club in
      try Server.shared.withDatabase { database in
        try club.install(in: database)
        let owner = try database.connect(as: club.owner)
        for table in ["events", "instances", "details"] {
          try owner.execute("ALTER TABLE till.\(table) SET (autovacuum_enabled = off)")
        }
        for id in 0..<10 { try owner.query("SELECT ptflow_create('till', '\(id)')") }
        let idle = try database.connect()
        if holding {
          try idle.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
          #expect(try idle.value("SELECT sum(coins) FROM till.states") == "0")
        }
        for number in 0..<1000 { try owner.fire("pay", "\(number % 10)") }
        try owner.query("SELECT pg_stat_force_next_flush()")
        let row = try owner.query(
          """
          SELECT sum(n_tup_ins), sum(n_tup_upd + n_tup_del), sum(n_dead_tup), sum(pg_relation_size(relid))
            FROM pg_stat_user_tables WHERE schemaname = 'till' AND relname IN ('events', 'instances', 'details')
          """)[0]
        // It still sees what it saw.
        if holding { #expect(try idle.value("SELECT sum(coins) FROM till.states") == "0") }
        #expect(try owner.value("SELECT sum(coins) FROM till.states") == "1000")
        #expect(try owner.problems() == [])
        let numbers = row.values.map { $0.flatMap { Int($0) } ?? 0 }
        return Traces(inserted: numbers[0], updated: numbers[1], dead: numbers[2], bytes: numbers[3])
      }
    }
  }
}
