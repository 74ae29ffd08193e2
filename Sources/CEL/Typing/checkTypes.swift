internal import JSON

extension Expression {
  /// Finds out of what type the value is, and refuses what can fail for the type of a value.
  ///
  /// An error of another kind is still possible: a member that is not there, a division by zero, a number that is too
  /// large.
  ///
  /// - Parameter variables: what is known of each variable, by its name, which may have points in it.
  /// - Returns: what is known of the value.
  /// - Throws: the first thing that can fail for its type, or has no meaning.
  public func checkTypes(_ variables: [String: StaticType]) throws(CELRefusal) -> StaticType {
    try TypeCheck(variables: variables).type(of: self)
  }
}

private struct TypeCheck {
  let variables: [String: StaticType]
  /// The elements of the macros around, the innermost last.
  var elements: [(name: String, type: StaticType)] = []

  func type(of expression: Expression) throws(CELRefusal) -> StaticType {
    switch expression.kind {
    case .literal(let value): return StaticType(value)
    case .name(let name):
      if let element = elements.last(where: { $0.name == name }) { return element.type }
      guard let type = variables[name] else { throw noVariable(name, expression) }
      return type
    case .member(let operand, let name, let isTest):
      if !isTest, let qualified = expression.qualifiedName, let type = variables[qualified], !hides(qualified) {
        return type
      }
      return try member(name, of: operand, expression, isTest: isTest)
    case .list(let parts):
      var types: [StaticType] = []
      for part in parts { types.append(try type(of: part)) }
      return .list(.joining(types))
    case .map(let entries): return try map(entries)
    case .comprehension(let comprehension): return try type(of: comprehension, expression)
    case .call("_&&_", let operands, _), .call("_||_", let operands, _):
      for operand in operands { try demandTruth(operand) }
      return .boolean
    case .call("_?_:_", let operands, _):
      try demandTruth(operands[0])
      return .joining([try type(of: operands[1]), try type(of: operands[2])])
    case .call(let name, let arguments, let isMethod):
      var types: [StaticType] = []
      for argument in arguments { types.append(try type(of: argument)) }
      return try result(name, types, isMethod: isMethod, expression, arguments)
    }
  }

  /// What a function gives, of which each choice of its arguments has to be possible.
  private func result(
    _ name: String, _ types: [StaticType], isMethod: Bool, _ expression: Expression, _ arguments: [Expression]
  ) throws(CELRefusal) -> StaticType {
    var choices: [[StaticType]] = [[]]
    for type in types {
      choices = choices.flatMap { choice in type.alternatives.map { choice + [$0] } }
      guard choices.count <= 1000 else {
        throw CELRefusal("its values can be of too many types", at: expression.offset)
      }
    }
    var results: [StaticType] = []
    for choice in choices {
      guard let result = signature(name, choice, isMethod: isMethod) else {
        throw CELRefusal(
          "\(shown(name)) does not take \(list(choice))", at: expression.offset, hint: hint(types, arguments))
      }
      results.append(result)
    }
    return .joining(results)
  }

  private func demandTruth(_ operand: Expression) throws(CELRefusal) {
    let type = try type(of: operand)
    guard type.alternatives.allSatisfy({ $0 == .boolean || $0 == .nothing }) else {
      throw CELRefusal(
        "this has to be true or false, and is \(type)", at: operand.offset, hint: hint([type], [operand]))
    }
  }

  private func member(
    _ name: String, of operand: Expression, _ expression: Expression, isTest: Bool
  ) throws(CELRefusal) -> StaticType {
    if case .name(let first) = operand.kind, variables[first] == nil, !hides(first) {
      // The first part of a name that only longer names have.
      let full = "\(first).\(name)"
      throw variables.keys.contains { $0.hasPrefix(first + ".") }
        ? noVariable(full, expression) : noVariable(first, operand)
    }
    let type = try type(of: operand)
    var types: [StaticType] = []
    for alternative in type.alternatives {
      switch alternative {
      case .nothing: types.append(.nothing)
      case .map(_, let value): types.append(value)
      case .object(let members, let others):
        guard let member = members[name] ?? others else {
          throw CELRefusal(
            "there is no member \(name)", at: expression.offset,
            hint: members.isEmpty ? nil : "There are \(members.keys.sorted().joined(separator: ", ")).")
        }
        types.append(member)
      default:
        throw CELRefusal("\(alternative) has no members", at: expression.offset, hint: hint([type], [operand]))
      }
    }
    return isTest ? .boolean : .joining(types)
  }

  private func map(_ entries: [(key: Expression, value: Expression)]) throws(CELRefusal) -> StaticType {
    var members: [String: StaticType]? = [:]
    var (keys, values): ([StaticType], [StaticType]) = ([], [])
    for entry in entries {
      let key = try type(of: entry.key)
      for alternative in key.alternatives {
        switch alternative {
        case .boolean, .int, .uint, .decimal, .wholeDecimal, .string, .nothing: break
        default:
          throw CELRefusal("\(alternative) cannot be a key", at: entry.key.offset, hint: hint([key], [entry.key]))
        }
      }
      keys.append(key)
      values.append(try type(of: entry.value))
      if case .literal(.string(let name)) = entry.key.kind {
        members?[name.string] = values.last
      } else {
        members = nil
      }
    }
    return members.map { .object($0, others: nil) } ?? .map(.joining(keys), .joining(values))
  }

  private func type(
    of comprehension: Expression.Comprehension, _ expression: Expression
  ) throws(CELRefusal) -> StaticType {
    let range = try type(of: comprehension.range)
    var elements: [StaticType] = []
    for alternative in range.alternatives {
      guard let element = alternative == .nothing ? .nothing : alternative.element else {
        throw CELRefusal(
          "\(comprehension.macro.rawValue) does not go through \(alternative)", at: expression.offset,
          hint: hint([range], [comprehension.range]))
      }
      elements.append(element)
    }
    var inner = self
    let element = StaticType.joining(elements)
    inner.elements.append((comprehension.variable, element))
    if let condition = comprehension.condition { try inner.demandTruth(condition) }
    return switch comprehension.macro {
    case .all, .exists, .existsOne: .boolean
    case .filter: .list(element)
    case .map:
      .list(try comprehension.result.map { result throws(CELRefusal) in try inner.type(of: result) } ?? element)
    }
  }

  private func hides(_ name: String) -> Bool {
    let first = name.prefix { $0 != "." }
    return elements.contains { $0.name == first }
  }

  private func noVariable(_ name: String, _ expression: Expression) -> CELRefusal {
    let known = variables.keys.sorted()
    let some = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : "")
    return CELRefusal(
      "there is no variable \(name)", at: expression.offset, hint: known.isEmpty ? nil : "There are \(some).")
  }

  /// What can be done about a value of which nothing is known.
  private func hint(_ types: [StaticType], _ expressions: [Expression]) -> String? {
    for (type, expression) in zip(types, expressions) where type.alternatives.count > 1 || type == .any {
      guard let name = expression.qualifiedName else { continue }
      return "Say in the schema of the payload what \(name) is, and nothing else."
    }
    return nil
  }

  private func list(_ types: [StaticType]) -> String { types.map(\.description).joined(separator: " and ") }

  /// A function by the name that its author wrote.
  private func shown(_ name: String) -> String { name == "@in" ? "in" : name.replacing("_", with: "") }
}
