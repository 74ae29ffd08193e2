import Postgres
import Testing

struct ConnectionStringTests {
  @Test(arguments: [
    "postgresql://host:5432/db?nonsense=1", "orders", "host=localhost dbname", "port='5432", "postgres://[::1",
    "postgresql://alice:secret@host:54%zz/db",
  ])
  func `what is no connection string is refused with a word about it`(_ text: String) {
    let error = #expect(throws: PostgresError.self) { _ = try Connection(text) }
    #expect(error?.message.hasPrefix("the connection string is wrong: ") == true)
    #expect(error?.message.contains("secret") == false)
    #expect(error?.sqlstate.isEmpty == true)
    #expect(error?.hint != nil)
  }

  @Test(arguments: [
    "postgresql:///db?host=/nonexistent", "postgres://user@/db?host=/nonexistent", "host=/nonexistent dbname=db",
  ])
  func `where nobody listens the error says so`(_ text: String) {
    let error = #expect(throws: PostgresError.self) { _ = try Connection(text) }
    #expect(error?.sqlstate == "08006")
    #expect(error?.description.contains("/nonexistent/.s.PGSQL.") == true)
    #expect(error?.description.hasSuffix("\n") == false)
    #expect(Ping.server(at: text) == .silent)
  }
}
