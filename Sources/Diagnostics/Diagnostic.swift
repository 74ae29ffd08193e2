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
  /// - Parameter source: the file it speaks of; without it only the first line, and the next step, are given.
  public func rendered(in source: SourceFile?) -> String {
    let head = "\(location): \(severity.rawValue): \(message)"
    let hint = message.hint
    guard location.line > 0, let source, source.name == location.file, let line = source.line(location.line) else {
      return hint.map { "\(head)\n  \($0)" } ?? head
    }
    let number = "\(location.line)"
    let margin = String(repeating: " ", count: number.count)
    let excerpt = Excerpt(of: line, around: location.column)
    let caret = excerpt.indent + "^" + (hint.map { " \($0)" } ?? "")
    return "\(head)\n\(number) | \(excerpt.text)\n\(margin) | \(caret)"
  }
}

/// The part of a line that is shown: files written by machines have lines of megabytes.
private struct Excerpt {
  let text: String
  /// White space as wide as what stands before the column; tabs stay tabs, so that the caret lands below it.
  let indent: String

  init(of line: String, around column: Int) {
    let scalars = Array(line.unicodeScalars)
    let width = 110
    let target = min(max(column - 1, 0), scalars.count)
    let start = scalars.count <= width ? 0 : max(0, target - width / 3)
    let shown = scalars[start..<min(scalars.count, start + width)].map { $0.value < 0x20 && $0 != "\t" ? "?" : $0 }
    let lead = start > 0 ? "…" : ""
    let tail = start + width < scalars.count ? "…" : ""
    text = lead + String(String.UnicodeScalarView(shown)) + tail
    indent = (start > 0 ? " " : "") + String(scalars[start..<target].map { $0 == "\t" ? "\t" : " " })
  }
}

extension String {
  fileprivate init(_ characters: [Character]) {
    self = characters.reduce(into: "") { $0.append($1) }
  }
}
