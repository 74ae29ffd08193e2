import CEL
import JSON
import Output
import Postgres
import SQL
import TestServer
import Testing

@Suite(
  .enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"),
  .enabled(if: PublicSuite.shared != nil, "the public suites are not here; PTFLOW_SHARED names their folder"))
struct ServerTests {
  @Test func `the server has the same values and errors`() throws {
    try TestDatabase.with { database in
      let connection = try database.connect()
      let functions = GuardFunctions(in: "pg_temp")
      #expect(throws: Never.self) { try connection.execute(functions.all.text) }
      for one in PublicSuite.shared?.cases ?? [] {
        guard let expression = try? Expression.compile(one.expression, variables: Set(one.bindings.keys)) else { continue }
        let variables = Dictionary(
          uniqueKeysWithValues: one.bindings.keys.map { ($0, "($1::jsonb -> \(string: $0))" as SQL) })
        let bindings = Document.object(
          Dictionary(uniqueKeysWithValues: one.bindings.map { (Text($0.key), $0.value.stored) }))
        let sql: SQL
        do throws(CELRefusal) {
          sql = try guardExpression(expression, functions, variables: variables)
        } catch {
          // No text of PostgreSQL can hold it.
          let value = try expression.evaluate(one.bindings).document
          #expect(value.hasZeroCharacter, "\(one.expression): \(error)")
          continue
        }
        do {
          let answer = try connection.query("SELECT \(sql)::text WHERE $1::jsonb IS NOT NULL", [bindings.json])[0][0]
          let value = try answer.map { try Document(parseJSON(Array($0.utf8), title: "value", deepest: 1000)) }
          let found = value.flatMap(Value.init(stored:))
          let stated = try? expression.evaluate(one.bindings)
          #expect(
            "\(one.expression) is \(found?.tagged.json ?? "error")" == "\(one.expression) is \(stated?.tagged.json ?? "error")")
        } catch {
          #expect(Bool(false), "\(one.expression): \(error)")
        }
      }
    }
  }
}
