import Postgres
import Testing

struct ConnectionStringTests {
  @Test(arguments: [
    "postgresql://host:5432/db?nonsense=1", "orders", "host=localhost dbname", "port='5432", "postgres://[::1",
    "host=localhost\0",
  ])
  func `what is no connection string is refused with a word about it`(_ text: String) {
    let error = #expect(throws: PostgresError.self) { _ = try Connection(text) }
    #expect(error?.message.hasPrefix("the connection string is wrong: ") == true)
    #expect(error?.message.hasSuffix("libpq cannot read it") == false)
    #expect(error?.sqlstate.isEmpty == true)
    #expect(error?.hint != nil)
  }

  /// Each has a password with "hush" in it, of which libpq quotes a piece.
  @Test(arguments: [
    "postgresql://alice:pa%hush@host/db", "postgresql://alice:hush%zz@host/db", "postgresql://alice:%00hush@host/db",
    "postgresql://alice:hush@host:54%zz/db", "postgresql://[hush/db", "postgresql://alice@[::1]hush/db",
    "postgresql://host/db?user=alice&password=pa&hush", "postgresql://host/db?password=pa&hush=1",
    "postgresql://host/db?password=pa=hush", "postgresql://host/db?password=%hush",
    "postgresql://host/db?password&hush",
    "host=localhost password=my hush", "host=localhost password=my hush=1", "host=localhost password='my hush",
    "password = hush = x y", "hush", "dbname", "postgresql://alice:hu sh@ho st%/db",
  ])
  func `a malformed string is refused without a piece of it`(_ text: String) {
    let error = #expect(throws: PostgresError.self) { _ = try Connection(text) }
    #expect(error?.message.hasPrefix("the connection string is wrong: ") == true, "\(error as Any)")
    #expect(!"\(error as Any)".contains("hush"))
  }

  /// libpq reads these, but takes a piece of the password for something else.
  @Test(arguments: [
    "postgresql://alice:pa@hush@127.0.0.1:1/db", "postgresql://alice:pa/hush@127.0.0.1:1/db",
    "postgresql://alice:hush/x@127.0.0.1:1/db", "postgresql://127.0.0.1:1/hush@127.0.0.1", "postgresql://alice:hush/db",
    "postgresql://a:1@hush:1@127.0.0.1:1,b@hush:1/db", "host=127.0.0.1 port=1 dbname=postgresql://alice:hush@host/db",
    "host=127.0.0.1 port=hush", "host=127.0.0.1 port=1 dbname='password=hush'",
    "host=127.0.0.1 port=1 user=alice:hush@host",
  ])
  func `a password that libpq takes for something else is not printed`(_ text: String) {
    let error = #expect(throws: PostgresError.self) { _ = try Connection(text) }
    #expect(!"\(error as Any)".contains("hush"))
    #expect(error?.hint?.contains("%40") == true)
  }

  @Test(arguments: [
    "postgresql:///db?host=/nonexistent", "postgres://user@/db?host=/nonexistent", "host=/nonexistent dbname=db",
    "postgres://alice%40server:pass%2Fword@/db?host=/nonexistent",
  ])
  func `where nobody listens the error says so`(_ text: String) {
    let error = #expect(throws: PostgresError.self) { _ = try Connection(text) }
    #expect(error?.sqlstate == "08006")
    #expect(error?.description.contains("/nonexistent/.s.PGSQL.") == true)
    #expect(error?.description.hasSuffix("\n") == false)
    #expect(Ping.server(at: text) == .silent)
  }
}
