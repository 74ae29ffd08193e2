internal import JSON
public import JSONSchema

/// How a text is written that is made a value of another type.
public enum TextForm: CaseIterable, Sendable {
  case int, uint, double, timestamp, duration

  /// What the text has to match.
  public var pattern: Pattern? { patterns[self] }

  func matches(_ text: Text) -> Bool { pattern?.matches(text.string) == true }

  /// The pattern as ECMA-262 writes it.
  fileprivate var expression: String {
    switch self {
    case .int: "^[+\\-]?[0-9]{1,19}$"
    case .uint: "^[0-9]{1,20}$"
    case .double: "^-?[0-9]{1,255}(?:[.][0-9]{1,255})?(?:[eE][+\\-]?[0-9]{1,3})?$"
    // RFC 3339; whether the day is in its month is looked at besides.
    case .timestamp:
      "^(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
        + "(?:[.][0-9]{1,9})?(?:[Zz]|[+\\-](?:[01][0-9]|2[0-3]):[0-5][0-9])$"
    // As Go writes it.
    case .duration: "^(?!.{100})[+\\-]?(?:0|(?:(?:[0-9]+(?:[.][0-9]+)?|[.][0-9]+)(?:ns|us|ms|s|m|h))+)$"
    }
  }
}

/// The patterns, each read once.
private let patterns = Dictionary(
  uniqueKeysWithValues: TextForm.allCases.compactMap { form in
    (try? Pattern(form.expression)).map { (form, $0) }
  })
