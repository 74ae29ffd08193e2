import JSONSchema
import Postgres
import Rules
import SQL
import TestServer
import Testing

/// Patterns with texts that match and texts that do not.
private let patterns: [(pattern: String, matching: [String], other: [String])] = [
  ("a+", ["xxaayy"], ["b", ""]),
  ("^$", [""], ["\n", " "]),
  ("^.$", ["a", "ä", "😀"], ["\n", "\u{2028}", "ab"]),
  ("^a$", ["a"], ["a\n"]),
  ("^[^a]$", ["\n", "b", "😀"], ["a"]),
  ("^[]$|^[^]$", ["x", "\n"], ["", "xy"]),
  ("^\\d{2,3}$", ["12", "123"], ["1", "1234", "৪৪"]),
  ("^\\w\\W\\s\\S$", ["a- b", "_-\u{FEFF}_"], ["ä- b"]),
  ("^\\S$", ["a"], ["\u{a0}", "\u{3000}"]),
  ("\\bcat\\b", ["a cat.", "cat"], ["concat", "cats"]),
  ("\\Bcat", ["concat"], ["cat"]),
  ("^(?=.*[0-9])(?!.*x).{3,}$", ["ab1", "1bc"], ["abc", "a1x", "1"]),
  ("^(a|b|)c$", ["ac", "bc", "c"], ["abc"]),
  ("a||b", ["", "c"], []),
  ("^(?:ab)*?c+?$", ["abababcc", "c"], ["ab"]),
  ("^(a*)*$", ["", "aaaa"], ["aab"]),
  ("^(?:^)*a{0}b$", ["b"], ["ab"]),
  ("^\\u00e9\\u{1F600}\\ud83d\\ude00\\x41$", ["é😀😀A"], ["e\u{301}😀😀A"]),
  ("^é$", ["é"], ["e\u{301}", "É"]),
  ("^[\\p{Lu}\\-.]+$", ["ÀB-.", "Ω"], ["ω", "1"]),
  ("^\\P{gc=Number}$", ["a"], ["1", "½"]),
  ("^[a-c\\d\\]\\\\^-]+$", ["abc1]\\^-"], ["d", "["]),
  ("^[^\\W\\d]$", ["a", "_"], ["1", "-"]),
  ("^'\"$$", ["'\""], ["'"]),
]

@Suite struct PatternTests {
  @Test func `a pattern matches what it matches in ECMAScript`() throws {
    for (text, matching, other) in patterns {
      let pattern = try Pattern(text)
      for text in matching { #expect(pattern.matches(text), "\(pattern.text) \(text.debugDescription)") }
      for text in other { #expect(!pattern.matches(text), "\(pattern.text) \(text.debugDescription)") }
    }
  }

  @Test(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
  func `the server matches the same`() throws {
    try TestDatabase.with { database in
      let connection = try database.connect()
      for (text, matching, other) in patterns {
        let query: SQL = "SELECT \(condition: try Pattern(text))"
        for (value, expected) in matching.map({ ($0, "t") }) + other.map({ ($0, "f") }) {
          #expect(
            try connection.query(query.text, [value])[0][0] == expected, "\(query) \(value.debugDescription)")
        }
      }
    }
  }

  @Test(arguments: [
    ("a)", 2, "this ) closes nothing"), ("(a", 3, "a ) is missing here"), ("[a", 3, "a ] is missing here"),
    ("a**", 3, "there is nothing to repeat before *"), ("a{2,1}", 2, "{2,1} has its numbers the wrong way round"),
    ("a{256}", 3, "PostgreSQL repeats at most 255 times"), ("{", 1, "there is nothing to repeat before {"),
    ("\\1", 1, "back references are not supported"), ("(?<=a)b", 1, "looking behind is not supported"),
    ("(?<n>a)", 1, "names of groups are not supported; write ("), ("\\q", 1, "\\q has no meaning"),
    ("[b-a]", 3, "this range goes backwards"), ("a}", 2, "a } by itself is written \\}"),
    ("\\", 2, "the pattern ends with a backslash"), ("\\u12", 3, "4 hexadecimal digits are missing here"),
    ("***:a", 1, "there is nothing to repeat before *"),
  ])
  func `what is no pattern is refused with its place`(_ text: String, _ column: Int, _ message: String) {
    let refusal = #expect(throws: PatternRefusal.self) { try Pattern(text) }
    #expect(refusal?.column == column)
    #expect(refusal?.message == message)
  }

  @Test func `a large or deep pattern is refused`() {
    #expect(throws: PatternRefusal.self) { try Pattern("((a{255}){255}){255}") }
    #expect(throws: PatternRefusal.self) { try Pattern(String(repeating: "(", count: 100_000)) }
    #expect(throws: PatternRefusal.self) { try Pattern(String(repeating: "(?=a", count: 100_000)) }
  }

  @Test func `a pattern that keeps a backtracker busy is matched at once`() throws {
    #expect(!(try Pattern("^(a|a|aa)*b$")).matches(String(repeating: "a", count: 2000)))
  }

  @Test func `each format has a pattern of its own`() {
    for format in Format.allCases { #expect(format.pattern.text != "[]", "\(format)") }
  }
}

extension SQL.Interpolation {
  /// Adds whether the first parameter matches a pattern: the rule of a schema that holds nothing else.
  fileprivate mutating func appendInterpolation(condition pattern: Pattern) {
    appendInterpolation(matches("$1::text", pattern))
  }
}
