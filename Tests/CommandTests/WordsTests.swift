import Diagnostics
import Testing

@testable import ptflow

struct WordsTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("Grüße, 日本語, ไทย, שלום", "Grüße, 日本語, ไทย, שלום"), ("👩‍👩‍👧 نمی‌خواهم", "👩‍👩‍👧 نمی‌خواهم"),
    ("a\nb\r\nc\td", #"a\nb\r\nc\td"#), ("\u{1b}[2J\u{7}\u{7f}", #"\u001b[2J\u0007\u007f"#),
    ("\u{9b}2J\u{85}", #"\u009b2J\u0085"#), ("\u{202e}gpj\u{2066}\u{200f}\u{61c}", #"\u202egpj\u2066\u200f\u061c"#),
    ("a\u{2028}b\u{2029}\u{feff}\u{ad}\u{200b}", #"a\u2028b\u2029\ufeff\u00ad\u200b"#),
    ("\u{e0041}", #"\udb40\udc41"#), (#"{"a": "\n"}"#, #"{"a": "\n"}"#),
  ])
  func `what a terminal obeys becomes an escape, and all else stays`(_ text: String, _ shown: String) {
    #expect(printable(text).unicodeScalars.elementsEqual(shown.unicodeScalars))
    #expect(printable(shown) == shown)
  }

  @Test func `words of ours keep their lines, and what is put into them stays on one`() {
    let id = "x\n\u{1b}"
    let words: Words = """
      one \(id)
      two \(1)
      """
    #expect(words.text == "one x\\n\\u001b\ntwo 1")
    #expect(words.exact == "one x\n\u{1b}\ntwo 1")
    #expect(("\(words), \(words)" as Words).text == "one x\\n\\u001b\ntwo 1, one x\\n\\u001b\ntwo 1")
    #expect(("a: \(indented: "b\nc\r\nd")" as Words).text == "a: b\n    c\\r\n    d")
    #expect(Words(lines: "a\u{7}\nb").text == "a\\u0007\nb")
  }

  @Test func `columns are as wide as what is shown`() {
    let shown = table(["id", "n"], [["a\nb", "1"], ["c", "22"]])
    #expect(shown.text == "id     n\na\\nb   1\nc     22")
  }

  @Test func `a caret stays below its column`() {
    let source = SourceFile(name: "a\u{1b}.pnml", text: "<\u{202e}\u{9b}x\ty>")
    let diagnostic = Diagnostic(.error, "bad \u{1b}", at: SourceLocation(file: source.name, line: 1, column: 4))
    #expect(
      diagnostic.rendered(in: source) == """
        a\\u001b.pnml:1:4: error: bad \\u001b
        1 | <??x\ty>
          |    ^
        """)
  }
}
