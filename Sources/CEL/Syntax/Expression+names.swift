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
