import SQL
import Testing

@Suite struct SQLTests {
  @Test func `a lower-case word stays bare, everything else is quoted`() {
    for (name, expected) in [
      ("unpaid", "unpaid"), ("X_TURN", "\"X_TURN\""), ("order", "\"order\""), ("a b", "\"a b\""), ("1st", "\"1st\""),
      ("say \"hi\"", "\"say \"\"hi\"\"\""), ("größe", "\"größe\""), ("_x1", "_x1"), ("", "\"\""),
      ("two\nlines \\", "U&\"two\\000Alines \\\\\""),
    ] {
      let sql: SQL = "\(name: name)"
      #expect(sql.text == expected)
    }
  }

  @Test func `a constant doubles its quotes and escapes what a line cannot show`() {
    for (string, expected) in [
      ("it's", "'it''s'"), ("", "''"), ("a\\b", "E'a\\\\b'"), ("a\tb\u{1}", "E'a\\tb\\x01'"),
      ("one\ntwo\n", "E'one\\n'\n 'two\\n'"),
    ] {
      let sql: SQL = "\(string: string)"
      #expect(sql.text == expected)
    }
  }

  @Test func `a line end in a constant that Swift joins with its carriage return is still a line end`() {
    let sql: SQL = "\(string: "a\r\nb")"
    #expect(sql.text == "E'a\\r\\n'\n 'b'")
  }

  @Test func `words in a comment cannot leave it`() {
    let sql: SQL = "-- \(comment: "a\nDROP TABLE x; */ /* \u{2028}b")"
    #expect(sql.text == "-- a DROP TABLE x; * / / *  b")
  }

  @Test func `a piece keeps its lines below the column at which it stands`() {
    let assignments: [SQL] = ["a = 1", "b = 2"]
    let sql: SQL = """
      UPDATE t
         SET \(assignments, separator: ",\n")
       WHERE \(["x", "y"] as [SQL], separator: "\nAND ");
      """
    #expect(
      sql.text == """
        UPDATE t
           SET a = 1,
               b = 2
         WHERE x
               AND y;
        """)
  }

  @Test func `a body is quoted by a tag that does not occur in it`() {
    for (body, tag) in [
      ("SELECT 1", "$$"), ("SELECT '$$'", "$body1$"), ("SELECT '$$', '$body1$'", "$body2$"),
      ("SELECT '$$\u{301}'", "$body1$"),
    ] {
      let sql: SQL = "  AS \(body: SQL(verbatim: body));"
      #expect(sql.text == "  AS \(tag)\n  \(body)\n  \(tag);")
    }
  }

  @Test func `numbers and truths are written as SQL writes them`() {
    let none: Int? = nil
    let sql: SQL = "\(3) \(none) \(2.5 as Double?) \(7.0 as Double?) \(true) \(string: nil)"
    #expect(sql.text == "3 NULL 2.5 7 true NULL")
  }
}
