/// A format that texts may have: the keyword `format`, which is an assertion here.
public enum Format: String, Sendable, CaseIterable {
  case dateTime = "date-time"
  case date, time, duration, uuid, email, ipv4, ipv6, uri

  /// What a text of the format matches. The last second of a day is checked besides, `leapSecond`.
  public var pattern: Pattern { patterns[self] ?? Pattern.nothing }

  /// Where the time stands in a text that matches, counted in characters from zero; nil when there is none.
  ///
  /// A time whose seconds are 60 is a leap second (RFC 3339, section 5.7), which comes at the end of a day in UTC.
  public var timeOffset: Int? {
    switch self {
    case .time: 0
    case .dateTime: 11
    case .date, .duration, .uuid, .email, .ipv4, .ipv6, .uri: nil
    }
  }

  /// Whether a text has the format.
  public func accepts(_ text: String) -> Bool {
    guard pattern.matches(text) else { return false }
    guard let timeOffset else { return true }
    // All that matches is ASCII.
    let digits = Array(text.utf8.dropFirst(timeOffset))
    func number(_ start: Int) -> Int { Int(digits[start] & 0xF) * 10 + Int(digits[start + 1] & 0xF) }
    guard number(6) == 60 else { return true }
    let zone = digits.count - 6
    let offset = digits[digits.count - 1] | 0x20 == UInt8(ascii: "z") ? 0 : number(zone + 1) * 60 + number(zone + 4)
    let isEast = zone >= 0 && digits[zone] == UInt8(ascii: "+")
    return (number(0) * 60 + number(3) + (isEast ? -offset : offset) + 2 * 1440) % 1440 == 1439
  }

  /// The pattern as ECMA-262 writes it, and where it comes from.
  fileprivate var expression: String {
    switch self {
    case .dateTime: "^\(Self.day)[Tt]\(Self.clock)$"
    case .date: "^\(Self.day)$"
    case .time: "^\(Self.clock)$"
    // RFC 3339, appendix A.
    case .duration: "^P(?:[0-9]+W|\(Self.days)(?:T\(Self.hours))?|T\(Self.hours))$"
    case .uuid: "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
    // RFC 5321, section 4.1.2.
    case .email:
      "^(?:\(Self.atom)(?:[.]\(Self.atom))*|\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\")@"
        + "(?:\(Self.label)(?:[.]\(Self.label))*|\\[(?:\(Self.ipv4Address)|IPv6:\(Self.ipv6Address))\\])$"
    case .ipv4: "^\(Self.ipv4Address)$"
    case .ipv6: "^\(Self.ipv6Address)$"
    // RFC 3986, appendix A.
    case .uri:
      "^[A-Za-z][A-Za-z0-9+.\\-]*:(?://\(Self.authority)(?:/\(Self.pathCharacter)*)*"
        + "|/(?:\(Self.pathCharacter)+(?:/\(Self.pathCharacter)*)*)?"
        + "|\(Self.pathCharacter)+(?:/\(Self.pathCharacter)*)*|)"
        + "(?:[?](?:\(Self.pathCharacter)|[/?])*)?(?:#(?:\(Self.pathCharacter)|[/?])*)?$"
    }
  }

  // RFC 3339, section 5.6; the days that a month has.
  private static let day =
    "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    + "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    + "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
  private static let clock =
    "(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:[.][0-9]+)?(?:[Zz]|[+\\-](?:[01][0-9]|2[0-3]):[0-5][0-9])"

  private static let days = "(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)"
  private static let hours = "(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"

  private static let atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-]+"
  private static let label = "[A-Za-z0-9](?:[A-Za-z0-9\\-]*[A-Za-z0-9])?"

  private static let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
  private static let ipv4Address = "\(octet)(?:[.]\(octet)){3}"
  private static let ipv6Address: String = {
    let group = "[0-9A-Fa-f]{1,4}"
    let last = "(?:\(group):\(group)|\(ipv4Address))"
    return "(?:(?:\(group):){6}\(last)|::(?:\(group):){5}\(last)|(?:\(group))?::(?:\(group):){4}\(last)"
      + "|(?:(?:\(group):){0,1}\(group))?::(?:\(group):){3}\(last)"
      + "|(?:(?:\(group):){0,2}\(group))?::(?:\(group):){2}\(last)"
      + "|(?:(?:\(group):){0,3}\(group))?::\(group):\(last)|(?:(?:\(group):){0,4}\(group))?::\(last)"
      + "|(?:(?:\(group):){0,5}\(group))?::\(group)|(?:(?:\(group):){0,6}\(group))?::)"
  }()

  private static let escaped = "%[0-9A-Fa-f]{2}"
  private static let pathCharacter = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@]|\(escaped))"
  private static let authority =
    "(?:(?:[A-Za-z0-9\\-._~!$&'()*+,;=:]|\(escaped))*@)?"
    + "(?:\\[(?:\(ipv6Address)|[Vv][0-9A-Fa-f]+[.][A-Za-z0-9\\-._~!$&'()*+,;=:]+)\\]|(?:[A-Za-z0-9\\-._~!$&'()*+,;=]|\(escaped))*)"
    + "(?::[0-9]*)?"
}

/// The patterns of all formats, each read once.
private let patterns = Dictionary(
  uniqueKeysWithValues: Format.allCases.compactMap { format in
    (try? Pattern(format.expression)).map { (format, $0) }
  })

extension Pattern {
  /// What no text matches; no format is without a pattern of its own, as the tests show.
  fileprivate static let nothing = Pattern(
    text: "[]", root: .character(CodePoints([])), program: .nothing)

  private init(text: String, root: PatternNode, program: PatternProgram) {
    self.text = text
    self.root = root
    self.program = program
  }
}
