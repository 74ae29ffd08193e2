/// A text of the author's in double quotes, short enough for one line and safe for a terminal.
func quoted(_ text: String) -> String { "\"\(clipped(text))\"" }

/// A text of the author's as messages show it: at most 60 characters, and none that a terminal obeys.
func clipped(_ text: String) -> String {
  let longest = 60
  var shown = ""
  for (count, scalar) in text.unicodeScalars.enumerated() {
    guard count < longest else { return shown + "…" }
    shown.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
  }
  return shown
}

/// Some words as a list: `a, b and c`, or `a, b, c and 4 more`.
func listed(_ words: [String]) -> String {
  let shown = 3
  guard words.count > 1 else { return words.first ?? "" }
  if words.count > shown + 1 {
    return words[..<shown].joined(separator: ", ") + " and \(words.count - shown) more"
  }
  return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
}

/// A number of things: `1 place`, `2 places`.
func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }
