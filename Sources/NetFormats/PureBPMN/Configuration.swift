import Diagnostics

/// A file of sections, `[NAME]`, that hold lines `KEY=VALUE`.
struct Configuration {
  /// What follows a line `[NAME]`.
  struct Section {
    /// Its number in the file.
    let order: Int
    let location: SourceLocation
    fileprivate(set) var values: [String: Value] = [:]
  }

  /// What stands behind a `=`.
  struct Value {
    let text: String
    let location: SourceLocation
    let keyLocation: SourceLocation
    /// Where the line begins, in bytes.
    let offset: Int

    /// The names of a list `a,b`, with where each stands.
    var names: [Name] {
      var column = location.column
      return text.split(separator: ",", omittingEmptySubsequences: false).compactMap { part in
        let lead = part.unicodeScalars.prefix { $0 == " " || $0 == "\t" }.count
        let start = column + lead
        column += part.unicodeScalars.count + 1
        let name = String(part).trimmed
        guard !name.isEmpty else { return nil }
        return Name(id: name, location: SourceLocation(file: location.file, line: location.line, column: start))
      }
    }
  }

  /// By their names.
  private(set) var sections: [String: Section] = [:]

  /// Reads a file; lines that are neither, and what is said twice, are told.
  init(_ source: SourceFile, _ findings: inout Findings) {
    var cursor = TextCursor(source)
    var current = ""
    while cursor.next != nil {
      cursor.takeAll(\.isXMLSpace)
      let (offset, location) = (cursor.offset, cursor.location)
      switch cursor.next {
      case nil: break
      case UInt8(ascii: "#"), UInt8(ascii: ";"): cursor.takeAll { !$0.isNewline }
      case UInt8(ascii: "["):
        let line = cursor.takeAll { !$0.isNewline }.trimmed
        guard line.hasSuffix("]") else {
          findings.error(.noBracket, at: location)
          continue
        }
        current = String(line.dropFirst().dropLast())
        if let earlier = sections[current] { findings.error(.sectionTwice(current, earlier.location), at: location) }
        sections[current] = Section(order: sections.count, location: location)
      default:
        let key = cursor.takeAll { !$0.isNewline && $0 != UInt8(ascii: "=") }.trimmed
        guard cursor.take("=") else {
          findings.error(.noValue(key), at: location)
          continue
        }
        cursor.takeAll(\.isBlank)
        let place = cursor.location
        let text = cursor.takeAll { !$0.isNewline }.trimmed
        let value = Value(text: text, location: place, keyLocation: location, offset: offset)
        if sections[current]?.values.updateValue(value, forKey: key) != nil {
          findings.error(.keyTwice(key), at: location)
        }
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let noBracket = Self("this section has no ] at its end")

  fileprivate static func sectionTwice(_ name: String, _ earlier: SourceLocation) -> Self {
    Self("there are two sections \(quoted(name)); the first is at \(earlier)", hint: "make one of them")
  }

  fileprivate static func noValue(_ key: String) -> Self {
    Self("\(quoted(key)) is no line of a section", hint: "write KEY=VALUE")
  }

  fileprivate static func keyTwice(_ key: String) -> Self {
    Self("\(quoted(key)) stands twice in this section", hint: "remove one of them")
  }
}
