import Testing

@testable import ptflow

struct LineReaderTests {
  /// What a reader makes of a text that comes in pieces of a size.
  private func lines(_ text: [UInt8], pieces size: Int, limit: Int = 1000) throws -> [Line] {
    var rest = text[...]
    var reader = LineReader(limit: limit) {
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
    var lines: [Line] = []
    while let line = try reader.next() {
      lines.append(Line(line.number, String(decoding: line.bytes, as: UTF8.self), isTooLong: line.isTooLong))
    }
    #expect(reader.bytesRead == text.count)
    #expect(try reader.next() == nil)
    return lines
  }

  private struct Line: Equatable {
    let number: Int
    let text: String
    let isTooLong: Bool

    init(_ number: Int, _ text: String, isTooLong: Bool = false) {
      self.number = number
      self.text = text
      self.isTooLong = isTooLong
    }
  }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("\n", [""]), ("\n\na", ["", "", "a"]), ("a\r\nb\r\n", ["a", "b"]),
    ("a\rb\n", ["a\rb"]), ("\r\n\r", ["", ""]), ("a\r\r\n", ["a\r"]), ("\u{feff}", []), ("\u{feff}\n", [""]),
    ("\u{feff}ä\n\u{feff}b", ["ä", "\u{feff}b"]), ("é€\n🎲 ∀\r\nü", ["é€", "🎲 ∀", "ü"]),
    ("\u{2028}\u{85}\n", ["\u{2028}\u{85}"]),
  ])
  func `lines are the same however the bytes come`(text: String, expected: [String]) throws {
    for size in 1...max(text.utf8.count, 1) {
      let lines = try lines(Array(text.utf8), pieces: size)
      #expect(lines == expected.enumerated().map { Line($0 + 1, $1) }, "pieces of \(size)")
    }
  }

  @Test func `a line over the limit is cut, and the next ones are read`() throws {
    let text = Array("12345\n123456\n\n12345678901234567890\n1234\r\n12345\r\n123456".utf8)
    for size in 1...text.count {
      let lines = try lines(text, pieces: size, limit: 5)
      let expected = [
        Line(1, "12345"), Line(2, "12345", isTooLong: true), Line(3, ""), Line(4, "12345", isTooLong: true),
        Line(5, "1234"), Line(6, "12345", isTooLong: true), Line(7, "12345", isTooLong: true),
      ]
      #expect(lines == expected, "pieces of \(size)")
    }
  }
}
