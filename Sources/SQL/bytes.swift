internal import Foundation

// What is done to every byte of every piece of SQL, as it is put into a larger one: here a compilation spends its time.

/// The byte that ends a line.
let newline = UInt8(ascii: "\n")

/// A text whose second and later lines begin at a column, unless there is nothing on them.
///
/// Lines are found by bytes, since no constant, name or comment has a line end in it.
func indented(_ text: String, by column: Int) -> String {
  var text = text
  return text.withUTF8 { bytes in
    let ends = bytes.lineEnds
    return String(unsafeUninitializedCapacity: bytes.count + ends.count * column) { result in
      var (start, written) = (0, 0)
      for end in ends + [bytes.count - 1] where end >= start {
        written = result[written...].update(fromContentsOf: bytes[start...end])
        start = end + 1
        guard start < bytes.count, bytes[start] != newline else { continue }
        result[written..<written + column].update(repeating: UInt8(ascii: " "))
        written += column
      }
      return written
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the lines end, but for the last one.
  var lineEnds: [Int] {
    var ends: [Int] = []
    var start = 0
    while let end = next(newline, from: start) {
      ends.append(end)
      start = end + 1
    }
    return ends
  }

  /// Where a byte stands next.
  fileprivate func next(_ byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress, start < count else { return nil }
    return memchr(base + start, Int32(byte), count - start).map { found in
      UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
  }
}

extension String {
  /// Whether another text occurs in this one. By bytes, as PostgreSQL looks: to
  /// Swift a dollar sign with an accent after it is another character.
  func has(_ other: String) -> Bool {
    var (text, other) = (self, other)
    return text.withUTF8 { bytes in
      other.withUTF8 { other in
        guard let first = other.first else { return true }
        var start = 0
        while let found = bytes.next(first, from: start) {
          if bytes[found...].starts(with: other) { return true }
          start = found + 1
        }
        return false
      }
    }
  }
}

extension Substring {
  /// How many characters it has.
  var width: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : count }
}
