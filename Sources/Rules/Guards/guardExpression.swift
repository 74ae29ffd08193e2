public import CEL
internal import JSON
internal import JSONSchema
public import SQL

/// An expression of CEL as one of SQL, of type `jsonb` as `Value.stored` describes it; NULL where CEL has an error.
///
/// - Parameters:
///   - expression: what `Expression.compile` took.
///   - functions: where the functions are that it calls.
///   - variables: the SQL of each variable, of type `jsonb`, by the name that CEL has for it.
///   - plain: the variables that have another type than `jsonb`, or hold JSON as it came.
/// - Returns: the expression.
/// - Throws: what the database cannot hold, which is the character U+0000.
public func guardExpression(
  _ expression: Expression, _ functions: GuardFunctions, variables: [String: SQL], plain: PlainVariables = [:]
) throws(CELRefusal) -> SQL {
  var writer = GuardWriter(schema: functions.schema, variables: variables, plain: plain)
  return try writer.term(expression).value
}

/// The same of an expression that is true or false, as a boolean.
public func guardCondition(
  _ expression: Expression, _ functions: GuardFunctions, variables: [String: SQL], plain: PlainVariables = [:]
) throws(CELRefusal) -> SQL {
  var writer = GuardWriter(schema: functions.schema, variables: variables, plain: plain)
  return try writer.truth(expression)
}

/// The JSON that a chain of members of a plain document leads to; NULL where there is none, nil when it is no such chain.
public func documentExpression(_ expression: Expression, plain: PlainVariables) -> SQL? {
  GuardWriter(schema: "", variables: [:], plain: plain).document(expression)
}

/// A part of an expression.
struct Term {
  let sql: SQL
  /// Whether it is a boolean; all else is a `jsonb`.
  let isBoolean: Bool

  /// The part as a `jsonb`.
  var value: SQL { isBoolean ? "to_jsonb(\(sql))" : sql }

  static func boolean(_ sql: SQL) -> Term { Term(sql: sql, isBoolean: true) }
  static func value(_ sql: SQL) -> Term { Term(sql: sql, isBoolean: false) }

  /// What has no value.
  static let error = Term.value("NULL::jsonb")
}

struct GuardWriter {
  let schema: SQL
  let variables: [String: SQL]
  let plain: PlainVariables
  /// The elements of the macros around, the innermost last.
  private var elements: [(name: String, sql: SQL)] = []
  private var number = 0

  init(schema: SQL, variables: [String: SQL], plain: PlainVariables) {
    self.schema = schema
    self.variables = variables
    self.plain = plain
  }

  /// A plain variable.
  func plainVariable(_ expression: Expression) -> PlainVariable? {
    guard let name = expression.qualifiedName, !hides(name), !elements.contains(where: { $0.name == name }) else {
      return nil
    }
    return plain[name]
  }

  /// What a chain of members of a document leads to.
  func document(_ expression: Expression) -> SQL? {
    switch expression.kind {
    case .name: if case .document(let sql)? = plainVariable(expression) { sql } else { nil }
    case .member(let operand, let name, isTest: false): document(operand).map { "\($0) -> \(string: name)" }
    case .call("_[_]", let operands, _):
      if operands.count == 2, case .literal(.string(let name)) = operands[1].kind {
        document(operands[0]).map { "\($0) -> \(string: name.string)" }
      } else {
        nil
      }
    default: nil
    }
  }

  mutating func term(_ expression: Expression) throws(CELRefusal) -> Term {
    // Only what is looked at of a document is made into a value.
    if let document = document(expression) { return .value("\(schema).cel_json(\(document))") }
    if let variable = plainVariable(expression) { return .value(variable.stored) }
    if let comparison = plainComparison(expression) { return .boolean(comparison) }
    switch expression.kind {
    case .literal(let value): return try literal(value, expression)
    case .name(let name):
      if let element = elements.last(where: { $0.name == name }) { return .value(element.sql) }
      return variables[name].map { .value($0) } ?? .error
    case .member(let operand, let name, let isTest):
      if !isTest, let qualified = expression.qualifiedName, let variable = variables[qualified], !hides(qualified) {
        return .value(variable)
      }
      let text = try storable(name, expression)
      if isTest, let document = document(operand) {
        return .boolean("(CASE jsonb_typeof(\(document)) WHEN 'object' THEN (\(document)) ? \(string: text) END)")
      }
      let value = try term(operand).value
      return isTest
        ? .boolean("\(schema).cel_has(\(value), \(string: text))")
        : .value("\(schema).cel_member(\(value), \(string: text))")
    case .list(let parts):
      let values = try self.values(parts)
      return values.isEmpty ? .value("'[]'::jsonb") : .value("\(schema).cel_list(ARRAY[\(values, separator: ", ")])")
    case .map(let entries):
      let values = try self.values(entries.flatMap { [$0.key, $0.value] })
      return values.isEmpty
        ? .value("'{\"m\": {}}'::jsonb") : .value("\(schema).cel_map(ARRAY[\(values, separator: ", ")])")
    case .comprehension(let comprehension): return try term(comprehension)
    case .call("_&&_", let operands, _):
      return .boolean("(\(try truth(operands[0])) AND \(try truth(operands[1])))")
    case .call("_||_", let operands, _):
      return .boolean("(\(try truth(operands[0])) OR \(try truth(operands[1])))")
    case .call("!_", let operands, _): return .boolean("(NOT \(try truth(operands[0])))")
    case .call("_?_:_", let operands, _): return try choice(operands)
    case .call("matches", let arguments, isMethod: true):
      guard arguments.count == 2, case .literal(.string(let text)) = arguments[1].kind,
        let pattern = try? Pattern(text.string)
      else { return .error }
      return .boolean(matches("\(schema).cel_text(\(try term(arguments[0]).value))", pattern))
    case .call(let name, let arguments, let isMethod):
      let values = try self.values(arguments)
      if let part = try part(name, arguments, values, isMethod: isMethod) { return part }
      return GuardCall(schema, name, values, isMethod: isMethod)?.term ?? .error
    }
  }

  private mutating func values(_ parts: [Expression]) throws(CELRefusal) -> [SQL] {
    var values: [SQL] = []
    for part in parts { values.append(try term(part).value) }
    return values
  }

  /// An operand that has to be true or false.
  mutating func truth(_ operand: Expression) throws(CELRefusal) -> SQL {
    let term = try term(operand)
    return term.isBoolean ? term.sql : "\(schema).cel_truth(\(term.sql))"
  }

  private mutating func choice(_ operands: [Expression]) throws(CELRefusal) -> Term {
    let condition = try truth(operands[0])
    let (first, second) = (try term(operands[1]), try term(operands[2]))
    let isBoolean = first.isBoolean && second.isBoolean
    let (yes, no) = isBoolean ? (first.sql, second.sql) : (first.value, second.value)
    return Term(
      sql: "(CASE \(condition) WHEN true THEN \(yes) WHEN false THEN \(no) END)", isBoolean: isBoolean)
  }

  private func literal(_ value: Value, _ expression: Expression) throws(CELRefusal) -> Term {
    if case .boolean(let truth) = value { return .boolean("\(truth)") }
    if case .string(let text) = value { _ = try storable(text.string, expression) }
    return .value("\(string: value.stored.json)::jsonb")
  }

  private func storable(_ text: String, _ expression: Expression) throws(CELRefusal) -> String {
    guard !text.utf8.contains(0) else { throw CELRefusal.zeroCharacter(at: expression.offset) }
    return text
  }

  private func hides(_ name: String) -> Bool {
    let first = name.prefix { $0 != "." }
    return elements.contains { $0.name == first }
  }

  private mutating func term(_ comprehension: Expression.Comprehension) throws(CELRefusal) -> Term {
    let range = try term(comprehension.range).value
    number += 1
    let alias: SQL = "e_\(number)"
    elements.append((comprehension.variable, "\(alias).item"))
    defer { elements.removeLast() }
    let holds = try comprehension.condition.map { condition throws(CELRefusal) in try truth(condition) } ?? "true"
    let result = try comprehension.result.map { result throws(CELRefusal) in try term(result).value } ?? "\(alias).item"
    let answer: SQL =
      switch comprehension.macro {
      case .all: "CASE WHEN bool_or(NOT f.holds) THEN false WHEN bool_or(f.holds IS NULL) THEN NULL ELSE true END"
      case .exists: "CASE WHEN bool_or(f.holds) THEN true WHEN bool_or(f.holds IS NULL) THEN NULL ELSE false END"
      case .existsOne: "CASE WHEN bool_or(f.holds IS NULL) THEN NULL ELSE count(*) FILTER (WHERE f.holds) = 1 END"
      case .filter, .map:
        """
        CASE WHEN bool_or(f.holds IS NULL OR f.holds AND f.result IS NULL) THEN NULL
             ELSE coalesce(jsonb_agg(f.result ORDER BY f.number) FILTER (WHERE f.holds), '[]') END
        """
      }
    let isBoolean = comprehension.macro != .filter && comprehension.macro != .map
    let columns: SQL =
      isBoolean ? "\(holds) AS holds" : "h.holds, CASE WHEN h.holds THEN \(result) END AS result, \(alias).number"
    let lateral: SQL = isBoolean ? "" : " CROSS JOIN LATERAL (SELECT \(holds) AS holds) AS h"
    return Term(
      sql: """
        (SELECT CASE WHEN r.items IS NOT NULL THEN
             (SELECT \(answer)
                FROM (SELECT \(columns)
                        FROM jsonb_array_elements(r.items) WITH ORDINALITY AS \(alias) (item, number)\(lateral)) AS f)
         END
           FROM (SELECT \(schema).cel_items(\(range)) AS items) AS r)
        """, isBoolean: isBoolean)
  }

  /// A part of a timestamp or a duration, if it is one.
  private func part(
    _ name: String, _ arguments: [Expression], _ values: [SQL], isMethod: Bool
  ) throws(CELRefusal) -> Term? {
    guard isMethod, Expression.timeParts.contains(name) else { return nil }
    guard arguments.count <= 2 else { return .error }
    var (zone, shift): (SQL, SQL) = ("'UTC'", "'0'")
    if arguments.count == 2 {
      guard case .literal(.string(let text)) = arguments[1].kind else { return .error }
      if let seconds = fixedOffset(text.string) { shift = "'\(seconds) s'" } else { zone = "\(string: text.string)" }
      // A duration is in no zone.
      return .value(
        """
        (CASE WHEN \(schema).cel_kind(\(values[0])) = 't'
              THEN \(schema).cel_part(\(values[0]), \(string: name), \(zone), \(shift)) END)
        """)
    }
    return .value("\(schema).cel_part(\(values[0]), \(string: name), \(zone), \(shift))")
  }
}
