import Diagnostics

/// What the program says to people: text that a terminal may show as it is.
///
/// What stands in a literal is ours. What is put into one was written by somebody else (a name, an id, a path, a message
/// of the server) and is made printable, so that it can neither give the terminal orders nor look like a line of ours.
struct Words: ExpressibleByStringInterpolation {
  /// The text for people, without a newline at its end.
  fileprivate(set) var text = ""
  /// The same text with what others wrote as they wrote it: for programs.
  fileprivate(set) var exact = ""

  /// Words of ours.
  init(stringLiteral text: String) { self.init(printable: text) }

  /// Words of ours with those of others in them.
  init(stringInterpolation: StringInterpolation) { self = stringInterpolation.words }

  /// Text that is printable already, as `Diagnostic.rendered` gives it.
  init(printable text: String) {
    self.text = text
    exact = text
  }

  /// Text of several lines: the ends of the lines are ours, what stands on them may be anybody's.
  init(lines text: String) {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    self.text = lines.map { printable(String($0)) }.joined(separator: "\n")
    exact = text
  }

  /// Lines, one below the other.
  init(_ lines: [Words]) {
    text = lines.map(\.text).joined(separator: "\n")
    exact = lines.map(\.exact).joined(separator: "\n")
  }

  static func + (first: Words, second: Words) -> Words { "\(first)\(second)" }
}

extension Words {
  /// Puts words together.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var words: Words = ""

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) {
      words.text += literal
      words.exact += literal
    }

    /// Other words, which are safe already.
    mutating func appendInterpolation(_ words: Words) {
      self.words.text += words.text
      self.words.exact += words.exact
    }

    /// Somebody else's text, on one line.
    mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      words.text += printable(value.description)
      words.exact += value.description
    }

    /// Somebody else's text of several lines; all but the first are indented, so that none looks like a line of ours.
    mutating func appendInterpolation(indented value: String) {
      words.text += Words(lines: value).text.split(separator: "\n").joined(separator: "\n    ")
      words.exact += value
    }
  }
}
