import SQL
import Testing

@Suite struct LinesTests {
  @Test(arguments: [
    ("SELECT a, b, f(c, d, e), g FROM t", "SELECT a, b, f(c, d, e),\n    g FROM t"),
    ("    IF first(aaaa, bbbb) AND second(c) THEN", "    IF first(aaaa, bbbb)\n        AND second(c)\n        THEN"),
    ("x := longer_than_it(aaaaaaa, bbbbbbb);", "x := longer_than_it(aaaaaaa,\n                    bbbbbbb);"),
    ("COMMENT ON TABLE t IS 'a, b AND c';", "COMMENT ON TABLE t\n    IS 'a, b AND c';"),
    ("a := 1; -- one, two, three, four", "a := 1;\n    -- one, two, three,\n    -- four"),
    ("-- one two three four five six", "-- one two three four\n-- five six"),
    ("\"a, very, long, name, in, quotes\", b", "\"a, very, long, name, in, quotes\",\n    b"),
    ("short, enough", "short, enough"),
  ])
  func `a line is broken where the fewest parentheses are open`(_ line: String, _ expected: String) {
    #expect(SQL(verbatim: line).onLines(of: 24).text == expected)
  }

  @Test func `a constant is cut only where nothing else can be, and never within an escape`() {
    for constant in ["it''s, " + String(repeating: "''", count: 60), String(repeating: "a b, ", count: 30)] {
      let lines = SQL(verbatim: "x '\(constant)'").onLines(of: 60).text.split(separator: "\n")
      #expect(lines.allSatisfy { $0.unicodeScalars.count <= 60 })
      let pieces = lines.map { $0.drop { $0 != "'" }.dropFirst().dropLast() }
      #expect(pieces.joined() == constant)
      #expect(pieces.allSatisfy { $0.filter { $0 == "'" }.count.isMultiple(of: 2) })
    }
    let escaped = String(repeating: "\\\\\\x01\\n", count: 30)
    // The second piece of a constant of several lines begins without an E, and has escapes as well.
    for beginning in ["E", ""] {
      let pieces = SQL(verbatim: "\(beginning)'\(escaped)'").onLines(of: 60).text.split(separator: "\n")
        .map { $0.drop { $0 != "'" }.dropFirst().dropLast() }
      #expect(pieces.joined() == escaped)
      #expect(
        pieces.allSatisfy { piece in
          piece.hasPrefix("\\") && ["\\n", "\\\\", "\\x01"].contains(where: piece.hasSuffix)
        })
    }
  }
}
