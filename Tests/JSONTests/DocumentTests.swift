import JSON
import Testing

@Suite struct DocumentTests {
  private func document(_ text: String) throws -> Document {
    try Document(parseJSON(Array(text.utf8), title: "the text", deepest: 10, allowsZero: true))
  }

  @Test func `of members with one name the last counts, and their order does not`() throws {
    #expect(try document(#"{"b": 1, "a": 2, "b": 3}"#) == document(#"{"a": 2.0, "b": 30e-1}"#))
    #expect(try document(#"{"bb": 1, "c": 2, "a": 3}"#).json == #"{"a": 3, "c": 2, "bb": 1}"#)
  }

  @Test func `texts are equal when their characters are`() throws {
    #expect(try document(#""\u00e9""#) == document("\"é\""))
    #expect(try document(#""\u00e9""#) != document(#""e\u0301""#))
    #expect(try document(#"{"\u00e9": 1}"#)["e\u{301}"] == nil)
  }

  @Test func `a number that PostgreSQL cannot hold is refused where it stands`() throws {
    let fault = #expect(throws: JSONFault.self) { try document("[1, 1e200000]") }
    #expect(fault?.offset == 4)
  }

  @Test func `the character that PostgreSQL cannot hold is found at any depth`() throws {
    #expect(try document(#"[{"a": ["x\u0000"]}]"#).hasZeroCharacter)
    #expect(try document(#"[{"a\u0000": 1}]"#).hasZeroCharacter)
    #expect(!(try document(#"[{"a": "0"}]"#)).hasZeroCharacter)
  }
}
