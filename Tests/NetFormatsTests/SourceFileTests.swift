import Diagnostics
import Testing

@Suite struct SourceFileTests {
  @Test func `columns count characters`() {
    let source = SourceFile(name: "f", text: "äöü x\r\n€y")
    #expect(source.location(ofByte: 7) == SourceLocation(file: "f", line: 1, column: 5))
    #expect(source.location(ofByte: 13) == SourceLocation(file: "f", line: 2, column: 2))
    #expect(source.location(ofByte: 99) == SourceLocation(file: "f", line: 2, column: 3))
    #expect(source.location(ofByte: -1) == SourceLocation(file: "f", line: 1, column: 1))
    #expect(source.line(1) == "äöü x")
    #expect(source.line(2) == "€y")
    #expect(source.line(3) == nil)
  }

  @Test func `in a file that is not UTF-8 each byte is a character`() {
    let source = SourceFile(name: "f", bytes: [0xE4, 0xBC, 0x20, 0x78])
    #expect(source.location(ofByte: 3) == SourceLocation(file: "f", line: 1, column: 4))
    #expect(source.line(1) == "ä¼ x")
  }

  @Test func `columns are right anywhere on a long line`() {
    let text = (0..<400).map { $0.isMultiple(of: 3) ? "ü" : "x" }.joined()
    let source = SourceFile(name: "f", text: "first\n" + text + "\nlast")
    var offset = 6
    for (index, character) in text.enumerated() {
      #expect(source.location(ofByte: offset) == SourceLocation(file: "f", line: 2, column: index + 1))
      offset += String(character).utf8.count
    }
  }

  @Test func `a long line is shown around the column`() {
    let line = String(repeating: "ä", count: 300) + "!" + String(repeating: "ö", count: 300)
    let source = SourceFile(name: "f", text: "\n" + line)
    let diagnostic = Diagnostic(.warning, .init("look", hint: "here"), at: source.location(ofByte: 601))
    let around = String(repeating: "ä", count: 36) + "!" + String(repeating: "ö", count: 73)
    #expect(
      diagnostic.rendered(in: source) == """
        f:2:301: warning: look
        2 | …\(around)…
          | \(String(repeating: " ", count: 37))^ here
        """)
  }

  @Test func `a caret stands below a tab's end and at the end of a line`() {
    let source = SourceFile(name: "f", text: "\tx\n")
    func told(_ offset: Int) -> String {
      Diagnostic(.note, "look", at: source.location(ofByte: offset)).rendered(in: source)
    }
    #expect(told(1) == "f:1:2: note: look\n1 | \tx\n  | \t^")
    #expect(told(2) == "f:1:3: note: look\n1 | \tx\n  | \t ^")
    #expect(told(3) == "f:2:1: note: look\n2 | \n  | ^")
  }

  @Test func `without its file a diagnostic is its head and the next step`() {
    let diagnostic = Diagnostic(
      .error, .init("bad", hint: "mend it"), at: SourceLocation(file: "f", line: 3, column: 1))
    #expect(diagnostic.rendered(in: nil) == "f:3:1: error: bad\n  mend it")
    #expect(diagnostic.rendered(in: SourceFile(name: "g", text: "")) == "f:3:1: error: bad\n  mend it")
    #expect(diagnostic.rendered(in: SourceFile(name: "f", text: "one line")) == "f:3:1: error: bad\n  mend it")
  }
}
