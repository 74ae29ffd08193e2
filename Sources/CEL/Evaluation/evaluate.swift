internal import JSON

extension Expression {
  /// Computes the value (cel-spec, langdef.md, "Evaluation").
  ///
  /// - Parameter variables: the values of variables by their names, which may have points in them.
  /// - Returns: the value.
  /// - Throws: why there is no value. `&&` and `||` do without an operand when the other decides.
  public func evaluate(_ variables: [String: Value] = [:]) throws(EvaluationError) -> Value {
    try Evaluation(variables: variables).value(of: self)
  }
}

/// The names that an expression can see.
private struct Evaluation {
  let variables: [String: Value]
  /// The elements of the macros around, the innermost last.
  var elements: [(name: String, value: Value)] = []

  func value(of expression: Expression) throws(EvaluationError) -> Value {
    switch expression.kind {
    case .literal(let value): return value
    case .name(let name):
      if let element = elements.last(where: { $0.name == name }) { return element.value }
      guard let value = variables[name] else { throw failure("there is no variable \(name)", expression) }
      return value
    case .member(let operand, let name, let isTest):
      // Of a.b.c the longest name is taken that is one.
      if !isTest, let qualified = expression.qualifiedName, let value = variables[qualified], !hides(qualified) {
        return value
      }
      guard case .map(let map) = try value(of: operand) else {
        throw failure("only maps have members", expression, .type)
      }
      let member = map[.string(Text(name))]
      if isTest { return .boolean(member != nil) }
      guard let member else { throw failure("there is no member \(name)", expression) }
      return member
    case .call("_&&_", let operands, _): return try junction(operands, decidedBy: false, expression)
    case .call("_||_", let operands, _): return try junction(operands, decidedBy: true, expression)
    case .call("_?_:_", let operands, _):
      return try value(of: try truth(of: operands[0], expression) ? operands[1] : operands[2])
    case .call(let name, let arguments, let isMethod):
      var values: [Value] = []
      for argument in arguments { values.append(try value(of: argument)) }
      do throws(FunctionError) {
        return try call(name, values, isMethod: isMethod)
      } catch {
        throw EvaluationError(offset: expression.offset, message: error.message, kind: error.kind)
      }
    case .list(let elements):
      var values: [Value] = []
      for element in elements { values.append(try value(of: element)) }
      return .list(values)
    case .map(let entries):
      var values: [(key: Value, value: Value)] = []
      for entry in entries {
        let key = try value(of: entry.key)
        if case .double = key { throw failure("a double cannot be a key", entry.key) }
        values.append((key, try value(of: entry.value)))
      }
      guard let map = ValueMap(values) else {
        throw failure("a key is there twice, or is neither true or false, a whole number nor a text", expression)
      }
      return .map(map)
    case .comprehension(let comprehension): return try value(of: comprehension, expression)
    }
  }

  private func failure(
    _ message: String, _ expression: Expression, _ kind: EvaluationError.Kind = .value
  ) -> EvaluationError {
    EvaluationError(offset: expression.offset, message: message, kind: kind)
  }

  /// Whether the first part of a qualified name is the element of a macro.
  private func hides(_ name: String) -> Bool {
    let first = name.prefix { $0 != "." }
    return elements.contains { $0.name == first }
  }

  private func truth(of operand: Expression, _ expression: Expression) throws(EvaluationError) -> Bool {
    guard case .boolean(let truth) = try value(of: operand) else {
      throw failure("this is not true or false", operand, .type)
    }
    return truth
  }

  /// `&&` and `||`: either operand may decide; an operand that has no value matters only if none does.
  private func junction(
    _ operands: [Expression], decidedBy decisive: Bool, _ expression: Expression
  ) throws(EvaluationError) -> Value {
    var error: EvaluationError?
    for operand in operands {
      do throws(EvaluationError) {
        if try truth(of: operand, expression) == decisive { return .boolean(decisive) }
      } catch let caught {
        error = error ?? caught
      }
    }
    if let error { throw error }
    return .boolean(!decisive)
  }

  private func value(
    of comprehension: Expression.Comprehension, _ expression: Expression
  ) throws(EvaluationError) -> Value {
    let range: [Value] =
      switch try value(of: comprehension.range) {
      case .list(let elements): elements
      case .map(let map): map.entries.map(\.key)
      default: throw failure("\(comprehension.macro.rawValue) goes through lists and maps only", expression, .type)
      }
    var inner = self
    inner.elements.append((comprehension.variable, .null))
    let last = inner.elements.count - 1
    func holds(_ element: Value) throws(EvaluationError) -> Bool {
      inner.elements[last].value = element
      guard let condition = comprehension.condition else { return true }
      return try inner.truth(of: condition, expression)
    }
    switch comprehension.macro {
    case .all, .exists:
      let decisive = comprehension.macro == .exists
      var error: EvaluationError?
      for element in range {
        do throws(EvaluationError) {
          if try holds(element) == decisive { return .boolean(decisive) }
        } catch let caught {
          error = error ?? caught
        }
      }
      if let error { throw error }
      return .boolean(!decisive)
    case .existsOne:
      var count = 0
      for element in range where try holds(element) { count += 1 }
      return .boolean(count == 1)
    case .filter:
      var kept: [Value] = []
      for element in range where try holds(element) { kept.append(element) }
      return .list(kept)
    case .map:
      var results: [Value] = []
      for element in range where try holds(element) {
        results.append(
          try comprehension.result.map { result throws(EvaluationError) in try inner.value(of: result) } ?? element)
      }
      return .list(results)
    }
  }
}

extension Expression {
  /// The names of a chain of members, `a.b.c`; nil when it is none.
  public var qualifiedName: String? {
    switch kind {
    case .name(let name): name
    case .member(let operand, let name, isTest: false): operand.qualifiedName.map { "\($0).\(name)" }
    default: nil
    }
  }
}
