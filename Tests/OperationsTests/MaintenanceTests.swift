import Postgres
import TestServer
import Testing

/// What the one who looks after the server does while events come.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct MaintenanceTests {
  @Test(arguments: [
    "VACUUM (FULL, ANALYZE) till.instances", "VACUUM (FULL, ANALYZE) till.events",
    "CLUSTER till.instances USING instances_pkey", "CLUSTER till.events USING events_pkey",
    "REINDEX TABLE CONCURRENTLY till.instances",
    "REINDEX TABLE CONCURRENTLY till.events", "REINDEX SCHEMA CONCURRENTLY till", "ANALYZE", "VACUUM (FREEZE)",
  ])
  func `no dispatch fails while the tables are worked on`(_ work: String) throws {
    try Club.with(on: .shared) { club in
      try Server.shared.withDatabase { database in
        try club.install(in: database)
        let load = Load(on: database, as: club.clerk)
        try load.waitForMore()
        let connection = try database.connect()
        try connection.execute(work)
        try load.waitForMore()
        let events = try load.stop()
        #expect(try connection.value("SELECT count(*) FROM till.events WHERE seq > 0") == "\(events)")
        #expect(try connection.problems() == [])
        #expect(try connection.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == "0")
      }
    }
  }
}
