/// What is known of a value before there is one.
public indirect enum StaticType: Hashable, Sendable {
  /// Nothing.
  case any
  /// There is no such value: the element of an empty list.
  case nothing
  case null, boolean, int, uint, double, decimal, string, timestamp, duration
  /// A decimal without a fraction.
  case wholeDecimal
  case list(StaticType)
  /// A map with all its keys and values of one type each.
  case map(StaticType, StaticType)
  /// A map whose keys are texts: what some members are, and what all others are; nil when there are no others.
  case object([String: StaticType], others: StaticType?)
  /// One of several, none of which is such a choice itself.
  case oneOf([StaticType])
}

extension StaticType {
  /// What it can be: itself, or each of several.
  var alternatives: [StaticType] { if case .oneOf(let types) = self { types } else { [self] } }

  /// What is one of some types.
  static func joining(_ types: some Sequence<StaticType>) -> StaticType {
    var all: [StaticType] = []
    for type in types.flatMap(\.alternatives) where type != .nothing && !all.contains(type) { all.append(type) }
    if all.contains(.any) { return .any }
    return all.isEmpty ? .nothing : all.count == 1 ? all[0] : .oneOf(all)
  }

  var isNumber: Bool {
    switch self {
    case .int, .uint, .double, .decimal, .wholeDecimal: true
    default: false
    }
  }

  var isDecimal: Bool { self == .decimal || self == .wholeDecimal }

  /// What a macro goes through; nil when that is not possible.
  var element: StaticType? {
    switch self {
    case .list(let element): element
    case .map(let key, _): key
    case .object: .string
    default: nil
    }
  }
}

extension StaticType: CustomStringConvertible {
  /// The type in words, for people.
  public var description: String {
    switch self {
    case .any: "anything"
    case .nothing: "nothing"
    case .null: "null"
    case .boolean: "true or false"
    case .int: "an int"
    case .uint: "a uint"
    case .double: "a double"
    case .decimal: "a number"
    case .wholeDecimal: "a whole number"
    case .string: "a text"
    case .timestamp: "a timestamp"
    case .duration: "a duration"
    case .list: "a list"
    case .map, .object: "a map"
    case .oneOf(let types): types.map(\.description).joined(separator: " or ")
    }
  }
}
