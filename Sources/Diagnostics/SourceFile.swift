/// The bytes of a file together with its name, and the way from a byte to its line and column.
public struct SourceFile: Sendable {
  /// The name as the user gave it.
  public let name: String
  /// What the file holds, as it was read.
  public let bytes: [UInt8]
  /// The offset at which each line starts.
  private let lineStarts: [Int]

  /// A file that has been read; finds its lines once, in linear time.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// A file that a test writes down.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The line and column of a byte; an offset past the end means the end.
  public func location(ofByte offset: Int) -> SourceLocation {
    let offset = max(0, min(offset, bytes.count))
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let column = bytes[lineStarts[low]..<offset].reduce(1) { $0 + (isContinuation($1) ? 0 : 1) }
    return SourceLocation(file: name, line: low + 1, column: column)
  }

  /// The text of a line without its end, or nil when there is no such line.
  public func line(_ number: Int) -> String? {
    guard lineStarts.indices.contains(number - 1) else { return nil }
    let start = lineStarts[number - 1]
    let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    return String(decoding: bytes[start..<end].filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
  }

  /// UTF-8's second and later bytes of a character do not start a column.
  private func isContinuation(_ byte: UInt8) -> Bool { byte & 0b1100_0000 == 0b1000_0000 }
}
