/// All that is wrong with one file, or worth knowing about it.
public struct Diagnostics: Error, Hashable, Sendable {
  /// In the order of the file.
  public private(set) var all: [Diagnostic]

  /// A set of diagnostics, sorted into the order of the file.
  public init(_ diagnostics: [Diagnostic] = []) {
    all = diagnostics.enumerated().sorted { left, right in
      let (a, b) = (left.element.location, right.element.location)
      return (a.line, a.column, left.offset) < (b.line, b.column, right.offset)
    }.map(\.element)
  }

  /// The ones that stop the net.
  public var errors: [Diagnostic] { all.filter { $0.severity == .error } }

  /// Whether any of them stops the net.
  public var hasErrors: Bool { all.contains { $0.severity == .error } }

  /// All of them as they are printed, one after the other, without a newline at the end.
  public func rendered(in source: SourceFile?) -> String {
    all.map { $0.rendered(in: source) }.joined(separator: "\n")
  }
}
