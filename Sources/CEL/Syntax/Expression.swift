/// An expression of CEL, as it was parsed.
public final class Expression: Sendable {
  /// Where it begins, in characters from zero; of an operation, where its operator stands.
  public let offset: Int
  /// What it is.
  public let kind: Kind
  /// How deep parts are nested in it.
  let depth: Int

  init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
    depth = 1 + (kind.parts.map(\.depth).max() ?? 0)
  }

  /// What an expression can be.
  public enum Kind: Sendable {
    case literal(Value)
    /// A name.
    case name(String)
    /// A member of a map; with `isTest` whether it is there, as the macro `has` asks.
    case member(Expression, String, isTest: Bool)
    /// A function, or an operator under the name that cel-spec gives it (`_+_`), or a method with its target first.
    case call(String, [Expression], isMethod: Bool)
    case list([Expression])
    case map([(key: Expression, value: Expression)])
    case comprehension(Comprehension)
  }

  /// A macro that goes through a list, or the keys of a map.
  public struct Comprehension: Sendable {
    /// Which macro.
    public enum Macro: String, Sendable {
      case all, exists
      case existsOne = "exists_one"
      case map, filter
    }

    /// Which macro.
    public let macro: Macro
    /// What is gone through.
    public let range: Expression
    /// The name of the element.
    public let variable: String
    /// What holds of the elements that are meant; nil when all are.
    public let condition: Expression?
    /// What each becomes; nil when it stays as it is.
    public let result: Expression?
  }
}

extension Expression.Kind {
  /// The expressions that it is made of, in the order of the text.
  var parts: [Expression] {
    switch self {
    case .literal, .name: []
    case .member(let operand, _, _): [operand]
    case .call(_, let arguments, _): arguments
    case .list(let elements): elements
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .comprehension(let comprehension):
      [comprehension.range, comprehension.condition, comprehension.result].compactMap(\.self)
    }
  }
}
