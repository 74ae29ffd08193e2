/// How a call is refused: the code and the detail, as the README has them.
public struct Refusal: Error, Hashable, Sendable {
  /// The SQLSTATE.
  public let code: String
  /// The DETAIL.
  public let detail: JSONB

  init(_ code: String, _ members: (String, JSONB)...) { self.init(code, members) }

  init(_ code: String, _ members: [(String, JSONB)]) {
    self.code = code
    detail = .object(members)
  }

  static func null(_ argument: String) -> Refusal { Refusal("PT400", ("argument", .text(argument)), ("value", .null)) }

  static func value(_ argument: String, _ value: Int) -> Refusal {
    Refusal("PT400", ("argument", .text(argument)), ("value", .whole(value)))
  }

  static func length(_ argument: String, of text: String) -> Refusal {
    Refusal("PT400", ("argument", .text(argument)), ("length", .whole(text.unicodeScalars.count)))
  }
}
