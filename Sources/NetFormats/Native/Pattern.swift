import Diagnostics

/// A name as it stands in a file: variables of a loop in braces, each replaced by its value. Doubled braces are braces.
struct Pattern {
  private enum Part {
    case text(String)
    case variable(String)
  }

  /// Where it stands.
  let location: SourceLocation
  private let parts: [Part]

  /// The variables that it names, each once, in their order.
  let variables: [String]

  /// Reads a name.
  ///
  /// - Throws: what is wrong with its braces.
  init(_ text: String, at location: SourceLocation) throws(Diagnostic) {
    self.location = location
    guard text.utf8.contains(UInt8(ascii: "{")) || text.utf8.contains(UInt8(ascii: "}")) else {
      (parts, variables) = ([.text(text)], [])
      return
    }
    var parts: [Part] = []
    var variables: [String] = []
    var rest = Substring(text)
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      parts.append(.text(String(rest[..<brace])))
      let after = rest[rest.index(after: brace)...]
      if after.first == rest[brace] {
        parts.append(.text(String(rest[brace])))
        rest = after.dropFirst()
      } else if rest[brace] == "{", let end = after.firstIndex(of: "}"), isVariable(after[..<end]) {
        let variable = String(after[..<end])
        parts.append(.variable(variable))
        if !variables.contains(variable) { variables.append(variable) }
        rest = after[after.index(after: end)...]
      } else {
        throw Diagnostic(.error, .brace(String(rest[brace]), text), at: location)
      }
    }
    parts.append(.text(String(rest)))
    (self.parts, self.variables) = (parts, variables)
  }

  /// The name, with the values of its variables in their places.
  func text(_ values: Loop.Values) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .variable(let variable): values[variable] ?? ""
      }
    }.joined()
  }
}

/// Whether a word can be the name of a variable: letters, digits and `_`, a letter first.
func isVariable(_ word: some StringProtocol) -> Bool {
  guard let first = word.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
  return word.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension String {
  /// Prose with the values of variables in their places; other braces mean nothing in it.
  func replacing(_ values: Loop.Values) -> String {
    var text = self
    for variable in values.keys.sorted() where text.contains("{\(variable)}") {
      text = text.split(separator: "{\(variable)}", omittingEmptySubsequences: false)
        .joined(separator: values[variable] ?? "")
    }
    return text
  }

  /// The name as a pattern that means nothing but it.
  var asPattern: String {
    utf8.contains(UInt8(ascii: "{")) || utf8.contains(UInt8(ascii: "}"))
      ? map { $0 == "{" ? "{{" : $0 == "}" ? "}}" : String($0) }.joined() : self
  }
}

extension Diagnostic.Message {
  fileprivate static func brace(_ brace: String, _ text: String) -> Self {
    Self(
      "\(brace) in \(quoted(text)) is neither the beginning nor the end of a variable",
      hint: "a variable of for is written {name}; a brace in a name is doubled, {{ or }}")
  }
}
