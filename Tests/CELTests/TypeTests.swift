import CEL
import JSON
import JSONSchema
import Testing

/// A payload of which the schema knows something.
private let schema = """
  {"type": "object", "additionalProperties": false,
   "properties": {
     "amount": {"type": "number"}, "count": {"type": "integer"}, "name": {"type": "string"}, "open": {"type": "boolean"},
     "none": {"type": "null"}, "either": {"type": ["string", "number"]}, "unknown": {}, "large": {"type": "number"},
     "tags": {"type": "array", "items": {"type": "string"}}, "state": {"enum": ["new", "old"]},
     "lines": {"type": "array", "items": {"type": "object", "properties": {
       "price": {"type": "number"}, "pieces": {"type": "integer"}}}}}}
  """

private func variables() throws -> [String: StaticType] {
  let payload = try Schema(parseJSON(Array(schema.utf8), title: "the schema", deepest: 100))
  return [
    "payload": StaticType(payload), "tokens.stock": .int, "multiple": .int, "seq": .int, "now": .timestamp,
    "actor": .string, "role": .string, "id": .string,
  ]
}

@Suite struct TypeTests {
  @Test(arguments: [
    ("payload.amount >= 10.00 && payload.count % 2 == 0", StaticType.boolean), ("payload.count + 1", .wholeDecimal),
    ("payload.amount / 2", .decimal), ("tokens.stock - multiple", .int), ("payload.tags + ['x']", .list(.string)),
    ("payload.lines.all(l, l.price * l.pieces > 0)", .boolean), ("payload.state + actor", .string),
    ("payload.open ? 1 : 'a'", .oneOf([.int, .string])), ("payload.either == 'a'", .boolean),
    ("has(payload.unknown) || payload.unknown == null", .boolean), ("now - duration('1h') < now", .boolean),
    ("payload.lines.map(l, l.pieces)[0]", .wholeDecimal), ("{'a': 1}.a", .int), ("{1: 'a'}[1]", .string),
    ("math.greatest(payload.amount, 1)", .oneOf([.decimal, .int])), ("[].map(x, x + 1)", .list(.nothing)),
    ("size(payload.tags.filter(t, t in ['a', 'b'])) == 0", .boolean), ("id.split('-')[0].size()", .int),
    ("payload.either == 1 ? payload.amount : payload.count", .oneOf([.decimal, .wholeDecimal])),
  ])
  func `the type of a value is known before there is one`(_ text: String, _ type: StaticType) throws {
    let found = try Expression.compile(text).checkTypes(variables())
    #expect(found == type, "\(text)")
  }

  @Test(arguments: [
    ("payload.name >= 10", 13, ">= does not take a text and an int"),
    ("payload.either >= 10", 15, ">= does not take a text and an int"),
    ("payload.unknown + 1", 16, "+ does not take anything and an int"),
    ("payload.amount && true", 8, "this has to be true or false, and is a number"),
    ("payload.amont > 1", 8, "there is no member amont"),
    ("payload.tags.all(t, t > 1)", 22, "> does not take a text and an int"),
    ("token.stock > 1", 0, "there is no variable token"), ("tokens.stok > 1", 7, "there is no variable tokens.stok"),
    ("payload.name.exists(x, true)", 13, "exists does not go through a text"),
    ("payload.amount % 2 == 0", 15, "% does not take a number and an int"),
    ("payload.count.x", 14, "a whole number has no members"), ("!payload.name", 0, "! does not take a text"),
    ("1 + 2u", 2, "+ does not take an int and a uint"), ("foo(1)", 0, "foo does not take an int"),
    ("payload.name.trim(1)", 13, "trim does not take a text and an int"),
    ("{now: 1}", 1, "a timestamp cannot be a key"),
    ("payload.unknown.x == 1", 16, "anything has no members"), ("-now", 0, "- does not take a timestamp"),
    ("payload.none ? 1 : 2", 8, "this has to be true or false, and is null"),
  ])
  func `what can fail for the type of a value is refused with its place`(
    _ text: String, _ offset: Int, _ message: String
  ) throws {
    let expression = try Expression.compile(text)
    let variables = try variables()
    let refusal = #expect(throws: CELRefusal.self) { try expression.checkTypes(variables) }
    #expect(refusal?.message == message)
    #expect(refusal?.offset == offset)
  }

  @Test func `an expression that passes never fails for the type of a value`() throws {
    var expressions = RandomExpressions(seed: 7)
    var types = try variables()
    types.merge(["small": .uint, "ratio": .double, "lease": .duration]) { $1 }
    var passed = 0
    for _ in 0..<5_000 {
      let text = expressions.expression()
      guard let expression = try? Expression.compile(text), let type = try? expression.checkTypes(types) else {
        continue
      }
      passed += 1
      do throws(EvaluationError) {
        let value = try expression.evaluate(RandomExpressions.variables)
        #expect(type.holds(value), "\(text) is \(value.tagged.json), which is not \(type)")
      } catch {
        #expect(error.kind != .type, "\(text): \(error.message)")
      }
    }
    #expect(passed > 150)
  }
}

extension StaticType {
  /// Whether a value is of the type.
  fileprivate func holds(_ value: Value) -> Bool {
    switch (self, value) {
    case (.any, _): true
    case (.oneOf(let types), _): types.contains { $0.holds(value) }
    case (.null, .null), (.boolean, .boolean), (.int, .int), (.uint, .uint), (.double, .double), (.decimal, .decimal),
      (.string, .string), (.timestamp, .timestamp), (.duration, .duration):
      true
    case (.wholeDecimal, .decimal(let number)): number.isWhole
    case (.list(let type), .list(let elements)): elements.allSatisfy(type.holds)
    case (.map(let key, let type), .map(let map)): map.entries.allSatisfy { key.holds($0.key) && type.holds($0.value) }
    case (.object(let members, let others), .map(let map)):
      map.entries.allSatisfy { entry in
        guard case .string(let name) = entry.key else { return false }
        return (members[name.string] ?? others)?.holds(entry.value) == true
      }
    default: false
    }
  }
}
