/// A text of a YAML file, and whether YAML sees more in it than a text.
struct YAMLScalar: Sendable {
  /// What YAML 1.2 takes a scalar for (section 10.3.2, the core schema).
  enum Kind: Sendable {
    case null
    case boolean
    case integer
    case float
    case string
  }

  /// The text: without quotes, escapes resolved.
  let text: String
  /// Whether it stands without quotes, which is where YAML sees more in it.
  let isPlain: Bool
  /// Whether its characters stand in the file one after the other, but for quotes around them.
  var isVerbatim = false

  /// What it is. Older words of YAML 1.1, such as `yes` and `off`, are strings.
  var kind: Kind {
    guard isPlain else { return .string }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "false", "False", "FALSE": return .boolean
    default: break
    }
    // Most texts are names, which begin with a letter, or digits: they need no regular expression.
    guard let first = text.utf8.first, first < UInt8(ascii: ":") else { return .string }
    if text.utf8.allSatisfy(\.isDecimalDigit) { return .integer }
    if text.wholeMatch(of: /[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+/) != nil { return .integer }
    let isFloat =
      text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil
      || text.wholeMatch(of: /[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)/) != nil
    return isFloat ? .float : .string
  }
}

extension UInt8 {
  /// Whether it is one of the digits 0 to 9.
  var isDecimalDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
