internal import CEL
internal import JSON
public import SQL

/// A variable of a guard that is no `jsonb` as `Value.stored` describes it.
public enum PlainVariable {
  /// JSON as it came, of type `jsonb`.
  case document(SQL)
  /// A whole number of 64 bits.
  case integer(SQL)
  /// A text.
  case text(SQL)

  /// The variable as a value of CEL; of a document only what is looked at is made into one.
  var stored: SQL {
    switch self {
    case .document(let sql): sql
    case .integer(let sql): "jsonb_build_object('i', \(sql))"
    case .text(let sql): "to_jsonb(\(sql))"
    }
  }
}

/// Such variables by the name that CEL has for them.
public typealias PlainVariables = [String: PlainVariable]

/// What PostgreSQL compares by itself as CEL does, most of what guards ask: numbers and texts of a document, whole numbers,
/// and constants. A member that is not there is NULL, and so is, where there is no order, what is no number.
extension GuardWriter {
  /// A side of a comparison.
  private enum Side {
    case document(SQL)
    case integer(SQL)
    case text(SQL)
    case constant(Value)
  }

  /// The comparison in SQL; nil when the functions have to make it.
  func plainComparison(_ expression: Expression) -> SQL? {
    guard case .call(let name, let operands, isMethod: false) = expression.kind, operands.count == 2,
      let left = side(operands[0]), let right = side(operands[1])
    else { return nil }
    switch name {
    case "_==_": return equality(left, right).map { "(\($0))" }
    case "_!=_": return equality(left, right).map { "(NOT (\($0)))" }
    case "_<_", "_<=_", "_>_", "_>=_":
      let relation = SQL(verbatim: name.replacing("_", with: ""))
      guard isExact(left, right), let one = number(left), let other = number(right) else { return nil }
      return "(\(one) \(relation) \(other))"
    default: return nil
    }
  }

  private func side(_ expression: Expression) -> Side? {
    if let document = document(expression) { return .document(document) }
    switch plainVariable(expression) {
    case .integer(let sql): return .integer(sql)
    case .text(let sql): return .text(sql)
    case .document, nil: break
    }
    if case .literal(let value) = expression.kind { return .constant(value) }
    return nil
  }

  /// Whether two numbers are compared as decimals: a double beside an int is not.
  private func isExact(_ left: Side, _ right: Side) -> Bool {
    switch (left, right) {
    case (.constant, .constant): false
    case (.constant(.double), .document), (.document, .constant(.double)): true
    case (.constant(.double), _), (_, .constant(.double)): false
    default: true
    }
  }

  /// A side as a number; nil when it is none.
  private func number(_ side: Side) -> SQL? {
    switch side {
    case .document(let sql): "(CASE jsonb_typeof(\(sql)) WHEN 'number' THEN (\(sql))::numeric END)"
    case .integer(let sql): sql
    case .constant(let value): constant(value)
    case .text: nil
    }
  }

  private func constant(_ value: Value) -> SQL? {
    switch value {
    case .int, .uint, .double: "(\(SQL(verbatim: value.document.json)))"
    default: nil
    }
  }

  private func equality(_ left: Side, _ right: Side) -> SQL? {
    switch (left, right) {
    case (.document(let document), let other), (let other, .document(let document)):
      json(other).map { "(\(document)) = \($0)" }
    case (.integer(let one), .integer(let other)): "\(one) = \(other)"
    case (.integer(let integer), .constant(.int(let number))), (.constant(.int(let number)), .integer(let integer)):
      "\(integer) = (\(Int(number)))"
    case (.text(let one), .text(let other)): "\(one) COLLATE \"C\" = \(other)"
    case (.text(let text), .constant(.string(let constant))), (.constant(.string(let constant)), .text(let text)):
      "\(text) COLLATE \"C\" = \(string: constant.string)"
    default: nil
    }
  }

  /// A side that a document can be equal to, as JSON.
  private func json(_ side: Side) -> SQL? {
    switch side {
    case .document: nil
    case .integer(let sql), .text(let sql): "to_jsonb(\(sql))"
    case .constant(let value):
      switch value {
      case .null, .boolean, .int, .uint, .double, .string: "\(string: value.document.json)::jsonb"
      default: nil
      }
    }
  }
}
