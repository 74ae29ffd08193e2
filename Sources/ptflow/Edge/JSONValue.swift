import JSON

/// A JSON value that keeps the order of its members, so that the same answer is the same text.
enum JSONValue {
  case null
  case truth(Bool)
  case number(Int)
  case string(String)
  case array([JSONValue])
  case object([Member])
  /// Text that the database gave as JSON.
  case verbatim(String)

  /// A member of an object. A struct, since Swift 6.2 does not compile an enum with itself in a tuple.
  struct Member {
    let name: String
    let value: JSONValue
  }

  static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { Member(name: $0, value: $1) })
  }

  /// A string, or null.
  init(_ string: String?) { self = string.map { .string($0) } ?? .null }

  /// A number, or null.
  init(_ number: Int?) { self = number.map { .number($0) } ?? .null }

  /// The value on one line.
  var text: String {
    switch self {
    case .null: "null"
    case .truth(let truth): truth ? "true" : "false"
    case .number(let number): String(number)
    case .string(let string): json(string)
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
    case .object(let members): "{" + members.map { "\(json($0.name)): \($0.value.text)" }.joined(separator: ", ") + "}"
    case .verbatim(let text): text
    }
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members) }
}

extension JSONValue: ExpressibleByArrayLiteral {
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}
