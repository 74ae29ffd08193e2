import CEL
import JSON
import Rules
import SQL

private let variables: [String: Value] = [
  "payload": Value(
    .object([
      "amount": .number(Decimal(12)), "count": .number(Decimal(-7)), "tags": .array(["a", "b"]), "none": .null,
      "lines": .array([.object(["price": .number(Decimal(3)), "pieces": .number(Decimal(0))])]),
    ])),
  "tokens.stock": .int(5), "multiple": .int(2), "seq": .int(41), "now": .timestamp(1_767_225_599_123_456_789),
  "actor": .string("ann"), "role": .string(""), "id": .string("i"),
]

/// An expression: it is refused where it stands, or becomes SQL, and has a value or an error.
func fuzzExpression(_ bytes: [UInt8]) {
  guard let text = String(validating: bytes, as: UTF8.self) else { return }
  do throws(CELRefusal) {
    let expression = try Expression.compile(text, variables: Set(variables.keys))
    _ = try? expression.checkTypes([:])
    do throws(EvaluationError) {
      let value = try expression.evaluate(variables)
      _ = value.tagged.json
    } catch {
      precondition(error.offset <= bytes.count && !error.message.isEmpty, "an error without words")
    }
    let columns = Dictionary(uniqueKeysWithValues: variables.keys.map { ($0, "v.\(name: $0)" as SQL) })
    let functions = GuardFunctions(in: "pg_temp")
    let sql = try guardExpression(expression, functions, variables: columns).text
    precondition(!sql.utf8.contains(0), "SQL with a zero byte")
    let again = try guardExpression(expression, functions, variables: columns).text
    precondition(again == sql, "other SQL of the same expression")
  } catch {
    precondition(error.offset <= bytes.count && !error.message.isEmpty, "a refusal without words")
  }
}
