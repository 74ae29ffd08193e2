internal import JSON

/// The functions that make a value of one type from another.
let conversions: [String: Function] = [
  "int": single(int), "uint": single(uint), "double": single(double), "string": single(string), "bool": single(bool),
  "dyn": single { value throws(FunctionError) in value },
  "timestamp": single(timestamp), "duration": single(duration),
]

/// A function of one argument.
func single(_ function: @escaping @Sendable (Value) throws(FunctionError) -> Value) -> Function {
  { arguments throws(FunctionError) in
    guard arguments.count == 1 else { throw .noOverload }
    return try function(arguments[0])
  }
}

private func int(_ value: Value) throws(FunctionError) -> Value {
  switch value {
  case .int: return value
  case .uint(let number):
    guard let int = Int64(exactly: number) else { throw .overflow }
    return .int(int)
  case .double(let number):
    // The ends of the range are not exact as doubles, so they are left out.
    guard number.magnitude < 0x1p63 else { throw .overflow }
    return .int(Int64(number))
  case .decimal(let number):
    guard let int = Int64(number.truncated.description) else { throw .overflow }
    return .int(int)
  case .string(let text):
    guard TextForm.int.matches(text), let number = Int64(text.string) else { throw .unreadable(text) }
    return .int(number)
  case .timestamp(let time): return .int(Int64(floorDivision(time, 1_000_000_000)))
  default: throw .noOverload
  }
}

private func uint(_ value: Value) throws(FunctionError) -> Value {
  switch value {
  case .uint: return value
  case .int(let number):
    guard let uint = UInt64(exactly: number) else { throw .overflow }
    return .uint(uint)
  case .double(let number):
    guard number >= 0, number < 0x1p64 else { throw .overflow }
    return .uint(UInt64(number))
  case .decimal(let number):
    guard !number.isNegative, let uint = UInt64(number.truncated.description) else { throw .overflow }
    return .uint(uint)
  case .string(let text):
    guard TextForm.uint.matches(text), let number = UInt64(text.string) else { throw .unreadable(text) }
    return .uint(number)
  default: throw .noOverload
  }
}

private func double(_ value: Value) throws(FunctionError) -> Value {
  switch value {
  case .double: return value
  case .int(let number): return .double(Double(number))
  case .uint(let number): return .double(Double(number))
  case .decimal(let number):
    guard let double = number.double else { throw .overflow }
    return .double(double)
  case .string(let text):
    guard TextForm.double.matches(text), let number = Double(text.string), number.isFinite else {
      throw .unreadable(text)
    }
    return .double(number)
  default: throw .noOverload
  }
}

private func string(_ value: Value) throws(FunctionError) -> Value {
  switch value {
  case .string: return value
  case .boolean(let truth): return .string(truth ? "true" : "false")
  case .int(let number): return .string(Text(String(number)))
  case .uint(let number): return .string(Text(String(number)))
  case .double(let number): return .string(Text(printed(number)))
  case .decimal(let number): return .string(Text(number.description))
  case .timestamp(let time): return .string(Text(printed(timestamp: time)))
  case .duration(let duration): return .string(Text(printed(duration: duration)))
  default: throw .noOverload
  }
}

private func bool(_ value: Value) throws(FunctionError) -> Value {
  switch value {
  case .boolean: return value
  case .string(let text):
    if ["1", "t", "T", "true", "TRUE", "True"].contains(text) { return .boolean(true) }
    if ["0", "f", "F", "false", "FALSE", "False"].contains(text) { return .boolean(false) }
    throw .unreadable(text)
  default: throw .noOverload
  }
}

private func timestamp(_ value: Value) throws(FunctionError) -> Value {
  switch value {
  case .timestamp: return value
  case .int(let seconds): return try timestamp(Int128(seconds) * 1_000_000_000)
  case .string(let text):
    guard TextForm.timestamp.matches(text), let time = nanoseconds(ofTimestamp: text.string) else {
      throw .unreadable(text)
    }
    return try timestamp(time)
  default: throw .noOverload
  }
}

private func duration(_ value: Value) throws(FunctionError) -> Value {
  switch value {
  case .duration: return value
  case .string(let text):
    guard TextForm.duration.matches(text), let nanoseconds = nanoseconds(ofDuration: text.string) else {
      throw .unreadable(text)
    }
    return try duration(nanoseconds)
  default: throw .noOverload
  }
}

/// A double as PostgreSQL prints it: the shortest digits that mean it, with an exponent below 10^-4 and from 10^15.
func printed(_ double: Double) -> String {
  guard double != 0 else { return double.sign == .minus ? "-0" : "0" }
  guard let decimal = Decimal(double.magnitude.description) else { return double.description }
  let sign = double < 0 ? "-" : ""
  let (digits, exponent) = decimal.scientific
  guard exponent < -4 || exponent >= 15 else { return sign + decimal.description }
  let fraction = digits.dropFirst()
  let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
  return "\(sign)\(digits.prefix(1))\(fraction.isEmpty ? "" : ".")\(fraction)e\(exponent < 0 ? "-" : "+")\(power)"
}

extension FunctionError {
  /// A text that is none of the wanted values.
  fileprivate static func unreadable(_ text: Text) -> FunctionError {
    FunctionError("the text \(Document.string(text).json) is no such value")
  }
}
