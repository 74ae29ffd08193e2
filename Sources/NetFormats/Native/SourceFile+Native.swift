import Diagnostics

extension SourceFile {
  /// Whether the file is a net of the native format: by its name, or because a line begins with a section of one.
  ///
  /// Any text is YAML, more or less, so that it has to be known before it is parsed.
  var isNative: Bool {
    let name = name.lowercased()
    if name.hasSuffix(".ptflow.yaml") || name.hasSuffix(".ptflow.yml") { return true }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes[start...].split(separator: UInt8(ascii: "\n")).contains { line in
      guard let key = Self.sections.first(where: { line.starts(with: $0) }) else { return false }
      return line.dropFirst(key.count).first?.isXMLSpace ?? true
    }
  }

  private static let sections = ["net:", "roles:", "places:", "transitions:"].map { Array($0.utf8) }
}
