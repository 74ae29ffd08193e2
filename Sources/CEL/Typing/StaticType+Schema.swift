internal import JSON
public import JSONSchema

extension StaticType {
  /// What is known of a value that a schema accepts.
  public init(_ schema: Schema) {
    self = schema.rules.reduce(.any) { known, rule in known.narrowed(by: StaticType(rule)) }
  }

  private init(_ rule: Rule) {
    self =
      switch rule {
      case .never: .nothing
      case .type(let types): .joining(types.map(StaticType.init))
      case .values(let values, _): .joining(values.map { StaticType(Value($0)) })
      case .all(let schemas): schemas.reduce(.any) { $0.narrowed(by: StaticType($1)) }
      case .any(let schemas), .one(let schemas): .joining(schemas.map(StaticType.init))
      case .condition(_, let then, let otherwise):
        .joining([then.map(StaticType.init) ?? .any, otherwise.map(StaticType.init) ?? .any])
      case .not, .number, .text: .any
      case .array(.items(let first, let rest)): .restricting(.list(.joining((first + [rest]).map(Self.element))))
      case .array: .any
      case .object(.properties(let members)):
        .restricting(
          .object(
            Dictionary(members.map { ($0.name.string, StaticType($0.value)) }) { $1 }, others: .any))
      case .object(.everyProperty(let every)): .restricting(Self.others(every))
      case .object: .any
      }
  }

  private static func element(_ schema: Schema?) -> StaticType { schema.map(StaticType.init) ?? .any }

  /// What is known of members that are not named.
  private static func others(_ every: EveryProperty) -> StaticType {
    guard every.patterns.isEmpty, let additional = every.additional else { return .object([:], others: .any) }
    let others = StaticType(additional)
    let known = Dictionary(every.known.map { ($0.string, StaticType.any) }) { $1 }
    return .object(known, others: others == .nothing ? nil : others)
  }

  /// What a rule for arrays or objects alone says: all other values pass.
  private static func restricting(_ type: StaticType) -> StaticType {
    let all: [StaticType] = [
      .null, .boolean, .decimal, .string, .list(.any), .object([:], others: .any),
    ]
    return .oneOf(all.map { $0.isLike(type) ? type : $0 })
  }

  private init(_ type: ValueType) {
    self =
      switch type {
      case .null: .null
      case .boolean: .boolean
      case .object: .object([:], others: .any)
      case .array: .list(.any)
      case .number: .decimal
      case .string: .string
      case .integer: .wholeDecimal
      }
  }

  /// Whether two types are of one kind, whatever is in them.
  private func isLike(_ other: StaticType) -> Bool {
    switch (self, other) {
    case (.list, .list), (.object, .object): true
    default: self == other || isDecimal && other.isDecimal
    }
  }

  /// What is known when both are.
  private func narrowed(by other: StaticType) -> StaticType {
    if self == .any { return other }
    if other == .any { return self }
    return .joining(
      alternatives.flatMap { first in
        other.alternatives.filter { first.isLike($0) }.map { second -> StaticType in
          switch (first, second) {
          case (.list(let one), .list(let two)): .list(one.narrowed(by: two))
          case (.object(let one, let others), .object(let two, let moreOthers)):
            Self.object(one, others, two, moreOthers)
          case (.decimal, _): second
          default: first
          }
        }
      })
  }

  private static func object(
    _ first: [String: StaticType], _ firstOthers: StaticType?, _ second: [String: StaticType],
    _ secondOthers: StaticType?
  ) -> StaticType {
    var members: [String: StaticType] = [:]
    for name in Set(first.keys).union(second.keys) {
      let one = first[name] ?? firstOthers ?? .nothing
      members[name] = one.narrowed(by: second[name] ?? secondOthers ?? .nothing)
    }
    let others = firstOthers.flatMap { one in secondOthers.map { one.narrowed(by: $0) } }
    return .object(members, others: others)
  }
}

extension StaticType {
  /// The type of a value that is there.
  init(_ value: Value) {
    self =
      switch value {
      case .null: .null
      case .boolean: .boolean
      case .int: .int
      case .uint: .uint
      case .double: .double
      case .decimal(let number): number.isWhole ? .wholeDecimal : .decimal
      case .string: .string
      case .timestamp: .timestamp
      case .duration: .duration
      case .list(let elements): .list(.joining(elements.map(StaticType.init)))
      case .map(let map): Self.map(map)
      }
  }

  private static func map(_ map: ValueMap) -> StaticType {
    var members: [String: StaticType] = [:]
    for entry in map.entries {
      guard case .string(let name) = entry.key else {
        return .map(
          .joining(map.entries.map { StaticType($0.key) }), .joining(map.entries.map { StaticType($0.value) }))
      }
      members[name.string] = StaticType(entry.value)
    }
    return .object(members, others: nil)
  }
}
