/// A text that somebody else wrote, as a terminal may show it: on one line, and without a character that the terminal
/// obeys or that changes how its neighbours look.
///
/// Such a character is replaced by its escape in JSON: a newline by `\n`, ESC by `\u001b`, U+202E by `\u202e`. What is
/// printable already is returned as it is, so doing it twice is doing it once.
///
/// - Parameter text: a name, an id, a path, a piece of a payload, a message of a server.
/// - Returns: the same text without control characters, format characters (bidi marks among them) and line ends.
public func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: \.isUnprintable) else { return text }
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar.isUnprintable { shown.append(contentsOf: escape(scalar).unicodeScalars) } else { shown.append(scalar) }
  }
  return String(shown)
}

extension Unicode.Scalar {
  /// Whether a terminal obeys the character instead of showing it, or shows its neighbours in another order.
  ///
  /// The two joiners are format characters as well. They stay: Persian, the languages of India and emoji need them.
  var isUnprintable: Bool {
    // Most text is ASCII, for which the tables of Unicode are not needed.
    if value < 0x7f { return value < 0x20 }
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format: return self != "\u{200c}" && self != "\u{200d}"
    default: return false
    }
  }
}

/// The character as it is written in a JSON string.
private func escape(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\n": "\\n"
  case "\r": "\\r"
  case "\t": "\\t"
  default:
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
