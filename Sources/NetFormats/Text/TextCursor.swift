import Diagnostics

/// A point in a file of text, which goes on as the file is read.
struct TextCursor {
  let source: SourceFile
  /// The offset of the next byte.
  private(set) var offset: Int

  /// The beginning of the text, without a byte order mark.
  init(_ source: SourceFile) {
    self.source = source
    offset = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next byte; nil at the end.
  var next: UInt8? { offset < source.bytes.count ? source.bytes[offset] : nil }

  /// Where the next byte stands.
  var location: SourceLocation { source.location(ofByte: offset) }

  /// Goes past the next byte.
  mutating func advance() { offset = min(offset + 1, source.bytes.count) }

  /// Goes past the next byte if it is this one.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    advance()
    return true
  }

  /// Goes past some characters if they are the next ones.
  mutating func take(_ word: String) -> Bool {
    guard source.bytes[offset...].starts(with: word.utf8) else { return false }
    offset += word.utf8.count
    return true
  }

  /// Goes past all bytes that pass, and says what they are.
  @discardableResult
  mutating func takeAll(_ passes: (UInt8) -> Bool) -> String {
    let start = offset
    while let byte = next, passes(byte) { advance() }
    return String(decoding: source.bytes[start..<offset], as: UTF8.self)
  }
}

extension UInt8 {
  /// Whether it is a blank or a tabulator, or the carriage return of a line's end.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }

  /// Whether it ends a line.
  var isNewline: Bool { self == 0x0A }
}
