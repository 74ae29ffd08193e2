/// A string constant. A text of several lines becomes one piece a line, which SQL joins again: so it can be read, and
/// indenting it does not change it.
func constant(_ string: String) -> String {
  let needsEscapes = string.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f || $0 == "\\" }
  guard needsEscapes else { return "'\(doubled(string, "'"))'" }

  var text = "E'"
  let scalars = string.unicodeScalars
  for index in scalars.indices {
    let scalar = scalars[index]
    switch scalar {
    case "'": text += "''"
    case "\\": text += "\\\\"
    case "\n": text += scalars.index(after: index) == scalars.endIndex ? "\\n" : "\\n'\n '"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case _ where scalar.value < 0x20 || scalar.value == 0x7f:
      let hexadecimal = String(scalar.value, radix: 16)
      text += "\\x" + String(repeating: "0", count: 2 - hexadecimal.count) + hexadecimal
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + "'"
}

/// Words for a comment: line ends and other control characters become spaces, and no comment is opened or closed.
func harmless(_ comment: String) -> String {
  var text = String.UnicodeScalarView()
  for scalar in comment.unicodeScalars {
    if let last = text.last, (last, scalar) == ("*", "/") || (last, scalar) == ("/", "*") { text.append(" ") }
    text.append(scalar.value < 0x20 || scalar.value == 0x7f || isLineEnd(scalar) ? " " : scalar)
  }
  return String(text)
}

/// The line ends beyond ASCII.
private func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { [0x85, 0x2028, 0x2029].contains(scalar.value) }

/// A text in which each occurrence of a quote is doubled.
public func doubled(_ text: String, _ quote: Unicode.Scalar) -> String {
  guard text.unicodeScalars.contains(quote) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if scalar == quote { result.unicodeScalars.append(quote) }
    result.unicodeScalars.append(scalar)
  }
  return result
}
