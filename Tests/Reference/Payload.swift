internal import JSON
internal import JSONSchema

/// A payload as a caller writes it, and as PostgreSQL prints it back.
public struct Payload: Hashable, Sendable {
  /// What the caller writes.
  public let given: String
  /// What PostgreSQL prints.
  public let printed: String
  /// The payload with which it is equal to PostgreSQL, to whom 1.50 is 1.5 though it prints each as it came.
  private let same: String

  init(_ given: String, _ printed: String? = nil, same: String? = nil) {
    self.given = given
    self.printed = printed ?? given
    self.same = same ?? self.printed
  }

  /// Whether a retry may bring the one for the other.
  public func equals(_ other: Payload) -> Bool { same.isExactly(other.same) }

  /// What it is.
  var document: Document {
    guard let document = try? Document(node) else { preconditionFailure("\(printed) is no document") }
    return document
  }

  /// What it is, as PostgreSQL prints it.
  private var node: JSONNode {
    guard let node = try? parseJSON(Array(printed.utf8), title: "the payload", deepest: 100) else {
      preconditionFailure("\(printed) is no JSON")
    }
    return node
  }

  /// What a guard looked at, numbers of the payload with the digits that PostgreSQL prints.
  func shown(_ seen: [(name: String, value: Document)]) -> JSONB {
    .object(
      seen.map { name, value in
        switch name {
        case "payload": (name, JSONB(node))
        case "payload.x": (name, node["x"].map(JSONB.init) ?? .null)
        default: (name, .printed(value.json))
        }
      })
  }

  /// What the calls bring.
  public static let all: [Payload] = [
    Payload("{}"), Payload("null"), Payload("true"), Payload("\"\""), Payload("[]"), Payload("[[], {}, [null]]"),
    Payload("{\"by\":\"ann\"}", "{\"by\": \"ann\"}"),
    Payload(" {\"bb\":1,\"a\":[1,2 ,3],\"a\":{}}", "{\"a\": {}, \"bb\": 1}"),
    Payload("1.5", same: "1.5"), Payload("1.50", same: "1.5"), Payload("15e-1", "1.5"),
    Payload("-0", "0"), Payload("1e3", "1000"), Payload("123456789012345678901234567890"),
    Payload("{\"x\": 1.0}", same: "{\"x\": 1}"), Payload("{\"x\":1}", "{\"x\": 1}"),
    Payload("{\"x\": 0.25}"), Payload("{\"x\": 30}"), Payload("{\"x\": [1]}"),
    Payload("\"\\u00e9\\n\\/\\u0001\"", "\"é\\n/\\u0001\""), Payload("\"e\u{301}\"", "\"e\u{301}\""),
    Payload("\"🐘'\\\\\\\"$$\""), Payload("\"1:a,\""),
  ]
}

extension JSONB {
  /// A value that has been parsed.
  init(_ node: JSONNode) {
    self =
      switch node.value {
      case .null: .null
      case .boolean(let truth): .bool(truth)
      case .number(let digits): .printed(digits)
      case .string(let text): .text(text)
      case .array(let elements): .array(elements.map(JSONB.init))
      case .object(let members): .object(members.map { ($0.name, JSONB($0.node)) })
      }
  }

  /// What a payload does not fulfil.
  init(_ failure: Failure) {
    self = .object([
      ("pointer", .text(failure.pointer)), ("keyword", .text(failure.keyword)), ("wanted", .text(failure.wanted)),
    ])
  }
}
