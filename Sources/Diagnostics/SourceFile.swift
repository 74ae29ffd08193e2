/// The bytes of a file together with its name, and the way from a byte to its line and column.
///
/// A character is a Unicode scalar where the file is UTF-8. In any other file each byte is one, as in ISO-8859-1.
public struct SourceFile: Sendable {
  /// The name as the user gave it.
  public let name: String
  /// What the file holds, as it was read.
  public let bytes: [UInt8]
  /// The offset at which each line starts; the first one starts after a byte order mark.
  private let lineStarts: [Int]
  /// Whether the bytes are UTF-8.
  private let isUTF8: Bool
  /// How many characters stand before every 128th byte; nil where each byte is a character.
  private let characterCounts: [Int]?

  /// A file that has been read; finds its lines once, in linear time.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    let isASCII = bytes.withUnsafeBufferPointer { bytes in
      var highest: UInt8 = 0
      var offset = 0
      while offset < bytes.count {
        let byte = bytes[offset]
        offset += 1
        if byte == UInt8(ascii: "\n") { starts.append(offset) }
        if byte > highest { highest = byte }
      }
      return highest < 0x80
    }
    lineStarts = starts
    isUTF8 = isASCII || String(validating: bytes, as: UTF8.self) != nil
    characterCounts = isASCII || !isUTF8 ? nil : Self.characterCounts(in: bytes)
  }

  /// A file that a test writes down.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The line and column of a byte; an offset past the end means the end.
  ///
  /// It takes the same short time wherever the byte is: files written by machines are one line of megabytes.
  public func location(ofByte offset: Int) -> SourceLocation {
    let offset = max(lineStarts[0], min(offset, bytes.count))
    let index = lineStarts.lastPassing { $0 <= offset }
    let column = characters(before: offset) - characters(before: lineStarts[index]) + 1
    return SourceLocation(file: name, line: index + 1, column: column)
  }

  /// The text of a line without its end, or nil when there is no such line.
  public func line(_ number: Int) -> String? {
    range(ofLine: number).map(text)
  }
}

extension SourceFile {
  /// Part of a line, wide enough to see what stands around a column.
  struct Excerpt {
    /// The characters.
    let text: String
    /// The characters that stand before the column.
    let lead: String
    /// Whether the line begins before it.
    let isCutBefore: Bool
    /// Whether the line goes on after it.
    let isCutAfter: Bool
  }

  /// At most `width` characters of a line, among them the one at a column.
  func excerpt(ofLine number: Int, around column: Int, width: Int) -> Excerpt? {
    guard let line = range(ofLine: number) else { return nil }
    let first = characters(before: line.lowerBound)
    let count = characters(before: line.upperBound) - first
    let target = min(max(column - 1, 0), count)
    let start = count <= width ? 0 : max(0, target - width / 3)
    let end = min(count, start + width)
    let startByte = byte(ofCharacter: first + start)
    return Excerpt(
      text: text(startByte..<byte(ofCharacter: first + end)),
      lead: text(startByte..<byte(ofCharacter: first + target)),
      isCutBefore: start > 0, isCutAfter: end < count)
  }

  /// The bytes of a line without its end.
  private func range(ofLine number: Int) -> Range<Int>? {
    guard lineStarts.indices.contains(number - 1) else { return nil }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  private func text(_ range: Range<Int>) -> String {
    if isUTF8 { return String(decoding: bytes[range], as: UTF8.self) }
    var text = ""
    for byte in bytes[range] { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    return text
  }
}

extension SourceFile {
  private static var stride: Int { 128 }

  private static func characterCounts(in bytes: [UInt8]) -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      var counts: [Int] = []
      counts.reserveCapacity(bytes.count / stride + 1)
      var count = 0
      var offset = 0
      while offset < bytes.count {
        if offset % stride == 0 { counts.append(count) }
        if !isContinuation(bytes[offset]) { count += 1 }
        offset += 1
      }
      if offset % stride == 0 { counts.append(count) }
      return counts
    }
  }

  private func characters(before offset: Int) -> Int {
    guard let characterCounts else { return offset }
    let known = offset / Self.stride
    return bytes[(known * Self.stride)..<offset].reduce(characterCounts[known]) {
      $0 + (Self.isContinuation($1) ? 0 : 1)
    }
  }

  /// The inverse of `characters(before:)`.
  private func byte(ofCharacter character: Int) -> Int {
    guard let characterCounts else { return character }
    let known = characterCounts.lastPassing { $0 <= character }
    var offset = known * Self.stride
    var count = characterCounts[known]
    while offset < bytes.count {
      if !Self.isContinuation(bytes[offset]) {
        if count == character { break }
        count += 1
      }
      offset += 1
    }
    return offset
  }

  /// UTF-8's second and later bytes of a character do not start a column.
  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0b1100_0000 == 0b1000_0000 }
}

extension [Int] {
  /// The last index of a sorted array whose element passes, where all elements before it pass; zero when none does.
  fileprivate func lastPassing(_ passes: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while high - low > 1 {
      let middle = (low + high) / 2
      if passes(self[middle]) { low = middle } else { high = middle }
    }
    return low
  }
}
