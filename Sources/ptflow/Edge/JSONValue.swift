import Foundation

/// A JSON value that keeps the order of its members, so that the same answer is the same text.
indirect enum JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  case null
  case truth(Bool)
  case number(Int)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])
  /// Text that the database gave as JSON.
  case verbatim(String)

  init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members) }

  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

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
    case .string(let string): quoted(string)
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
    case .object(let members): "{" + members.map { "\(quoted($0.0)): \($0.1.text)" }.joined(separator: ", ") + "}"
    case .verbatim(let text): text
    }
  }
}

/// A string as JSON writes it.
private func quoted(_ string: String) -> String {
  var text = "\""
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case _ where scalar.value < 0x20:
      let hexadecimal = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + "\""
}
