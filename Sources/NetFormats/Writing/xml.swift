/// A text as it stands in an element or an attribute of XML. What XML cannot say becomes U+FFFD.
public func xml(_ text: String) -> String {
  var written = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": written += "&amp;"
    case "<": written += "&lt;"
    case ">": written += "&gt;"
    case "\"": written += "&quot;"
    case "\t", "\n", "\r": written += "&#\(scalar.value);"
    case "\0"..<" ", "\u{fffe}", "\u{ffff}": written += "\u{fffd}"
    default: written.unicodeScalars.append(scalar)
    }
  }
  return written
}

/// A coordinate, without a fraction where it has none.
func decimal(_ number: Double) -> String {
  number == number.rounded() && number.magnitude < 1e15 ? "\(Int(number))" : "\(number)"
}
