import Diagnostics

/// What has been found so far in one file: a reader collects and goes on, so that its author sees all mistakes at once.
struct Findings {
  /// In the order in which they were found.
  private(set) var all: [Diagnostic] = []

  /// Whether anything stops the net.
  var hasErrors: Bool { all.contains { $0.severity == .error } }

  /// Adds what stops the net.
  mutating func error(_ message: Diagnostic.Message, at location: SourceLocation) {
    all.append(Diagnostic(.error, message, at: location))
  }

  /// Adds what the author may have meant otherwise.
  mutating func warn(_ message: Diagnostic.Message, at location: SourceLocation) {
    all.append(Diagnostic(.warning, message, at: location))
  }

  /// Adds what is worth knowing.
  mutating func note(_ message: Diagnostic.Message, at location: SourceLocation) {
    all.append(Diagnostic(.note, message, at: location))
  }

  /// Adds what a later stage found.
  mutating func add(_ diagnostics: Diagnostics) { all += diagnostics.all }

  /// All in the order of the file; of very many only the first, and how many there are more.
  var diagnostics: Diagnostics {
    let sorted = Diagnostics(all).all
    return Diagnostics(first(sorted.filter { $0.severity == .error }) + first(sorted.filter { $0.severity != .error }))
  }

  private func first(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let shown = 100
    guard diagnostics.count > shown else { return diagnostics }
    let next = diagnostics[shown]
    let severity = next.severity == .error ? Diagnostic.Severity.error : .warning
    return diagnostics[..<shown] + [Diagnostic(severity, .more(diagnostics.count - shown, severity), at: next.location)]
  }
}

extension Diagnostic.Message {
  fileprivate static func more(_ count: Int, _ severity: Diagnostic.Severity) -> Self {
    Self("\(counted(count, "more \(severity.rawValue)")) from here on", hint: "mend the ones above first")
  }
}
