/// Calls a function, an operator or a method with its values; a method's target is the first.
func call(_ name: String, _ arguments: [Value], isMethod: Bool) throws(FunctionError) -> Value {
  if !isMethod || name == "size" {
    if let function = functions[name] { return try function(arguments) }
  }
  if isMethod, let method = methods[name] { return try method(arguments) }
  throw FunctionError("there is no function \(name)", .type)
}

/// A function over values.
typealias Function = @Sendable ([Value]) throws(FunctionError) -> Value

private let functions = operators.merging(conversions) { $1 }.merging(mathFunctions) { $1 }

private let methods = textMethods.merging(timeMethods) { $1 }

extension Expression {
  /// The functions of the extensions that are not supported, which is told before an expression is used.
  static let unsupportedFunctions: Set<String> = [
    "bytes", "type", "math.bitAnd", "math.bitNot", "math.bitOr", "math.bitShiftLeft", "math.bitShiftRight",
    "math.bitXor", "math.isFinite", "math.isInf", "math.isNaN", "math.sign", "math.sqrt", "math.trunc",
    "strings.quote",
  ]

  /// The same of methods.
  static let unsupportedMethods: Set<String> = ["format", "lastIndexOf", "quote", "reverse"]
}
