/// What a function gives for arguments of some types, none of which is a choice; nil when it does not take them.
func signature(_ name: String, _ arguments: [StaticType], isMethod: Bool) -> StaticType? {
  // What never is fits everywhere.
  if arguments.contains(.nothing) { return .nothing }
  if isMethod { return method(name, arguments) }
  switch (name, arguments.count) {
  case ("_==_", 2), ("_!=_", 2): return .boolean
  case ("_<_", 2), ("_<=_", 2), ("_>_", 2), ("_>=_", 2): return hasOrder(arguments[0], arguments[1]) ? .boolean : nil
  case ("_+_", 2): return sum(arguments[0], arguments[1])
  case ("_-_", 2): return difference(arguments[0], arguments[1])
  case ("_*_", 2), ("_/_", 2): return reckoned(name, arguments[0], arguments[1])
  case ("_%_", 2):
    let isWhole = !arguments.contains(.decimal) && !arguments.contains(.double)
    return isWhole ? reckoned(name, arguments[0], arguments[1]) : nil
  case ("-_", 1): return [.int, .double, .decimal, .wholeDecimal].contains(arguments[0]) ? arguments[0] : nil
  case ("!_", 1): return arguments[0] == .boolean ? .boolean : nil
  case ("_[_]", 2): return element(arguments[0], arguments[1])
  case ("@in", 2): return arguments[1].element == nil ? nil : .boolean
  case ("size", 1): return arguments[0] == .string || arguments[0].element != nil ? .int : nil
  case ("dyn", 1): return arguments[0]
  case ("int", 1): return arguments[0].isNumber || [.string, .timestamp].contains(arguments[0]) ? .int : nil
  case ("uint", 1): return arguments[0].isNumber || arguments[0] == .string ? .uint : nil
  case ("double", 1): return arguments[0].isNumber || arguments[0] == .string ? .double : nil
  case ("bool", 1): return [.boolean, .string].contains(arguments[0]) ? .boolean : nil
  case ("string", 1):
    let isPrinted = arguments[0].isNumber || [.string, .boolean, .timestamp, .duration].contains(arguments[0])
    return isPrinted ? .string : nil
  case ("timestamp", 1): return [.timestamp, .int, .string].contains(arguments[0]) ? .timestamp : nil
  case ("duration", 1): return [.duration, .string].contains(arguments[0]) ? .duration : nil
  case ("math.abs", 1): return arguments[0].isNumber ? arguments[0] : nil
  case ("math.ceil", 1), ("math.floor", 1), ("math.round", 1):
    return arguments[0] == .double ? .double : arguments[0].isDecimal ? .wholeDecimal : nil
  case ("math.least", 1...), ("math.greatest", 1...):
    if arguments.count == 1, case .list(let element) = arguments[0] {
      return element != .nothing && element.alternatives.allSatisfy(\.isNumber) ? element : nil
    }
    return arguments.allSatisfy(\.isNumber) ? .joining(arguments) : nil
  default: return nil
  }
}

private func method(_ name: String, _ arguments: [StaticType]) -> StaticType? {
  func takes(_ types: StaticType..., optional: StaticType...) -> Bool {
    arguments.count >= types.count && arguments.count <= types.count + optional.count
      && zip(arguments, types + optional).allSatisfy { $0 == $1 }
  }
  switch name {
  case "size": return arguments.count == 1 ? signature(name, arguments, isMethod: false) : nil
  case "contains", "startsWith", "endsWith", "matches": return takes(.string, .string) ? .boolean : nil
  case "charAt": return takes(.string, .int) ? .string : nil
  case "indexOf": return takes(.string, .string, optional: .int) ? .int : nil
  case "substring": return takes(.string, .int, optional: .int) ? .string : nil
  case "replace": return takes(.string, .string, .string, optional: .int) ? .string : nil
  case "split": return takes(.string, .string, optional: .int) ? .list(.string) : nil
  case "lowerAscii", "upperAscii", "trim": return takes(.string) ? .string : nil
  case "join":
    return takes(.list(.string), optional: .string) || takes(.list(.nothing), optional: .string) ? .string : nil
  case "getHours", "getMinutes", "getSeconds", "getMilliseconds":
    return takes(.timestamp, optional: .string) || takes(.duration) ? .int : nil
  default: return Expression.timeParts.contains(name) && takes(.timestamp, optional: .string) ? .int : nil
  }
}

private func hasOrder(_ first: StaticType, _ second: StaticType) -> Bool {
  first.isNumber && second.isNumber || first == second && [.string, .boolean, .timestamp, .duration].contains(first)
}

/// What two numbers give: numbers of one type that type, and a decimal with any other a decimal.
private func reckoned(_ name: String, _ first: StaticType, _ second: StaticType) -> StaticType? {
  guard first.isNumber, second.isNumber else { return nil }
  if !first.isDecimal, !second.isDecimal { return first == second ? first : nil }
  let staysWhole = name != "_/_" && ![first, second].contains(.decimal) && ![first, second].contains(.double)
  return staysWhole ? .wholeDecimal : .decimal
}

private func sum(_ first: StaticType, _ second: StaticType) -> StaticType? {
  switch (first, second) {
  case (.string, .string): .string
  case (.list(let one), .list(let two)): .list(.joining([one, two]))
  case (.timestamp, .duration), (.duration, .timestamp): .timestamp
  case (.duration, .duration): .duration
  default: reckoned("_+_", first, second)
  }
}

private func difference(_ first: StaticType, _ second: StaticType) -> StaticType? {
  switch (first, second) {
  case (.timestamp, .duration): .timestamp
  case (.timestamp, .timestamp), (.duration, .duration): .duration
  default: reckoned("_-_", first, second)
  }
}

private func element(_ container: StaticType, _ key: StaticType) -> StaticType? {
  switch container {
  case .list(let element): [.int, .uint, .wholeDecimal].contains(key) ? element : nil
  case .map(_, let value): key.isNumber || [.string, .boolean].contains(key) ? value : nil
  case .object(let members, let others):
    key == .string ? .joining(Array(members.values) + [others ?? .nothing]) : nil
  default: nil
  }
}
