/// A piece of SQL: text that came from our own sources, with names and values put in through labelled doors.
///
/// A literal is SQL, and what is interpolated says what it is: `\(name:)` an identifier, `\(string:)` a constant,
/// `\(comment:)` words for a comment, another `SQL` or several. An unlabelled `String` does not compile. A piece of
/// several lines keeps its lines below the column at which it is put, so that a template looks like its output.
public struct SQL: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// The SQL as text.
  public let text: String

  /// Text that is SQL already. This is the only door for it, so looking for `verbatim` is the security review.
  public init(verbatim text: String) {
    self.text = text
  }

  /// A literal of our own sources.
  public init(stringLiteral value: String) {
    text = value
  }

  /// A literal with names and values put in.
  public init(stringInterpolation: Interpolation) {
    text = stringInterpolation.text
  }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { text.isEmpty }

  /// How many characters it has, which is how wide it is on one line.
  public var width: Int { text[...].width }
}

extension SQL: CustomStringConvertible {
  /// The SQL as text.
  public var description: String { text }
}

extension SQL {
  /// What collects a literal's pieces.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    /// Starts with nothing.
    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 32 * interpolationCount)
    }

    /// Adds SQL as it stands in our source.
    public mutating func appendLiteral(_ literal: String) {
      text += literal
    }

    /// Adds an identifier, quoted where PostgreSQL needs it.
    public mutating func appendInterpolation(name: String) {
      appendLiteral(identifier(name))
    }

    /// Adds a string constant.
    public mutating func appendInterpolation(string: String) {
      appendInterpolation(SQL(verbatim: constant(string)))
    }

    /// Adds a string constant, or NULL.
    public mutating func appendInterpolation(string: String?) {
      if let string { appendInterpolation(string: string) } else { appendLiteral("NULL") }
    }

    /// Adds words to a comment; whatever could leave the comment is made harmless.
    public mutating func appendInterpolation(comment: String) {
      appendLiteral(harmless(comment))
    }

    /// Adds a whole number.
    public mutating func appendInterpolation(_ number: Int) {
      appendLiteral(String(number))
    }

    /// Adds a whole number, or NULL.
    public mutating func appendInterpolation(_ number: Int?) {
      appendLiteral(number.map(String.init) ?? "NULL")
    }

    /// Adds a number, or NULL.
    public mutating func appendInterpolation(_ number: Double?) {
      appendLiteral(number.map { $0 == $0.rounded() && abs($0) < 1e15 ? String(Int($0)) : String($0) } ?? "NULL")
    }

    /// Adds a truth value.
    public mutating func appendInterpolation(_ truth: Bool) {
      appendLiteral(truth ? "true" : "false")
    }

    /// Adds a piece; its second and later lines stand below its first.
    public mutating func appendInterpolation(_ piece: SQL) {
      text += piece.text.utf8.contains(newline) ? indented(piece.text, by: lastLine.width) : piece.text
    }

    /// Adds the body of a function in dollar quotes, by a tag that does not occur in it. Its lines stand below the
    /// beginning of this line.
    public mutating func appendInterpolation(body: SQL) {
      var tag = "$$"
      var attempt = 0
      while body.text.has(tag) {
        attempt += 1
        tag = "$body\(attempt)$"
      }
      text += indented("\(tag)\n\(body.text)\n\(tag)", by: lastLine.prefix { $0 == " " }.count)
    }

    /// What stands on the last line so far. Its width in characters is the column at which a piece begins.
    private var lastLine: Substring {
      text[(text.utf8.lastIndex(of: newline).map { text.utf8.index(after: $0) } ?? text.startIndex)...]
    }

    /// Adds pieces, one after the other.
    public mutating func appendInterpolation(_ pieces: [SQL], separator: SQL = "\n") {
      appendInterpolation(pieces.joined(separator: separator))
    }

    /// A `String` may be anything; it has to say what it is.
    @available(*, unavailable, message: "say name: for an identifier, string: for a constant, comment: for words")
    public mutating func appendInterpolation(_ text: String) {
      fatalError("does not compile")
    }
  }
}

extension [SQL] {
  /// The pieces as one.
  public func joined(separator: SQL = "\n") -> SQL {
    SQL(verbatim: map(\.text).joined(separator: separator.text))
  }
}
