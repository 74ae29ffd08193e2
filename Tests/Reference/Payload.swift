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

  /// What the calls bring.
  public static let all: [Payload] = [
    Payload("{}"), Payload("null"), Payload("true"), Payload("\"\""), Payload("[]"), Payload("[[], {}, [null]]"),
    Payload("{\"by\":\"ann\"}", "{\"by\": \"ann\"}"),
    Payload(" {\"bb\":1,\"a\":[1,2 ,3],\"a\":{}}", "{\"a\": {}, \"bb\": 1}"),
    Payload("1.5", same: "1.5"), Payload("1.50", same: "1.5"), Payload("15e-1", "1.5"),
    Payload("-0", "0"), Payload("1e3", "1000"), Payload("123456789012345678901234567890"),
    Payload("{\"x\": 1.0}", same: "{\"x\": 1}"), Payload("{\"x\":1}", "{\"x\": 1}"),
    Payload("\"\\u00e9\\n\\/\\u0001\"", "\"é\\n/\\u0001\""), Payload("\"e\u{301}\"", "\"e\u{301}\""),
    Payload("\"🐘'\\\\\\\"$$\""), Payload("\"1:a,\""),
  ]
}
