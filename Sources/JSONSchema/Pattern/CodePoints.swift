/// A set of characters: ranges of code points in order, with gaps between them.
public struct CodePoints: Hashable, Sendable {
  /// The ranges.
  public let ranges: [ClosedRange<UInt32>]

  /// The highest code point that there is.
  public static let last: UInt32 = 0x10FFFF

  /// The code points of some ranges, in any order.
  init(_ ranges: [ClosedRange<UInt32>]) {
    var joined: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let before = joined.last, range.lowerBound <= before.upperBound &+ 1 {
        joined[joined.count - 1] = before.lowerBound...max(before.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    self.ranges = joined
  }

  /// The characters of a text.
  init(of characters: StaticString) {
    self.init(characters.description.unicodeScalars.map { $0.value...$0.value })
  }

  static func single(_ scalar: Unicode.Scalar) -> CodePoints { CodePoints([scalar.value...scalar.value]) }

  func union(_ other: CodePoints) -> CodePoints { CodePoints(ranges + other.ranges) }

  /// All other code points.
  public var inverted: CodePoints {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= Self.last { gaps.append(next...Self.last) }
    return CodePoints(gaps)
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= scalar.value
  }
}

extension CodePoints {
  static let digits = CodePoints([0x30...0x39])
  /// Letters without accents, digits and the underscore.
  public static let ofWords = CodePoints([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  /// What ECMA-262 calls white space or a line terminator.
  static let space = CodePoints([
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
    0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
  static let lineEnds = CodePoints([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])

  /// The characters of a general category by its name in Unicode, long or short: `Letter`, `Lu`.
  init?(category name: String) {
    guard let short = categories[name] ?? (categories.values.contains(name) ? name : nil) else { return nil }
    var ranges: [ClosedRange<UInt32>] = []
    for value in 0...Self.last {
      guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory.code.hasPrefix(short) else {
        continue
      }
      if let before = ranges.last, before.upperBound + 1 == value {
        ranges[ranges.count - 1] = before.lowerBound...value
      } else {
        ranges.append(value...value)
      }
    }
    self.init(ranges)
  }
}

/// The long names of the general categories (PropertyValueAliases.txt of Unicode) with the short ones; of a short name
/// of one letter all that begin with it belong to it.
private let categories: [String: String] = [
  "Letter": "L", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm",
  "Other_Letter": "Lo", "Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me",
  "Number": "N", "Decimal_Number": "Nd", "Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P",
  "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps", "Close_Punctuation": "Pe",
  "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf", "Other_Punctuation": "Po", "Symbol": "S", "Math_Symbol": "Sm",
  "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So", "Separator": "Z", "Space_Separator": "Zs",
  "Line_Separator": "Zl", "Paragraph_Separator": "Zp",
]

extension Unicode.GeneralCategory {
  /// The short name.
  fileprivate var code: String {
    switch self {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control, .format, .surrogate, .privateUse, .unassigned: "C"
    @unknown default: "C"
    }
  }
}
