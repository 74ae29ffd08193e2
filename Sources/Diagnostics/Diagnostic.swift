/// Something to tell the author of a net: what, where, how bad, and what to do next.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How bad it is. Only an error stops a net.
  public enum Severity: String, Sendable {
    /// The net cannot be used.
    case error
    /// The net is used, but perhaps not as its author meant.
    case warning
    /// Something worth knowing.
    case note
  }

  /// What is wrong, in words. Each check extends this with its own named messages, at the foot of its file.
  public struct Message: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// The words.
    public let description: String
    /// The next step, if there is one to name; printed under the caret.
    public let hint: String?

    /// A message with a next step.
    public init(_ text: String, hint: String? = nil) {
      description = text
      self.hint = hint
    }

    /// A message without a next step.
    public init(stringLiteral value: String) {
      self.init(value)
    }
  }

  /// How bad it is.
  public var severity: Severity
  /// What is wrong.
  public var message: Message
  /// Where.
  public var location: SourceLocation

  /// Something to tell.
  public init(_ severity: Severity, _ message: Message, at location: SourceLocation) {
    self.severity = severity
    self.message = message
    self.location = location
  }
}

extension Diagnostic {
  /// The diagnostic as it is printed: `file:line:column: error: …`, then the line, a caret and the next step.
  ///
  /// All of it is printable, whatever stands in the file and in its name.
  ///
  /// - Parameter source: the file it speaks of; without it only the first line, and the next step, are given.
  /// - Returns: one to three lines, without a newline at the end.
  public func rendered(in source: SourceFile?) -> String {
    let head = printable("\(location): \(severity.rawValue): \(message)")
    let hint = message.hint.map(printable)
    guard location.line > 0, let source, source.name == location.file,
      let excerpt = source.excerpt(ofLine: location.line, around: location.column, width: 110)
    else {
      return hint.map { "\(head)\n  \($0)" } ?? head
    }
    let number = "\(location.line)"
    let margin = String(repeating: " ", count: number.count)
    let caret = excerpt.indent + "^" + (hint.map { " \($0)" } ?? "")
    return "\(head)\n\(number) | \(excerpt.shown)\n\(margin) | \(caret)"
  }
}

extension SourceFile.Excerpt {
  /// The characters as they are printed: each stays one character, so that the caret lands where it should.
  fileprivate var shown: String {
    var shown = isCutBefore ? "…" : ""
    for scalar in text.unicodeScalars {
      shown.unicodeScalars.append(scalar.isUnprintable && scalar != "\t" ? "?" : scalar)
    }
    return isCutAfter ? shown + "…" : shown
  }

  /// White space as wide as what stands before the column; tabs stay tabs, so that the caret lands below it.
  fileprivate var indent: String {
    var indent = isCutBefore ? " " : ""
    for scalar in lead.unicodeScalars { indent.unicodeScalars.append(scalar == "\t" ? "\t" : " ") }
    return indent
  }
}
