public import JSON

/// A value of CEL (cel-spec, langdef.md, "Values"), without bytes and types.
public indirect enum Value: Sendable {
  case null
  case boolean(Bool)
  case int(Int64)
  case uint(UInt64)
  /// Never infinite, and always a number.
  case double(Double)
  /// A number of a payload, with all its digits. CEL has no such type; here a number of JSON is one, not a double.
  case decimal(Decimal)
  case string(Text)
  case list([Value])
  case map(ValueMap)
  /// Nanoseconds since 1970-01-01 00:00:00 UTC.
  case timestamp(Int128)
  /// Nanoseconds.
  case duration(Int64)

  /// A value of JSON.
  public init(_ document: Document) {
    self =
      switch document {
      case .null: .null
      case .boolean(let truth): .boolean(truth)
      case .number(let number): .decimal(number)
      case .string(let text): .string(text)
      case .array(let elements): .list(elements.map(Value.init))
      case .object(let members): .map(ValueMap(members.map { (.string($0.name), Value($0.value)) }) ?? ValueMap())
      }
  }
}

/// A map of CEL. Its keys are booleans, numbers and texts; numbers that are equal are one key, whatever their types.
public struct ValueMap: Sendable {
  /// The entries, shorter keys first, so that the order in which they were given makes no difference.
  public let entries: [(key: Value, value: Value)]
  private let values: [Key: Value]

  /// A key without its type.
  private enum Key: Hashable {
    case boolean(Bool)
    case number(Decimal)
    case string(Text)

    /// The key that a value is; nil when it can be none.
    init?(_ value: Value) {
      switch value {
      case .boolean(let truth): self = .boolean(truth)
      case .string(let text): self = .string(text)
      default:
        guard let number = value.number else { return nil }
        self = .number(number)
      }
    }

    /// The key as a text that no other key has.
    var text: String {
      switch self {
      case .boolean(let truth): "b\(truth)"
      case .number(let number): "n\(number)"
      case .string(let text): "s\(text)"
      }
    }
  }

  /// No entries.
  init() { (entries, values) = ([], [:]) }

  /// A map; nil when a key occurs twice or can be none.
  init?(_ entries: [(key: Value, value: Value)]) {
    var values: [Key: Value] = [:]
    var sorted: [(text: Text, entry: (key: Value, value: Value))] = []
    for entry in entries {
      guard let key = Key(entry.key), values.updateValue(entry.value, forKey: key) == nil else { return nil }
      sorted.append((Text(key.text), entry))
    }
    sorted.sort { $0.text.precedes($1.text) }
    self.entries = sorted.map(\.entry)
    self.values = values
  }

  /// The value of a key; nil when there is none.
  subscript(key: Value) -> Value? { Key(key).flatMap { values[$0] } }

  /// The text by which a key is found in the database; nil of a value that can be no key.
  static func keyText(_ key: Value) -> String? { Key(key)?.text }
}

extension Value {
  /// The number that it is; nil when it is none.
  var number: Decimal? {
    switch self {
    case .int(let number): Decimal(number)
    case .uint(let number): Decimal(number)
    case .double(let number): Decimal(double: number)
    case .decimal(let number): number
    default: nil
    }
  }

  /// The double that it becomes beside a double; nil when it is no whole number and no double.
  private var double: Double? {
    switch self {
    case .int(let number): Double(number)
    case .uint(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  private var isDouble: Bool { if case .double = self { true } else { false } }

  /// How two numbers compare; nil when one is none.
  ///
  /// Beside a double a whole number becomes one, as the conformance tests have it. All others are compared exactly.
  private func compare(_ other: Value) -> (isEqual: Bool, isLess: Bool)? {
    if isDouble || other.isDouble, let first = double, let second = other.double {
      return (first == second, first < second)
    }
    guard let first = number, let second = other.number else { return nil }
    return (first == second, first < second)
  }

  /// Whether two values are equal: numbers by their value, lists and maps part by part, others only to their like.
  func equals(_ other: Value) -> Bool {
    if let comparison = compare(other) { return comparison.isEqual }
    switch (self, other) {
    case (.null, .null): return true
    case (.boolean(let first), .boolean(let second)): return first == second
    case (.string(let first), .string(let second)): return first == second
    case (.timestamp(let first), .timestamp(let second)): return first == second
    case (.duration(let first), .duration(let second)): return first == second
    case (.list(let first), .list(let second)):
      return first.count == second.count && zip(first, second).allSatisfy { $0.equals($1) }
    case (.map(let first), .map(let second)):
      return first.entries.count == second.entries.count
        && first.entries.allSatisfy { entry in second[entry.key].map { entry.value.equals($0) } ?? false }
    default: return false
    }
  }

  /// Whether two values are equal and of one type, in all their parts.
  public func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.int, .int), (.uint, .uint), (.double, .double), (.decimal, .decimal): return equals(other)
    case (.list(let first), .list(let second)):
      return first.count == second.count && zip(first, second).allSatisfy { $0.isSame(as: $1) }
    case (.map(let first), .map(let second)):
      return first.entries.count == second.entries.count
        && zip(first.entries, second.entries).allSatisfy { $0.key.isSame(as: $1.key) && $0.value.isSame(as: $1.value) }
    default: return number == nil && other.number == nil && equals(other)
    }
  }

  /// Whether it comes before another; nil when the two have no order.
  func precedes(_ other: Value) -> Bool? {
    if let comparison = compare(other) { return comparison.isLess }
    return switch (self, other) {
    case (.boolean(let first), .boolean(let second)): !first && second
    // The order of UTF-8 is that of the code points.
    case (.string(let first), .string(let second)):
      first.string.utf8.lexicographicallyPrecedes(second.string.utf8)
    case (.timestamp(let first), .timestamp(let second)): first < second
    case (.duration(let first), .duration(let second)): first < second
    default: nil
    }
  }
}

extension Decimal {
  /// A double as a decimal: the shortest digits that mean it, as PostgreSQL prints it; between 2^53 and 2^64, where it is
  /// whole and is compared with whole numbers, exactly.
  init?(double: Double) {
    let magnitude = double.magnitude
    if magnitude >= 0x1p53, magnitude < 0x1p64 {
      let whole = Decimal(UInt64(magnitude))
      self = double < 0 ? -whole : whole
    } else {
      self.init(double.description)
    }
  }

  /// The double that is nearest; nil when it would be infinite.
  var double: Double? { Double(description).flatMap { $0.isFinite ? $0 : nil } }
}
