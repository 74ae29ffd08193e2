internal import JSON

/// The functions of the math extension.
let mathFunctions: [String: Function] = [
  "math.greatest": { arguments throws(FunctionError) in try extreme(arguments) { $1 > $0 } },
  "math.least": { arguments throws(FunctionError) in try extreme(arguments) { $1 < $0 } },
  "math.abs": single(magnitude),
  "math.ceil": rounded { $0.rounded(.up) },
  "math.floor": rounded { $0.rounded(.down) },
  "math.round": rounded { $0.rounded(.toNearestOrAwayFromZero) },
]

/// The first of some numbers, or of a list of them, that none is better than.
private func extreme(
  _ arguments: [Value], _ isBetter: (Decimal, Decimal) -> Bool
) throws(FunctionError) -> Value {
  var values = arguments
  if values.count == 1, case .list(let elements) = values[0] { values = elements }
  guard let first = values.first, var best = first.number else { throw .noOverload }
  var result = first
  for value in values.dropFirst() {
    guard let number = value.number else { throw .noOverload }
    if isBetter(best, number) { (best, result) = (number, value) }
  }
  return result
}

private func magnitude(_ value: Value) throws(FunctionError) -> Value {
  switch value {
  case .int(let number):
    guard number != .min else { throw .overflow }
    return .int(abs(number))
  case .uint: return value
  case .double(let number): return .double(number.magnitude)
  case .decimal(let number): return .decimal(number.magnitude)
  default: throw .noOverload
  }
}

/// A function that makes a number whole; a decimal is rounded as a double would be, but exactly.
private func rounded(_ function: @escaping @Sendable (Double) -> Double) -> Function {
  single { value throws(FunctionError) in
    switch value {
    // Without a sign on zero.
    case .double(let number): return .double(function(number) + 0)
    case .decimal(let number):
      // The rounding of what is left between two whole numbers decides.
      let whole = number.truncated
      guard whole != number else { return value }
      let half = Decimal(double: 0.5) ?? Decimal(1)
      let rest = (number - whole).magnitude
      let part = rest == half ? 0.5 : rest < half ? 0.25 : 0.75
      return .decimal(whole + (Decimal(double: function(number.isNegative ? -part : part)) ?? Decimal(0)))
    default: throw .noOverload
    }
  }
}
