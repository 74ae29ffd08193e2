public import JSON

/// What a failure says: the keyword, and what it wanted. The words stand here alone, so that whoever checks a document
/// says the same.
public struct Demand: Hashable, Sendable {
  /// The keyword of the schema.
  public let keyword: String
  /// What was wanted, in words.
  public let wanted: String

  private init(_ keyword: String, _ wanted: String) {
    self.keyword = keyword
    self.wanted = wanted
  }

  /// Nothing at all: what the schema `false` wants, and the keyword that applies it.
  public static func never(_ keyword: String) -> Demand {
    switch keyword {
    case "additionalProperties", "patternProperties", "properties", "propertyNames":
      Demand(keyword, "no member of this name")
    case "items", "prefixItems": Demand(keyword, "no item here")
    default: Demand(keyword, "nothing")
    }
  }

  /// One of some types.
  public static func type(_ types: [ValueType]) -> Demand { Demand("type", alternatives(types.map(\.words))) }

  /// One of some values.
  public static func values(_ values: [Document], _ keyword: String) -> Demand {
    Demand(keyword, values.isEmpty ? "nothing" : shortened(alternatives(values.map(\.json))))
  }

  /// What the rule for numbers wants.
  public static func number(_ rule: NumberRule) -> Demand {
    switch rule {
    case .minimum(let least, isExclusive: false): Demand("minimum", "at least \(least)")
    case .minimum(let least, isExclusive: true): Demand("exclusiveMinimum", "more than \(least)")
    case .maximum(let most, isExclusive: false): Demand("maximum", "at most \(most)")
    case .maximum(let most, isExclusive: true): Demand("exclusiveMaximum", "less than \(most)")
    case .multiple(let divisor): Demand("multipleOf", "a multiple of \(divisor)")
    }
  }

  /// What the rule for texts wants.
  public static func text(_ rule: TextRule) -> Demand {
    switch rule {
    case .minLength(let least): Demand("minLength", "at least \(counted(least, "character"))")
    case .maxLength(let most): Demand("maxLength", "at most \(counted(most, "character"))")
    case .pattern(let pattern): Demand("pattern", "a match of \(pattern.text)")
    case .format(let format): Demand("format", "the format \(format.rawValue)")
    }
  }

  /// So many items at least.
  public static func minItems(_ least: Int) -> Demand { Demand("minItems", "at least \(counted(least, "item"))") }

  /// So many items at most.
  public static func maxItems(_ most: Int) -> Demand { Demand("maxItems", "at most \(counted(most, "item"))") }

  /// No item twice.
  public static let uniqueItems = Demand("uniqueItems", "items of which no two are equal")

  /// So many items at least that fit.
  public static func contains(_ least: Int, hasMinimum: Bool) -> Demand {
    Demand(hasMinimum ? "minContains" : "contains", "at least \(counted(least, "item")) as contains describes")
  }

  /// So many items at most that fit.
  public static func contains(atMost most: Int) -> Demand {
    Demand("maxContains", "at most \(counted(most, "item")) as contains describes")
  }

  /// So many members at least.
  public static func minProperties(_ least: Int) -> Demand {
    Demand("minProperties", "at least \(counted(least, "member"))")
  }

  /// So many members at most.
  public static func maxProperties(_ most: Int) -> Demand {
    Demand("maxProperties", "at most \(counted(most, "member"))")
  }

  /// A member.
  public static func required(_ name: Text) -> Demand { Demand("required", "a member \(quoted(name))") }

  /// A member because of another.
  public static func required(_ name: Text, because other: Text) -> Demand {
    Demand("dependentRequired", "a member \(quoted(name)), since there is \(quoted(other))")
  }

  /// One of some schemas at least.
  public static func any(_ count: Int) -> Demand { Demand("anyOf", "what at least one of \(count) schemas describes") }

  /// One of some schemas and no other.
  public static func one(_ count: Int) -> Demand { Demand("oneOf", "what exactly one of \(count) schemas describes") }

  /// Anything but what fits a schema.
  public static let not = Demand("not", "what the schema does not describe")
}

private func quoted(_ name: Text) -> String { Document.string(name).json }

private func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

private func alternatives(_ words: [String]) -> String { words.joined(separator: " or ") }

/// A long list is not read to its end by anyone.
private func shortened(_ text: String) -> String {
  let scalars = text.unicodeScalars
  return scalars.count <= 300 ? text : String(String.UnicodeScalarView(scalars.prefix(299))) + "…"
}

extension ValueType {
  fileprivate var words: String {
    switch self {
    case .null: "null"
    case .boolean: "true or false"
    case .object: "an object"
    case .array: "an array"
    case .number: "a number"
    case .string: "a text"
    case .integer: "a whole number"
    }
  }
}
