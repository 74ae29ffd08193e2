internal import JSON

/// The operators under the names of cel-spec, without those that need not know all their operands; and `size`.
let operators: [String: Function] = [
  "_==_": { arguments throws(FunctionError) in .boolean(arguments[0].equals(arguments[1])) },
  "_!=_": { arguments throws(FunctionError) in .boolean(!arguments[0].equals(arguments[1])) },
  "_<_": { arguments throws(FunctionError) in try compare(arguments[0], before: arguments[1]) },
  "_>_": { arguments throws(FunctionError) in try compare(arguments[1], before: arguments[0]) },
  "_<=_": { arguments throws(FunctionError) in try negate(compare(arguments[1], before: arguments[0])) },
  "_>=_": { arguments throws(FunctionError) in try negate(compare(arguments[0], before: arguments[1])) },
  "!_": { arguments throws(FunctionError) in try negate(arguments[0]) },
  "-_": negative, "_+_": sum, "_-_": difference, "_*_": product, "_/_": quotient, "_%_": remainder,
  "_[_]": element, "@in": isIn, "size": size,
]

private func compare(_ first: Value, before second: Value) throws(FunctionError) -> Value {
  guard let precedes = first.precedes(second) else { throw .noOverload }
  return .boolean(precedes)
}

private func negate(_ value: Value) throws(FunctionError) -> Value {
  guard case .boolean(let truth) = value else { throw .noOverload }
  return .boolean(!truth)
}

/// A double, unless it is infinite or no number.
func finite(_ double: Double) throws(FunctionError) -> Value {
  guard double.isFinite else {
    throw FunctionError("the result is infinite or no number, which JSON has not", .notFinite)
  }
  return .double(double)
}

/// The result of whole numbers, unless it does not fit.
private func checked<Number>(_ result: (partialValue: Number, overflow: Bool)) throws(FunctionError) -> Number {
  guard !result.overflow else { throw .overflow }
  return result.partialValue
}

/// Two numbers of which at least one is a decimal; nil for others.
private func decimals(_ arguments: [Value]) throws(FunctionError) -> (Decimal, Decimal)? {
  guard case (let first?, let second?) = (arguments[0].number, arguments[1].number),
    arguments.contains(where: \.isDecimal)
  else { return nil }
  guard first.isCalculable, second.isCalculable else {
    throw FunctionError("one is reckoned with numbers of at most 1000 digits before the point and 1000 after it")
  }
  return (first, second)
}

extension Value {
  fileprivate var isDecimal: Bool { if case .decimal = self { true } else { false } }
}

private func negative(_ arguments: [Value]) throws(FunctionError) -> Value {
  switch arguments[0] {
  case .int(let number): .int(try checked(Int64(0).subtractingReportingOverflow(number)))
  case .double(let number): .double(-number)
  case .decimal(let number): .decimal(-number)
  default: throw .noOverload
  }
}

private func sum(_ arguments: [Value]) throws(FunctionError) -> Value {
  if let (first, second) = try decimals(arguments) { return .decimal(first + second) }
  switch (arguments[0], arguments[1]) {
  case (.int(let first), .int(let second)): return .int(try checked(first.addingReportingOverflow(second)))
  case (.uint(let first), .uint(let second)): return .uint(try checked(first.addingReportingOverflow(second)))
  case (.double(let first), .double(let second)): return try finite(first + second)
  case (.string(let first), .string(let second)): return .string(Text(first.string + second.string))
  case (.list(let first), .list(let second)): return .list(first + second)
  case (.timestamp(let time), .duration(let duration)), (.duration(let duration), .timestamp(let time)):
    return try timestamp(time + Int128(duration))
  case (.duration(let first), .duration(let second)):
    return .duration(try checked(first.addingReportingOverflow(second)))
  default: throw .noOverload
  }
}

private func difference(_ arguments: [Value]) throws(FunctionError) -> Value {
  if let (first, second) = try decimals(arguments) { return .decimal(first - second) }
  switch (arguments[0], arguments[1]) {
  case (.int(let first), .int(let second)): return .int(try checked(first.subtractingReportingOverflow(second)))
  case (.uint(let first), .uint(let second)): return .uint(try checked(first.subtractingReportingOverflow(second)))
  case (.double(let first), .double(let second)): return try finite(first - second)
  case (.timestamp(let time), .duration(let duration)): return try timestamp(time - Int128(duration))
  case (.timestamp(let first), .timestamp(let second)): return try duration(first - second)
  case (.duration(let first), .duration(let second)):
    return .duration(try checked(first.subtractingReportingOverflow(second)))
  default: throw .noOverload
  }
}

private func product(_ arguments: [Value]) throws(FunctionError) -> Value {
  if let (first, second) = try decimals(arguments) { return .decimal(first * second) }
  switch (arguments[0], arguments[1]) {
  case (.int(let first), .int(let second)): return .int(try checked(first.multipliedReportingOverflow(by: second)))
  case (.uint(let first), .uint(let second)): return .uint(try checked(first.multipliedReportingOverflow(by: second)))
  case (.double(let first), .double(let second)): return try finite(first * second)
  default: throw .noOverload
  }
}

extension Expression {
  /// How many digits behind the point a quotient of decimals has; those after them are left off.
  public static let quotientDigits = 20
}

private func quotient(_ arguments: [Value]) throws(FunctionError) -> Value {
  if let (first, second) = try decimals(arguments) {
    guard let quotient = first.divided(by: second, fractionDigits: Expression.quotientDigits) else { throw .byZero }
    return .decimal(quotient)
  }
  switch (arguments[0], arguments[1]) {
  case (.int, .int(0)), (.uint, .uint(0)): throw .byZero
  case (.int(let first), .int(let second)): return .int(try checked(first.dividedReportingOverflow(by: second)))
  case (.uint(let first), .uint(let second)): return .uint(first / second)
  case (.double(let first), .double(let second)): return try finite(first / second)
  default: throw .noOverload
  }
}

private func remainder(_ arguments: [Value]) throws(FunctionError) -> Value {
  if let (first, second) = try decimals(arguments) {
    guard first.isWhole, second.isWhole else { throw .noOverload }
    guard let quotient = first.divided(by: second, fractionDigits: 0) else { throw .byZero }
    return .decimal(first - quotient * second)
  }
  switch (arguments[0], arguments[1]) {
  case (.int, .int(0)), (.uint, .uint(0)): throw .byZero
  case (.int(let first), .int(let second)):
    return .int(try checked(first.remainderReportingOverflow(dividingBy: second)))
  case (.uint(let first), .uint(let second)): return .uint(first % second)
  default: throw .noOverload
  }
}

private func element(_ arguments: [Value]) throws(FunctionError) -> Value {
  switch arguments[0] {
  case .list(let elements):
    guard let number = arguments[1].number, number.isWhole else { throw .noOverload }
    guard let index = Int(number.description), elements.indices.contains(index) else {
      throw FunctionError("the list has no element \(number)")
    }
    return elements[index]
  case .map(let map):
    guard let value = map[arguments[1]] else { throw FunctionError("the map has no such key") }
    return value
  default: throw .noOverload
  }
}

private func isIn(_ arguments: [Value]) throws(FunctionError) -> Value {
  switch arguments[1] {
  case .list(let elements): .boolean(elements.contains { $0.equals(arguments[0]) })
  case .map(let map): .boolean(map[arguments[0]] != nil)
  default: throw .noOverload
  }
}

private func size(_ arguments: [Value]) throws(FunctionError) -> Value {
  guard arguments.count == 1 else { throw .noOverload }
  switch arguments[0] {
  case .string(let text): return .int(Int64(text.count))
  case .list(let elements): return .int(Int64(elements.count))
  case .map(let map): return .int(Int64(map.entries.count))
  default: throw .noOverload
  }
}

extension FunctionError {
  fileprivate static let byZero = FunctionError("there is no dividing by zero")
}
