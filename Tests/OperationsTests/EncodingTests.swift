import Installer
import PetriNet
import Postgres
import SQL
import TestNets
import TestServer
import Testing

/// Databases of other encodings than UTF8.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct EncodingTests {
  /// Words that an encoding has, and one character that it lacks.
  private static let encodings = [
    ("LATIN1", "größe £", "€"), ("LATIN9", "größe €", "名"), ("KOI8R", "заказ ║", "ö"), ("WIN1252", "größe €", "名"),
    ("WIN1251", "заказ №", "ö"), ("ISO_8859_5", "заказ №", "ö"), ("EUC_JP", "注文 ｱ 鷗", "👍"), ("EUC_KR", "주문", "👍"),
    ("EUC_CN", "订单", "👍"), ("EUC_TW", "訂單", "👍"), ("LATIN5", "sipariş", "名"), ("UTF8", "größe 名 👍", ""),
  ]

  private func withDatabase(_ encoding: String, _ body: (Database) throws -> Void) throws {
    let server = Server.shared
    let name = "t_encoding_\(encoding.lowercased())"
    try server.connect().execute(
      "CREATE DATABASE \(name) ENCODING '\(encoding)' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    defer { try? server.connect().execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
    try body(Database(server: server, name: name))
  }

  @Test(arguments: encodings)
  func `a net is played and verified in any encoding, and a dump of it is intact in UTF8`(
    encoding: String, words: String, missing: String
  ) throws {
    let net = try Net(
      words, [Place(words), Place("'\(words)'")], [.t(words, by: [words], .output(words), .output("'\(words)'"))])
    try withDatabase(encoding) { database in
      let connection = try database.connect()
      _ = try Installer.install([try plan(net)], facade: nil, on: connection)
      let payload = "{\"\(words)\": [\"\(words)\", 1.50]}"
      for key in [nil, words, nil] {
        try connection.query("SELECT ptflow_dispatch($1, $1, $1, $2, key => $3)", [words, payload, key])
      }
      try connection.query("SELECT ptflow_dispatch($1, $1, $1, multiple => 3)", [words])
      try connection.query(
        "SELECT ptflow_dispatch_many(jsonb_build_array(e, e || '{\"multiple\": 2}', e || jsonb_build_object('key', $1::text || '2')))"
          + " FROM jsonb_build_object('net', $1::text, 'id', $1::text, 'action', $1::text) AS e", [words])
      let refused = #expect(throws: PostgresError.self) {
        try connection.query("SELECT ptflow_dispatch($1, $1, $1, expected => 77)", [words])
      }
      #expect(refused?.sqlstate == "PT412")
      let state = try connection.value("SELECT ptflow_state($1, $1) -> 'state' ->> $1", [words])
      #expect(state == "10")
      let events = "SELECT seq, action, payload, state, role, key, hash FROM ptflow_events($1, $1)"
      let before = try connection.query(events, [words]).map(\.values)
      #expect(before.count == 7)
      #expect(try connection.query("SELECT * FROM ptflow_verify($1)", [words]).isEmpty)

      // What the encoding lacks is refused where it comes in.
      if !missing.isEmpty {
        let sent = #expect(throws: PostgresError.self) {
          try connection.query("SELECT ptflow_dispatch($1, $2, $1)", [words, missing])
        }
        #expect(sent?.sqlstate == "22P05")
        let other = try plan(try Net("n", [Place(missing)], [.t("go", .output(missing))]))
        for dryRun in [true, false] {
          let refusal = #expect(throws: InstallRefusal.self) {
            try Installer.install([other], facade: nil, on: connection, dryRun: dryRun)
          }
          guard case .characters("n", let found, _)? = refusal else {
            Issue.record("\(String(describing: refusal))")
            continue
          }
          #expect(found == encoding)
        }
      }

      try withFile { file in
        try run("pg_dump", ["--format=custom", "--file=\(file)", database.url()])
        try Server.shared.withDatabase { copy in
          try run("pg_restore", ["--exit-on-error", "--dbname=\(copy.url())", file])
          let restored = try copy.connect()
          #expect(try restored.value("SHOW server_encoding") == "UTF8")
          #expect(try restored.query("SELECT * FROM ptflow_verify($1)", [words]).isEmpty)
          #expect(try restored.query(events, [words]).map(\.values) == before)
          try restored.query("SELECT ptflow_dispatch($1, $1, $1, $2, key => $1)", [words, payload])
          try restored.query("SELECT ptflow_dispatch($1, $1, $1)", [words])
          #expect(try restored.value("SELECT ptflow_state($1, $1) -> 'state' ->> $1", [words]) == "11")
          #expect(try restored.query("SELECT * FROM ptflow_verify($1)", [words]).isEmpty)
          #expect(try Installer.install([try plan(net)], facade: nil, on: restored).isEmpty)
        }
      }
    }
  }

  /// In one of these a character may be any byte, in the other it may be two of Unicode.
  @Test(arguments: ["SQL_ASCII", "EUC_JIS_2004"])
  func `an encoding in which the hashes would be others is refused by name, at once`(encoding: String) throws {
    try withDatabase(encoding) { database in
      let connection = try database.connect()
      for dryRun in [true, false] {
        let error = #expect(throws: PostgresError.self) {
          try Installer.install([try plan(.till)], facade: nil, on: connection, dryRun: dryRun)
        }
        #expect(error?.sqlstate == "0A000")
        #expect(error?.message.hasPrefix("the database has the encoding \(encoding), ") == true)
      }
      let script = installScript([try plan(.till)], facade: "public").text
      #expect(throws: PostgresError.self) { try connection.execute(script) }
      try connection.execute("ROLLBACK")
      #expect(try connection.value("SELECT to_regnamespace('ptflow')::text") == nil)
    }
  }

  @Test func `an encoding that PostgreSQL itself cannot turn into UTF8 is refused by name`() throws {
    try withDatabase("MULE_INTERNAL") { database in
      let error = #expect(throws: PostgresError.self) { _ = try database.connect() }
      #expect(error?.message.contains("MULE_INTERNAL") == true, "\(String(describing: error))")
    }
  }

  @Test func `the SQL of a net in ASCII is ASCII`() throws {
    let script = installScript([try plan(.till)], facade: "public").text
    let lines = script.split(separator: "\n").filter { !$0.utf8.allSatisfy { $0 < 128 } }
    #expect(lines == [])
    #expect(script.utf8.count > 50_000)
  }
}
