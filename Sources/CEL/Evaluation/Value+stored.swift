public import JSON

extension Value {
  /// The value as the database computes with it.
  ///
  /// What JSON has is itself, and a number of JSON a decimal. All other values are objects of one member, whose name is
  /// the type: `i`, `u`, `d` for numbers, `t` for a timestamp and `n` for a duration in nanoseconds, `m` for a map, of
  /// which each entry is an array of key and value under the key's text.
  public var stored: Document {
    func object(_ tag: Text, _ value: Document) -> Document { .object([tag: value]) }
    return switch self {
    case .null: .null
    case .boolean(let truth): .boolean(truth)
    case .int(let value): object("i", .number(Decimal(value)))
    case .uint(let value): object("u", .number(Decimal(value)))
    case .double(let value):
      object("d", value == 0 && value.sign == .minus ? "-0" : number.map { .number($0) } ?? .null)
    case .decimal(let value): .number(value)
    case .string(let text): .string(text)
    case .list(let elements): .array(elements.map(\.stored))
    case .map(let map):
      object(
        "m",
        .object(
          Dictionary(
            map.entries.map { (Text(ValueMap.keyText($0.key) ?? ""), .array([$0.key.stored, $0.value.stored])) }
          ) { $1 }))
    case .timestamp(let time): object("t", .number(Decimal(time)))
    case .duration(let duration): object("n", .number(Decimal(duration)))
    }
  }

  /// Reads a value that the database computed; nil when it is none.
  public init?(stored document: Document) {
    switch document {
    case .null: self = .null
    case .boolean(let truth): self = .boolean(truth)
    case .number(let number): self = .decimal(number)
    case .string(let text): self = .string(text)
    case .array(let elements):
      let values = elements.compactMap(Value.init(stored:))
      guard values.count == elements.count else { return nil }
      self = .list(values)
    case .object(let members):
      guard members.count == 1 else { return nil }
      switch (members[0].name, members[0].value) {
      case ("i", .number(let number)):
        guard let value = Int64(number.description) else { return nil }
        self = .int(value)
      case ("u", .number(let number)):
        guard let value = UInt64(number.description) else { return nil }
        self = .uint(value)
      case ("d", .number(let number)):
        guard let value = number.double else { return nil }
        self = .double(value)
      case ("d", "-0"): self = .double(-0.0)
      case ("t", .number(let number)):
        guard let value = Int128(number.description) else { return nil }
        self = .timestamp(value)
      case ("n", .number(let number)):
        guard let value = Int64(number.description) else { return nil }
        self = .duration(value)
      case ("m", .object(let entries)):
        var pairs: [(key: Value, value: Value)] = []
        for entry in entries {
          guard case .array(let pair) = entry.value, pair.count == 2, let key = Value(stored: pair[0]),
            let value = Value(stored: pair[1])
          else { return nil }
          pairs.append((key, value))
        }
        guard let map = ValueMap(pairs) else { return nil }
        self = .map(map)
      default: return nil
      }
    }
  }
}
