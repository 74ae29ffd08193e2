/// A text as YAML writes it on one line: without quotes where that means the same to everybody, and else in double quotes.
///
/// Quoted is also what only older readers take for something else (`no`, `on`), and what would end between `[ ]`.
func nativeText(_ text: String) -> String { isPlainEverywhere(text) ? text : doubleQuoted(text) }

private func isPlainEverywhere(_ text: String) -> Bool {
  let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
  guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last, first.properties.isAlphabetic,
    last != " ", !words.contains(text.lowercased())
  else { return false }
  return text.unicodeScalars.allSatisfy { scalar in
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "_ -./()'".unicodeScalars.contains(scalar)
      || scalar == "+"
  } && !text.contains("  ")
}

/// YAML's double quotes with its escapes: no character that a reader may refuse or an editor may hide stands bare.
private func doubleQuoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": quoted += "\\\""
    case "\\": quoted += "\\\\"
    case "\n": quoted += "\\n"
    case "\t": quoted += "\\t"
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value > 0xFFFF ? 8 : 4
        quoted += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
  }
  return quoted + "\""
}
