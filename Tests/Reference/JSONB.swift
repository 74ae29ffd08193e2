/// A JSON value, printed byte for byte as PostgreSQL prints a `jsonb`.
public indirect enum JSONB: Hashable, Sendable {
  /// The JSON null.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number.
  case number(Int128)
  /// A text.
  case text(String)
  /// Values in order.
  case array([JSONB])
  /// Members, in any order.
  case object([(String, JSONB)])
  /// A value that is printed already.
  case printed(String)

  /// A text, or null.
  public static func optional(_ text: String?) -> JSONB { text.map { .text($0) } ?? .null }

  /// A whole number.
  public static func whole(_ number: Int) -> JSONB { .number(Int128(number)) }

  /// The value as text.
  public var text: String {
    switch self {
    case .null: "null"
    case .bool(let truth): truth ? "true" : "false"
    case .number(let number): "\(number)"
    case .text(let text): Self.quoted(text)
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.sorted { Self.precedes($0.0, $1.0) }.map { Self.quoted($0) + ": " + $1.text }
        .joined(separator: ", ") + "}"
    case .printed(let text): text
    }
  }

  /// The order in which a `jsonb` keeps its keys: the shorter first, then by bytes.
  public static func precedes(_ one: String, _ other: String) -> Bool {
    let (first, second) = (one.utf8.count, other.utf8.count)
    return first != second ? first < second : one.utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// A text in double quotes.
  public static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{8}": quoted += "\\b"
      case "\u{c}": quoted += "\\f"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Whether they are printed alike.
  public static func == (one: JSONB, other: JSONB) -> Bool { one.text.utf8.elementsEqual(other.text.utf8) }

  /// Hashes what is printed.
  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
