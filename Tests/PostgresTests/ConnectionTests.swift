import Foundation
import Postgres
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct ConnectionTests {
  @Test func `values come as text and NULL as nil`() throws {
    let rows = try connect().query(
      "SELECT 42 AS n, true AS yes, NULL::int AS nothing, '' AS empty, ARRAY[1, 2] AS list")
    #expect(rows.count == 1)
    #expect(rows[0].columns == ["n", "yes", "nothing", "empty", "list"])
    #expect(rows[0].values == ["42", "t", nil, "", "{1,2}"])
    #expect(rows[0]["n"] == "42")
    #expect(rows[0]["nothing"] == nil)
    #expect(rows[0][3]?.isEmpty == true)
    #expect("\(rows[0])" == "(n: 42, yes: t, nothing: NULL, empty: , list: {1,2})")
  }

  @Test func `parameters keep their text, whatever is in it`() throws {
    let texts = ["", "it's", "\\", "Grüße", "日本語", "👩‍👩‍👧‍👦", "e\u{301}", "a\nb\tc", "$1", "; DROP TABLE x; --"]
    let connection = try connect()
    for text in texts {
      let rows = try connection.query("SELECT $1::text AS text, $2::text IS NULL AS missing, length($1)", [text, nil])
      #expect(rows[0]["text"].map { Array($0.utf8) } == Array(text.utf8))
      #expect(rows[0]["missing"] == "t")
      #expect(rows[0]["length"] == "\(text.unicodeScalars.count)")
    }
  }

  @Test func `many parameters and long ones arrive`() throws {
    let long = String(repeating: "ä", count: 1_000_000)
    let numbers = (1...1000).map { "$\($0)::int" }.joined(separator: " + ")
    let connection = try connect()
    #expect(try connection.query("SELECT \(numbers) AS sum", (1...1000).map { "\($0)" })[0]["sum"] == "500500")
    #expect(try connection.query("SELECT length($1) AS n", [long])[0]["n"] == "1000000")
    #expect(try connection.query("SELECT $1::text AS same", [long])[0]["same"] == long)
  }

  @Test func `a statement without a result has no rows`() throws {
    let connection = try connect()
    #expect(try connection.query("CREATE TEMPORARY TABLE t (n int)").isEmpty)
    #expect(try connection.query("INSERT INTO t VALUES (1), (2)").isEmpty)
    #expect(try connection.query("").isEmpty)
    #expect(try connection.query("SELECT n FROM t ORDER BY n").map { $0[0] } == ["1", "2"])
  }

  @Test func `a script has many statements and is one transaction`() throws {
    let connection = try connect()
    try connection.execute("CREATE TEMPORARY TABLE t (n int); INSERT INTO t VALUES (1); SELECT * FROM t;")
    #expect(throws: PostgresError.self) { try connection.execute("INSERT INTO t VALUES (2); SELECT 1 / 0;") }
    #expect(try connection.query("SELECT count(*) FROM t")[0][0] == "1")
  }

  @Test func `an error keeps the parts that the server sent`() throws {
    let connection = try connect()
    try connection.execute(
      "CREATE TEMPORARY TABLE t (n int CONSTRAINT positive CHECK (n > 0)); CREATE TEMPORARY TABLE u (n int)")
    let refused = #expect(throws: PostgresError.self) { try connection.query("INSERT INTO t VALUES (-1)") }
    #expect(refused?.sqlstate == "23514")
    #expect(refused?.severity == "ERROR")
    #expect(refused?.constraint == "positive")
    #expect(refused?.detail == "Failing row contains (-1).")

    let unknown = #expect(throws: PostgresError.self) { try connection.query("SELECT 'ä👩‍👧' || nam FROM u") }
    #expect(unknown?.sqlstate == "42703")
    #expect(unknown?.position == 18)
    #expect(unknown?.detail == nil)
  }

  @Test func `an error prints as psql prints it`() throws {
    let connection = try connect()
    let error = #expect(throws: PostgresError.self) {
      try connection.execute(
        """
        DO $$ BEGIN
          RAISE EXCEPTION 'no more' USING ERRCODE = 'PT409', DETAIL = 'None are left.', HINT = 'Buy some.';
        END $$;
        """)
    }
    #expect(error?.sqlstate == "PT409")
    #expect(
      error?.description == """
        ERROR:  no more
        DETAIL:  None are left.
        HINT:  Buy some.
        CONTEXT:  PL/pgSQL function inline_code_block line 2 at RAISE
        """)
  }

  @Test func `notices go to their handler`() throws {
    var notices: [PostgresNotice] = []
    let connection = try connect { notices.append($0) }
    try connection.execute("DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two' USING HINT = 'three'; END $$;")
    #expect(notices.map(\.description) == ["NOTICE:  one", "WARNING:  two\nHINT:  three"])
    #expect(notices.map(\.sqlstate) == ["00000", "01000"])
  }

  @Test func `a session says who serves it`() throws {
    let connection = try connect()
    let row = try connection.query(
      """
      SELECT pg_backend_pid() AS pid, current_setting('server_version_num') AS version,
             current_setting('application_name') AS name, current_setting('client_encoding') AS encoding
      """)[0]
    #expect(row["pid"] == "\(connection.backendPID)")
    #expect(row["version"] == "\(connection.serverVersion)")
    #expect(row["name"] == "ptflow")
    #expect(row["encoding"] == "UTF8")
    let named = try Connection(TestServer.url + "&application_name=another")
    #expect(try named.query("SHOW application_name")[0][0] == "another")
  }

  @Test func `a zero byte is refused instead of cutting the text short`() throws {
    let connection = try connect()
    let script = #expect(throws: PostgresError.self) { try connection.execute("SELECT 1;\0 nonsense") }
    #expect(script?.sqlstate == "22021")
    let parameter = #expect(throws: PostgresError.self) { try connection.query("SELECT $1::text", ["a\0b"]) }
    #expect(parameter?.sqlstate == "22021")
  }

  @Test(arguments: ["COPY (SELECT 1) TO STDOUT", "CREATE TEMPORARY TABLE c (n int); COPY c FROM STDIN"])
  func `a COPY is refused and the session goes on`(_ script: String) throws {
    let connection = try connect()
    let error = #expect(throws: PostgresError.self) { try connection.execute(script) }
    #expect(error?.sqlstate == "0A000")
    #expect(try connection.query("SELECT 1")[0][0] == "1")
  }

  @Test func `a running statement is interrupted`() throws {
    let connection = try connect()
    let canceller = connection.canceller
    let (url, pid) = (TestServer.url, connection.backendPID)
    let thread = Thread {
      let busy = "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'"
      guard let other = try? Connection(url) else { return }
      while (try? other.query(busy, ["\(pid)"]).isEmpty) == true {}
      canceller.cancel()
    }
    thread.start()
    let error = #expect(throws: PostgresError.self) { try connection.query("SELECT pg_sleep(60)") }
    #expect(error?.sqlstate == "57014")
    #expect(try connection.query("SELECT 1")[0][0] == "1")
  }

  @Test func `a session that was ended gives errors`() throws {
    let connection = try connect()
    try connect().query("SELECT pg_terminate_backend($1, 10000)", ["\(connection.backendPID)"])
    let ended = #expect(throws: PostgresError.self) { try connection.query("SELECT 1") }
    #expect(ended?.sqlstate == "08006")
    #expect(ended?.message.hasPrefix("FATAL:  terminating connection due to administrator command") == true)
    let after = #expect(throws: PostgresError.self) { try connection.execute("SELECT 1") }
    #expect(after?.sqlstate == "08006")
    #expect(connection.canceller.cancel() == false)
  }
}

/// A session with the server of the tests.
private func connect(onNotice: @escaping (PostgresNotice) -> Void = { _ in }) throws(PostgresError) -> Connection {
  try Connection(TestServer.url, onNotice: onNotice)
}
