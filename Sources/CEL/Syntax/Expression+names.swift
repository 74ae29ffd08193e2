internal import JSON

extension Expression {
  /// The same with each element of a variable whose name is a constant taken for a variable of its own, as a member is:
  /// `tokens["to pay"]` is the variable `tokens.to pay`.
  public func namingElements(of variable: String) -> Expression { namingElements(of: variable, besides: []) }

  // The elements of the macros around hide a variable.
  private func namingElements(of variable: String, besides elements: Set<String>) -> Expression {
    func named(_ part: Expression) -> Expression { part.namingElements(of: variable, besides: elements) }
    switch kind {
    case .literal, .name: return self
    case .call("_[_]", let operands, _):
      if operands.count == 2, case .name(variable) = operands[0].kind, !elements.contains(variable),
        case .literal(.string(let name)) = operands[1].kind
      {
        return Expression(.name("\(variable).\(name.string)"), at: operands[0].offset)
      }
      return Expression(.call("_[_]", operands.map(named), isMethod: false), at: offset)
    case .member(let operand, let name, let isTest):
      return Expression(.member(named(operand), name, isTest: isTest), at: offset)
    case .call(let name, let arguments, let isMethod):
      return Expression(.call(name, arguments.map(named), isMethod: isMethod), at: offset)
    case .list(let parts): return Expression(.list(parts.map(named)), at: offset)
    case .map(let entries):
      return Expression(.map(entries.map { (named($0.key), named($0.value)) }), at: offset)
    case .comprehension(let comprehension):
      let inner = elements.union([comprehension.variable])
      func inside(_ part: Expression) -> Expression { part.namingElements(of: variable, besides: inner) }
      return Expression(
        .comprehension(
          Comprehension(
            macro: comprehension.macro, range: named(comprehension.range), variable: comprehension.variable,
            condition: comprehension.condition.map(inside), result: comprehension.result.map(inside))),
        at: offset)
    }
  }

  /// Where a text with U+0000 stands, which no database can hold; nil when there is none.
  public var offsetOfZeroCharacter: Int? {
    switch kind {
    case .literal(.string(let text)) where text.hasZeroCharacter: offset
    case .name(let name) where name.utf8.contains(0): offset
    case .member(let operand, let name, _): name.utf8.contains(0) ? offset : operand.offsetOfZeroCharacter
    default: kind.parts.lazy.compactMap(\.offsetOfZeroCharacter).first
    }
  }
}

extension Expression {
  /// What an expression takes from outside of it.
  public struct Reference: Sendable {
    /// As an author writes it: `payload.amount`.
    public let name: String
    /// The same as an expression.
    public let expression: Expression
  }

  /// The variables that it looks at, each with the members that are taken of it, in the order of the text and each once.
  public var references: [Reference] {
    var found: [Reference] = []
    collectReferences(besides: [], into: &found)
    return found
  }

  private func collectReferences(besides elements: Set<String>, into found: inout [Reference]) {
    if let path = path(besides: elements) {
      if !found.contains(where: { $0.name == path }) { found.append(Reference(name: path, expression: self)) }
      return
    }
    if case .member(let operand, _, isTest: true) = kind {
      return operand.collectReferences(besides: elements, into: &found)
    }
    guard case .comprehension(let comprehension) = kind else {
      for part in kind.parts { part.collectReferences(besides: elements, into: &found) }
      return
    }
    comprehension.range.collectReferences(besides: elements, into: &found)
    let inner = elements.union([comprehension.variable])
    comprehension.condition?.collectReferences(besides: inner, into: &found)
    comprehension.result?.collectReferences(besides: inner, into: &found)
  }

  /// A chain of members of a variable as its author writes it; nil when it is none.
  private func path(besides elements: Set<String>) -> String? {
    switch kind {
    case .name(let name): elements.contains(name) ? nil : name
    case .member(let operand, let name, isTest: false): operand.path(besides: elements).map { "\($0).\(name)" }
    case .call("_[_]", let operands, _):
      if operands.count == 2, case .literal(.string(let name)) = operands[1].kind {
        operands[0].path(besides: elements).map { "\($0)[\(Value.string(name).document.json)]" }
      } else {
        nil
      }
    default: nil
    }
  }
}
