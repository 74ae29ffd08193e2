internal import JSON

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
