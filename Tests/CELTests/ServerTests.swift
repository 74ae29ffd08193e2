import CEL
import JSON
import Postgres
import Rules
import SQL
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")")) struct ServerTests {
  /// What an expression is, here and on a server; nil when the expression is refused.
  private func values(
    of text: String, _ variables: [String: Value], on connection: borrowing Connection
  ) throws -> (here: String, there: String)? {
    guard let expression = try? Expression.compile(text, variables: Set(variables.keys)) else { return nil }
    let here = try? expression.evaluate(variables)
    let columns = variables.keys.map { ($0, "(v.variables -> \(string: $0))" as SQL) }
    let sql: SQL
    do throws(CELRefusal) {
      sql = try guardExpression(
        expression, GuardFunctions(in: "pg_temp"), variables: Dictionary(uniqueKeysWithValues: columns))
    } catch {
      // No text of PostgreSQL can hold it.
      #expect(here?.document.hasZeroCharacter == true, "\(text): \(error)")
      return nil
    }
    let stored = Document.object(Dictionary(uniqueKeysWithValues: variables.map { (Text($0), $1.stored) }))
    let query: SQL = "SELECT (\(sql))::text FROM (SELECT $1::jsonb AS variables) AS v"
    do throws(PostgresError) {
      let answer = try connection.query(query.text, [stored.json])[0][0]
      let document = try? answer.map { try Document(parseJSON(Array($0.utf8), title: "value", deepest: 1000)) }
      return (shown(here), shown(document.flatMap(Value.init(stored:))))
    } catch {
      return (shown(here), error.description)
    }
  }

  private func shown(_ value: Value?) -> String { value?.tagged.json ?? "error" }

  @Test(
    .enabled(
      if: PublicSuite.shared != nil, "there is no ../shared/suites beside the repository, and PTFLOW_SHARED is not set")
  )
  func `the server has the values and errors of the public suite`() throws {
    try TestDatabase.with { database in
      let connection = try database.connect()
      try connection.execute(GuardFunctions(in: "pg_temp").all.text)
      for one in PublicSuite.shared?.cases ?? [] {
        guard let (here, there) = try values(of: one.expression, one.bindings, on: connection) else { continue }
        #expect("\(one.expression) is \(there)" == "\(one.expression) is \(here)")
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4]) func `expressions at random are the same here and on the server`(_ seed: UInt64) throws
  {
    var expressions = RandomExpressions(seed: seed)
    var count = 0
    try TestDatabase.with { database in
      let connection = try database.connect()
      try connection.execute(GuardFunctions(in: "pg_temp").all.text)
      for _ in 0..<1000 {
        let text = expressions.expression()
        guard let (here, there) = try values(of: text, RandomExpressions.variables, on: connection) else { continue }
        if here != "error" { count += 1 }
        #expect("\(text) is \(there)" == "\(text) is \(here)")
      }
    }
    #expect(count > 300)
  }

  @Test func `a payload becomes what it is here`() throws {
    let text = #"""
      {"i": 1, "m": {"": [], "a/b": {"d": "-0"}}, "list": [1.50, null, {"t": 1}, "x", [{}]], "é": 12345678901234567890.1}
      """#
    let document = try Document(parseJSON(Array(text.utf8), title: "the payload", deepest: 100))
    try TestDatabase.with { database in
      let connection = try database.connect()
      try connection.execute(GuardFunctions(in: "pg_temp").all.text)
      let stored = try connection.query("SELECT pg_temp.cel_json($1::jsonb)", [document.json])[0][0] ?? ""
      let found = try Document(parseJSON(Array(stored.utf8), title: "the value", deepest: 100))
      #expect(found == Value(document).stored)
    }
  }
}
