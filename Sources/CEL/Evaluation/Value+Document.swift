public import JSON

extension Value {
  /// The value as JSON: whole numbers and doubles are numbers, times texts as `string()` gives them, and so are keys.
  public var document: Document {
    switch self {
    case .null: .null
    case .boolean(let truth): .boolean(truth)
    case .int, .uint, .double, .decimal: number.map { .number($0) } ?? .null
    case .string(let text): .string(text)
    case .list(let elements): .array(elements.map(\.document))
    case .map(let map):
      .object(Dictionary(map.entries.map { ($0.key.keyText, $0.value.document) }) { $1 })
    case .timestamp(let time): .string(Text(printed(timestamp: time)))
    case .duration(let duration): .string(Text(printed(duration: duration)))
    }
  }

  private var keyText: Text {
    if case .string(let text) = self { text } else { Text(document.json) }
  }

  /// The value with its type: `{"int": "1"}`; numbers are texts, a list is an array, a map an array of pairs.
  public var tagged: Document {
    switch self {
    case .null: .object(["null": .null])
    case .boolean(let truth): .object(["bool": .boolean(truth)])
    case .int(let number): .object(["int": .string(Text(String(number)))])
    case .uint(let number): .object(["uint": .string(Text(String(number)))])
    case .double(let number): .object(["double": .string(Text(printed(number)))])
    case .decimal(let number): .object(["decimal": .string(Text(number.description))])
    case .string(let text): .object(["string": .string(text)])
    case .list(let elements): .object(["list": .array(elements.map(\.tagged))])
    case .map(let map):
      .object(["map": .array(map.entries.map { .array([$0.key.tagged, $0.value.tagged]) })])
    case .timestamp(let time): .object(["timestamp": .string(Text(printed(timestamp: time)))])
    case .duration(let duration): .object(["duration": .string(Text(printed(duration: duration)))])
    }
  }

  /// Reads a value with its type; nil when it is none, or of a type that is not supported.
  public init?(tagged document: Document) {
    guard case .object(let members) = document, members.count == 1 else { return nil }
    switch (members[0].name.string, members[0].value) {
    case ("null", .null): self = .null
    case ("bool", .boolean(let truth)): self = .boolean(truth)
    case ("string", .string(let text)): self = .string(text)
    case ("int", .string(let text)):
      guard let number = Int64(text.string) else { return nil }
      self = .int(number)
    case ("uint", .string(let text)):
      guard let number = UInt64(text.string) else { return nil }
      self = .uint(number)
    case ("double", .string(let text)):
      guard let number = Double(text.string), number.isFinite else { return nil }
      self = .double(number)
    case ("decimal", .string(let text)):
      guard let number = Decimal(text.string) else { return nil }
      self = .decimal(number)
    case ("timestamp", .string(let text)):
      guard let time = nanoseconds(ofTimestamp: text.string), let value = try? CEL.timestamp(time) else { return nil }
      self = value
    case ("duration", .string(let text)):
      guard let time = nanoseconds(ofDuration: text.string), let value = try? CEL.duration(time) else { return nil }
      self = value
    case ("list", .array(let elements)):
      let values = elements.compactMap(Value.init(tagged:))
      guard values.count == elements.count else { return nil }
      self = .list(values)
    case ("map", .array(let pairs)):
      var entries: [(key: Value, value: Value)] = []
      for case .array(let pair) in pairs where pair.count == 2 {
        guard let key = Value(tagged: pair[0]), let value = Value(tagged: pair[1]) else { return nil }
        entries.append((key, value))
      }
      guard entries.count == pairs.count, let map = ValueMap(entries) else { return nil }
      self = .map(map)
    default: return nil
    }
  }
}
