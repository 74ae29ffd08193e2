import Postgres
import TestServer
import Testing

/// What a transaction that stays open costs.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct SnapshotTests {
  /// What dispatches left in the table of the instances.
  struct Traces: CustomStringConvertible {
    let updates: Int
    let hot: Int
    let dead: Int
    let bytes: Int

    var description: String { "\(updates) updates, \(hot) of them HOT, \(dead) dead rows, \(bytes) bytes" }
  }

  @Test func `updates of instances stay on their page, and a held snapshot keeps nobody from dispatching`() throws {
    let free = try traces(holding: false)
    // Nearly all; what other tests do at the time puts off the clearing of a page now and then.
    #expect(free.updates == 1000 && free.hot >= 850, "\(free)")
    #expect(free.bytes <= 128 << 10, "\(free)")

    // What the snapshot may still see stays; each page that is full has to be left once.
    let held = try traces(holding: true)
    #expect(held.updates == 1000 && held.hot >= 800, "\(held)")
    #expect(held.bytes <= 256 << 10, "\(held)")
    print("without a snapshot: \(free)\nwith one held: \(held)")
  }

  /// Pays a thousand times into ten tills.
  private func traces(holding: Bool) throws -> Traces {
    try Club.with(on: .shared) { club in
      try Server.shared.withDatabase { database in
        try club.install(in: database)
        let owner = try database.connect(as: club.owner)
        try owner.execute("ALTER TABLE till.states SET (autovacuum_enabled = off)")
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
          SELECT n_tup_upd, n_tup_hot_upd, n_dead_tup, pg_relation_size(relid)
            FROM pg_stat_user_tables WHERE relid = 'till.states'::regclass
          """)[0]
        if holding {
          // It still sees what it saw, and when it is gone, so is what was kept for it.
          #expect(try idle.value("SELECT sum(coins) FROM till.states") == "0")
          try idle.execute("COMMIT")
          try database.connect().execute("VACUUM till.states")
        }
        #expect(try owner.value("SELECT sum(coins) FROM till.states") == "1000")
        #expect(try owner.problems() == [])
        let numbers = row.values.map { $0.flatMap { Int($0) } ?? 0 }
        return Traces(updates: numbers[0], hot: numbers[1], dead: numbers[2], bytes: numbers[3])
      }
    }
  }
}
