import Diagnostics

/// What has been found so far in one file: a reader collects and goes on, so that its author sees all mistakes at once.
struct Findings {
  /// In the order in which they were found.
  private(set) var all: [Diagnostic] = []

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

  /// All in the order of the file; of very many errors only the first, and how many there are more.
  var diagnostics: Diagnostics {
    let shown = 100
    let sorted = Diagnostics(all)
    let errors = sorted.errors
    guard errors.count > shown else { return sorted }
    let rest = Diagnostic(.error, .more(errors.count - shown), at: errors[shown].location)
    return Diagnostics(errors[..<shown] + sorted.all.filter { $0.severity != .error } + [rest])
  }
}

extension Diagnostic.Message {
  fileprivate static func more(_ count: Int) -> Self {
    Self("\(counted(count, "more error")) from here on", hint: "mend the ones above first")
  }
}
