/// The calls in a text of SQL or PL/pgSQL, found by its words: whatever stands before a parenthesis.
struct SQLCalls {
  /// A name before a parenthesis, with the schema that is written before it, and the word before all of it.
  struct Call: Hashable {
    let schema: String?
    let name: String
    let before: String
  }

  private(set) var calls: [Call] = []

  init(_ text: String) {
    let words = Self.words(text)
    for (index, word) in words.enumerated() where word == .mark("(") && index > 0 {
      guard case .name(let name) = words[index - 1] else { continue }
      let isQualified = index > 2 && words[index - 2] == .mark(".")
      guard isQualified, case .name(let schema) = words[index - 3] else {
        calls.append(Call(schema: nil, name: name, before: index > 1 ? words[index - 2].text : ""))
        continue
      }
      calls.append(Call(schema: schema, name: name, before: index > 3 ? words[index - 4].text : ""))
    }
  }

  /// Whether a text runs a statement that it has put together.
  static func runsText(_ text: String) -> Bool { words(text).contains(.name("execute")) }

  private enum Word: Hashable {
    case name(String)
    case mark(Character)

    var text: String {
      switch self {
      case .name(let name): name
      case .mark(let mark): String(mark)
      }
    }
  }

  /// Names as PostgreSQL takes them, and all other characters one by one; comments and constants are left out.
  private static func words(_ text: String) -> [Word] {
    var words: [Word] = []
    var rest = Array(text.unicodeScalars)[...]
    func isLetter(_ scalar: Unicode.Scalar) -> Bool {
      scalar == "_" || scalar.value >= 128 || scalar.properties.isAlphabetic
    }
    /// Takes what stands up to a quote that is not doubled.
    func take(to quote: Unicode.Scalar, escaping: Bool = false) -> String {
      var taken = String.UnicodeScalarView()
      rest.removeFirst()
      while let scalar = rest.popFirst() {
        if escaping, scalar == "\\" {
          _ = rest.popFirst()
        } else if scalar == quote {
          guard rest.first == quote else { break }
          taken.append(rest.removeFirst())
        } else {
          taken.append(scalar)
        }
      }
      return String(taken)
    }
    while let scalar = rest.first {
      if rest.starts(with: "--".unicodeScalars) {
        rest = rest.drop { $0 != "\n" }
      } else if rest.starts(with: "E'".unicodeScalars) || rest.starts(with: "e'".unicodeScalars) {
        rest.removeFirst()
        _ = take(to: "'", escaping: true)
      } else if scalar == "'" {
        _ = take(to: "'")
      } else if scalar == "\"" {
        words.append(.name(take(to: "\"")))
      } else if isLetter(scalar) {
        let name = rest.prefix { isLetter($0) || ("0"..."9").contains($0) || $0 == "$" }
        rest = rest.dropFirst(name.count)
        words.append(.name(String(String.UnicodeScalarView(name)).lowercased()))
      } else {
        rest.removeFirst()
        if !scalar.properties.isWhitespace { words.append(.mark(Character(scalar))) }
      }
    }
    return words
  }
}
