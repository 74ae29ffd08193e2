internal import JSON
internal import JSONSchema

extension Expression {
  /// Parses an expression and refuses what is not supported in it, before it is used.
  ///
  /// - Parameters:
  ///   - text: the expression.
  ///   - variables: the names of variables, which may have points in them.
  /// - Returns: the expression.
  /// - Throws: the first thing that is no CEL or not supported: bytes, types as values, functions of the extensions,
  ///   patterns and time zones that are not constants, and doubles that are infinite or no number.
  public static func compile(_ text: String, variables: Set<String> = []) throws(CELRefusal) -> Expression {
    let expression = try parse(text)
    try expression.check(variables)
    do throws(EvaluationError) {
      // What has no variables in it can be told now.
      if !expression.usesNames { _ = try expression.evaluate() }
    } catch {
      if error.kind == .notFinite { throw CELRefusal(error.message, at: error.offset) }
    }
    return expression
  }

  private func check(_ names: Set<String>) throws(CELRefusal) {
    switch kind {
    case .name(let name) where typeNames.contains(name) && !names.contains(name):
      throw CELRefusal("types as values are not supported", at: offset, hint: "Compare with a value.")
    case .call(let name, _, let isMethod)
    where (isMethod ? Self.unsupportedMethods : Self.unsupportedFunctions).contains(name):
      throw CELRefusal("\(name) is not supported", at: offset)
    case .call("matches", let arguments, isMethod: true) where arguments.count == 2:
      guard case .literal(.string(let text)) = arguments[1].kind else {
        throw CELRefusal("a pattern has to be a constant", at: arguments[1].offset)
      }
      do throws(PatternRefusal) {
        _ = try Pattern(text.string)
      } catch {
        throw CELRefusal("the pattern at its character \(error.column): \(error.message)", at: arguments[1].offset)
      }
    case .call(let name, let arguments, isMethod: true) where timeMethods[name] != nil && arguments.count == 2:
      guard case .literal(.string(let zone)) = arguments[1].kind else {
        throw CELRefusal("a time zone has to be a constant", at: arguments[1].offset)
      }
      guard isTimeZone(zone.string) else {
        throw CELRefusal("there is no time zone \(Document.string(zone).json)", at: arguments[1].offset)
      }
    default: break
    }
    if case .comprehension(let comprehension) = kind {
      try comprehension.range.check(names)
      let inner = names.union([comprehension.variable])
      try comprehension.condition?.check(inner)
      try comprehension.result?.check(inner)
    } else {
      for part in kind.parts { try part.check(names) }
    }
  }

  /// Whether there is a name in it that is not the element of a macro.
  private var usesNames: Bool { usesNames(besides: []) }

  private func usesNames(besides elements: Set<String>) -> Bool {
    switch kind {
    case .name(let name): !elements.contains(name)
    case .comprehension(let comprehension):
      comprehension.range.usesNames(besides: elements)
        || [comprehension.condition, comprehension.result].contains {
          $0?.usesNames(besides: elements.union([comprehension.variable])) == true
        }
    default: kind.parts.contains { $0.usesNames(besides: elements) }
    }
  }
}

private let typeNames: Set<String> = [
  "bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint",
]
