import Diagnostics

/// The reader of a format. Each is a folder of its own, and one line of `NetFormat.reader`.
protocol NetReader {
  /// The syntax of the format.
  associatedtype Syntax: Content

  /// Whether the file is in this format. It looks for what tells the format from the others, not for mistakes.
  static func recognises(_ content: Syntax) -> Bool

  init(_ content: Syntax, _ findings: Findings)

  /// All that was wrong or worth knowing so far.
  var findings: Findings { get }
  /// What was read so far.
  var draft: Draft { get }

  /// Reads the file to its end, whatever is wrong with it.
  mutating func read()
}

extension NetReader {
  /// Whether the file has the syntax of this format, and is in it.
  static func isFormat(of content: any Content) -> Bool {
    (content as? Syntax).map(recognises) ?? false
  }

  /// Reads the file when it is in this format; otherwise nil.
  static func draft(of content: any Content, _ findings: inout Findings) -> Draft? {
    guard let content = content as? Syntax, recognises(content) else { return nil }
    var reader = Self(content, findings)
    reader.read()
    findings = reader.findings
    return reader.draft
  }
}
