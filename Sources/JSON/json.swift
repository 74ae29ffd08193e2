/// A text as a JSON string (RFC 8259, section 7), quotes included.
public func json(_ text: String) -> String {
  var string = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": string += "\\\""
    case "\\": string += "\\\\"
    case "\n": string += "\\n"
    case "\r": string += "\\r"
    case "\t": string += "\\t"
    case _ where scalar.value < 0x20:
      string += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
    default: string.unicodeScalars.append(scalar)
    }
  }
  return string + "\""
}
