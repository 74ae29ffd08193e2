import Foundation

/// Cuts bytes that come in pieces of any size into lines, and keeps no more of them than one line and one piece.
///
/// Lines end with a line feed, before which a carriage return may stand; the last one need not end. A byte order mark at
/// the beginning is no part of the first line.
struct LineReader {
  /// A line without its end.
  struct Line {
    /// Its number, counted from one.
    let number: Int
    /// What stands on it; of a line over the limit, only its beginning.
    let bytes: ArraySlice<UInt8>
    /// Whether it is longer than the limit.
    let isTooLong: Bool
  }

  /// How many bytes have been read.
  private(set) var bytesRead = 0
  private let limit: Int
  private let nextPiece: () throws -> [UInt8]
  /// What was read and has not been given out: `buffer[start...]`, of which what stands before `searched` has no line end.
  private var buffer: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var number = 0
  private var isAtEnd = false

  /// A reader of lines.
  ///
  /// - Parameters:
  ///   - limit: how many bytes of a line are kept.
  ///   - nextPiece: gives the bytes that come next; none at the end.
  init(limit: Int, nextPiece: @escaping () throws -> [UInt8]) {
    self.limit = limit
    self.nextPiece = nextPiece
  }

  /// The next line; nil after the last one.
  mutating func next() throws -> Line? {
    var isTooLong = false
    while true {
      if let end = lineEnd() {
        defer { start = end + 1 }
        return line(upTo: end, isTooLong)
      }
      if isAtEnd {
        guard start < buffer.count || isTooLong else { return nil }
        defer { start = buffer.count }
        return line(upTo: buffer.count, isTooLong)
      }
      if buffer.count - start > limit {
        isTooLong = true
        buffer.removeLast(buffer.count - start - limit)
      }
      try readPiece()
    }
  }

  private mutating func readPiece() throws {
    buffer.removeFirst(start)
    start = 0
    searched = buffer.count
    let isFirst = bytesRead < 3
    let piece = try nextPiece()
    bytesRead += piece.count
    isAtEnd = piece.isEmpty
    buffer += piece
    if isFirst, number == 0, buffer.starts(with: [0xEF, 0xBB, 0xBF]) {
      buffer.removeFirst(3)
      searched = 0
    }
  }

  /// Where the next line feed is.
  private mutating func lineEnd() -> Int? {
    searched = max(searched, start)
    let end = buffer.withUnsafeBytes { bytes -> Int? in
      guard let base = bytes.baseAddress, searched < bytes.count else { return nil }
      let found = memchr(base + searched, Int32(UInt8(ascii: "\n")), bytes.count - searched)
      return found.map { UnsafeRawPointer($0) - base }
    }
    searched = end ?? buffer.count
    return end
  }

  private mutating func line(upTo end: Int, _ isTooLong: Bool) -> Line {
    number += 1
    let isTooLong = isTooLong || end - start > limit
    var bytes = buffer[start..<min(end, start + limit)]
    if !isTooLong, bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    return Line(number: number, bytes: bytes, isTooLong: isTooLong)
  }
}
