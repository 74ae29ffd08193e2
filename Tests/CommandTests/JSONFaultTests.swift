import JSON
import Postgres
import TestNets
import TestServer
import Testing

@testable import ptflow

struct JSONFaultTests {
  private static let objects = [
    "{}", " \t{ } \r", "{\"a\": 1}", "{\"a\":[],\"b\":{},\"\":\"\"}", "{\"a\":[1,-0,0.5,-1.25e+10,1E-7,10e2]}",
    "{\"a\":[true,false,null,[[{}]]],\"a\":2}", #"{"\"\\\/\b\f\n\r\t\u00e9\uD83C\uDFB2":"é🎲\u0001"}"#,
    "{\"n\":123456789012345678901234567890.1234567890}", "{\"a\":\"\u{7f}\u{2028}\"}",
  ]

  @Test(arguments: objects)
  func `an object is taken`(text: String) { #expect(jsonFault(in: Array(text.utf8)[...]) == nil) }

  @Test(arguments: [
    ("", 0, "an event is a JSON object, {…}"), ("[1]", 0, "an event is a JSON object, {…}"),
    ("  \"{}\"", 2, "an event is a JSON object, {…}"), ("{}{}", 2, "the JSON object has ended here"),
    ("{},{}", 2, "the JSON object has ended here"), ("{\"a\":1}]", 7, "the JSON object has ended here"),
    ("{", 1, "the line ends within a JSON object"), ("{\"a", 3, "the line ends within a JSON object"),
    ("{\"a\":[1,", 8, "the line ends within a JSON object"), ("{a:1}", 1, "a name in quotes is missing here"),
    ("{\"a\":1,}", 7, "a name in quotes is missing here"), ("{\"a\" 1}", 5, "a colon is missing here"),
    ("{\"a\":1 \"b\":2}", 7, "a comma or } is missing here"), ("{\"a\":[1}", 7, "a comma or ] is missing here"),
    ("{\"a\":[1,]}", 8, "a JSON value is missing here"), ("{\"a\":}", 5, "a JSON value is missing here"),
    ("{\"a\":tru}", 5, "this is no JSON value"), ("{\"a\":nullx}", 9, "a comma or } is missing here"),
    ("{\"a\":01}", 6, "a comma or } is missing here"), ("{\"a\":-}", 6, "a digit is missing here"),
    ("{\"a\":1.}", 7, "a digit is missing here"), ("{\"a\":1e}", 7, "a digit is missing here"),
    ("{\"a\":.5}", 5, "a JSON value is missing here"),
    ("{\"a\":\"\t\"}", 6, "a control character within a string has to be written as \\u0009"),
    (#"{"a":"\x"}"#, 6, "this is no escape that JSON has"),
    (#"{"a":"\u12g4"}"#, 10, "\\u is followed by four hexadecimal digits"),
    (#"{"a":"\u0000"}"#, 6, "\\u0000 cannot be stored: PostgreSQL's text has no such character"),
    (#"{"a":"\ud83c!"}"#, 6, "\\ud83c is half of a character: its other half is missing"),
    (#"{"a":"\ud83c\n"}"#, 6, "\\ud83c is half of a character: its other half is missing"),
    (#"{"a":"\ud83c\ud83c"}"#, 6, "\\ud83c is half of a character: its other half is missing"),
    (#"{"a":"\udfb2"}"#, 6, "\\udfb2 is half of a character: its other half is missing"),
    ("{\"a\":\"\0\"}", 6, "a control character within a string has to be written as \\u0000"),
  ])
  func `anything else is told with its place`(text: String, offset: Int, message: String) {
    #expect(jsonFault(in: Array(text.utf8)[...]) == JSONFault(offset: offset, message: message))
  }

  @Test(
    arguments: [
      ([0x7B, 0xFF, 0x7D], 1), ([0x7B, 0x22, 0xC3, 0xA9, 0xC3, 0x22], 4), ([0xED, 0xA0, 0x80], 0),
      ([0x7B, 0xC0, 0x80], 1),
    ] as [([UInt8], Int)])
  func `bytes that are not UTF-8 are told with their place`(bytes: [UInt8], offset: Int) {
    #expect(jsonFault(in: bytes[...]) == JSONFault(offset: offset, message: "this is not UTF-8"))
  }

  @Test func `a text that nests deeply takes no stack`() {
    let deep = "{\"a\":" + String(repeating: "[", count: 1_000_000) + String(repeating: "]", count: 1_000_000) + "}"
    #expect(jsonFault(in: Array(deep.utf8)[...]) == nil)
    #expect(jsonFault(in: Array(deep.utf8.dropLast(2))[...])?.message == "the line ends within a JSON object")
  }

  @Test(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
  func `PostgreSQL takes and refuses the same texts`() throws {
    try TestDatabase.with { database in
      let connection = try database.connect()
      try connection.execute(
        """
        CREATE FUNCTION is_object(text text) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
            RETURN jsonb_typeof(text::jsonb) = 'object';
        EXCEPTION WHEN numeric_value_out_of_range THEN
            RETURN true; -- left to the database
        WHEN data_exception THEN
            RETURN false;
        END;
        $$
        """)
      var generator = SeededGenerator(seed: 1)
      let pieces = Array("{}[]\",:\\/u0eE+-.19 \ttfn\u{1}é").map { Array(String($0).utf8) } + [Array("\\ud83c".utf8)]
      var counts = [true: 0, false: 0]
      for _ in 0..<3000 {
        var text = Array((Self.objects.randomElement(using: &generator) ?? "").utf8)
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
          let place = Int.random(in: 0...text.count, using: &generator)
          let removed = min(Int.random(in: 0...2, using: &generator), text.count - place)
          let added = Bool.random(using: &generator) ? pieces.randomElement(using: &generator) ?? [] : []
          text.replaceSubrange(place..<(place + removed), with: added)
        }
        guard let string = String(validating: text, as: UTF8.self) else { continue }
        let isObject = try connection.query("SELECT is_object($1)", [string])[0][0] == "t"
        #expect((jsonFault(in: text[...]) == nil) == isObject, "\(string.debugDescription)")
        counts[isObject, default: 0] += 1
      }
      #expect((counts[true] ?? 0) > 300 && (counts[false] ?? 0) > 300, "\(counts)")
    }
  }
}
