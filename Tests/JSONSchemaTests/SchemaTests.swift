import JSON
import JSONSchema
import Postgres
import Rules
import SQL
import TestServer
import Testing

extension Schema {
  /// Reads a schema that a test writes down.
  init(text: String) throws {
    self = try Schema(parseJSON(Array(text.utf8), title: "the schema", deepest: 1000, allowsZero: true))
  }
}

@Suite struct SchemaTests {
  @Test func `all failures are told at once, each with its place`() throws {
    let schema = try Schema(
      text: """
        {"type": "object", "required": ["street", "a/b"], "additionalProperties": false,
         "properties": {"amount": {"type": "number", "minimum": 10, "multipleOf": 0.01},
                        "a/b": {"items": {"type": ["string", "null"]}}, "street": {"minLength": 1}}}
        """)
    let document = try Document(json: #"{"amount": 9.999, "a/b": ["x", 1, null, 2], "~": 1}"#)
    #expect(
      schema.failures(of: document) == [
        Failure(pointer: "", keyword: "required", wanted: #"a member "street""#),
        Failure(pointer: "/amount", keyword: "minimum", wanted: "at least 10"),
        Failure(pointer: "/amount", keyword: "multipleOf", wanted: "a multiple of 0.01"),
        Failure(pointer: "/a~1b/1", keyword: "type", wanted: "a text or null"),
        Failure(pointer: "/a~1b/3", keyword: "type", wanted: "a text or null"),
        Failure(pointer: "/~0", keyword: "additionalProperties", wanted: "no member of this name"),
      ])
  }

  @Test(arguments: [
    (#"{"items": {"unevaluatedItems": false}}"#, "unevaluatedItems", "/items/unevaluatedItems"),
    (#"{"unevaluatedProperties": {}}"#, "unevaluatedProperties", "/unevaluatedProperties"),
    (##"{"$dynamicRef": "#a"}"##, "$dynamicRef", "/$dynamicRef"),
    (##"{"properties": {"a": {"$ref": "#"}}}"##, "$ref", "/properties/a/$ref"),
    (
      ##"{"$defs": {"a": {"items": {"$ref": "#/$defs/b"}}, "b": {"items": {"$ref": "#/$defs/a"}}}, "$ref": "#/$defs/a"}"##,
      "$ref", "/$defs/b/items/$ref"
    ),
    (#"{"$ref": "https://example.com/x"}"#, "$ref", "/$ref"), (##"{"$ref": "#/nowhere"}"##, "$ref", "/$ref"),
    (#"{"format": "regex"}"#, "format", "/format"), (#"{"pattern": "(?<=a)"}"#, "pattern", "/pattern"),
    (#"{"patternProperties": {"[": {}}}"#, "patternProperties", "/patternProperties/["),
    (#"{"type": "strin"}"#, "type", "/type"), (#"{"type": []}"#, "type", "/type"),
    (#"{"minimum": "1"}"#, "minimum", "/minimum"), (#"{"minLength": -1}"#, "minLength", "/minLength"),
    (#"{"maxItems": 1.5}"#, "maxItems", "/maxItems"), (#"{"multipleOf": 0}"#, "multipleOf", "/multipleOf"),
    (#"{"minimum": 1e2000}"#, "minimum", "/minimum"), (#"{"anyOf": []}"#, "anyOf", "/anyOf"),
    (#"{"required": ["a", "a"]}"#, "required", "/required"), (#"{"enum": 1}"#, "enum", "/enum"),
    (#"{"not": {"allOf": [true, 1]}}"#, nil, "/not/allOf/1"), ("[]", nil, ""),
  ])
  func `what is not supported or wrong is refused by name and place`(
    _ text: String, _ keyword: String?, _ pointer: String
  ) {
    let refusals = #expect(throws: SchemaRefusals.self) { try Schema(text: text) }
    #expect(refusals?.all.map(\.keyword) == [keyword])
    #expect(refusals?.all.map(\.pointer) == [pointer])
  }

  @Test func `everything wrong is told at once, and what is referred to twice once`() {
    let refusals = #expect(throws: SchemaRefusals.self) {
      try Schema(
        text:
          ##"{"$defs": {"a": {"type": 1, "format": "x"}}, "items": {"$ref": "#/$defs/a"}, "not": {"$ref": "#/$defs/a"}}"##
      )
    }
    #expect(refusals?.all.map(\.pointer) == ["/$defs/a/type", "/$defs/a/format"])
  }

  @Test func `a schema that doubles at each reference is refused`() {
    let definitions = (0..<60).map {
      "\"d\($0)\": {\"allOf\": [{\"$ref\": \"#/$defs/d\($0 + 1)\"}, {\"$ref\": \"#/$defs/d\($0 + 1)\"}]}"
    }
    let text = "{\"$defs\": {\(definitions.joined(separator: ", ")), \"d60\": {}}, \"$ref\": \"#/$defs/d0\"}"
    #expect(throws: SchemaRefusals.self) { try Schema(text: text) }
  }

  @Test func `a schema that is nested too deep is refused`() {
    let text = String(repeating: "{\"not\": ", count: 150) + "true" + String(repeating: "}", count: 150)
    let refusals = #expect(throws: SchemaRefusals.self) { try Schema(text: text) }
    #expect(refusals?.all.first?.message == "schemas are nested more than 100 deep, references included")
  }
}

/// Schemas and documents in which names, texts and numbers are not what is usual.
private let unusual: [(schema: String, documents: [String])] = [
  (
    #"{"properties": {"a'b\"c\\d": {"type": "integer"}, "": false, "é": {"const": "'"}}, "required": ["$$", "it's"]}"#,
    [#"{"a'b\"c\\d": 1.5, "": 1, "é": "''"}"#, #"{"$$": 1, "it's": 2, "e\u0301": 3}"#, "[]", "\"a\"", "null"]
  ),
  (
    #"{"additionalProperties": {"additionalProperties": {"type": "null"}}}"#,
    [#"{"a/b": {"~c": 1, "d'": null}, "e": {"{}": 2}}"#, #"{"a": 1}"#]
  ),
  (
    #"{"patternProperties": {"^[a-z]$": {"minimum": 1}, "é": {"maximum": 5}}, "propertyNames": {"maxLength": 2}, "additionalProperties": false}"#,
    [#"{"a": 0, "é": 6, "eé": 7, "abc": 0, "B": 1}"#, #"{"a": "x"}"#]
  ),
  (
    #"{"enum": [1.0, "1", null, {"a": [1, {"b": 2}]}, true]}"#,
    ["1", "1.00", "\"1\"", "null", #"{"a": [1e0, {"b": 20e-1}]}"#, "false", "0", "[]"]
  ),
  (
    #"{"minimum": -1e400, "exclusiveMaximum": 1e-400, "multipleOf": 1e-410}"#, ["0", "1e-401", "1", "-1e401", "-1e400"]
  ),
  (
    #"{"uniqueItems": true}"#,
    ["[1, true, \"1\", null, [1], {\"a\": 1}, 1.0]", #"[{"a": 1, "b": 2}, {"b": 2.0, "a": 1}]"#, "[1, [1]]"]
  ),
  (
    #"{"prefixItems": [{"type": "integer"}, false], "items": {"prefixItems": [true, {"const": 1}]}, "contains": {"minimum": 5}, "minContains": 2, "maxContains": 2}"#,
    ["[1]", "[1.5, 2, [0, 2], [0, 1], 7, 8, 9]", "[5, \"x\", 6]", "[]"]
  ),
  (
    #"{"if": {"required": ["a"]}, "then": {"properties": {"a": {"type": "string"}}}, "else": {"minProperties": 1}, "dependentRequired": {"b": ["c"]}, "dependentSchemas": {"b": {"maxProperties": 1}}}"#,
    [#"{"a": 1}"#, "{}", #"{"b": 1}"#, #"{"b": 1, "c": 2}"#, "1"]
  ),
  (
    #"{"oneOf": [{"minimum": 1}, {"maximum": 5}, {"multipleOf": 2}], "not": {"const": 7}, "anyOf": [{"type": "string"}, false]}"#,
    ["0", "3", "6", "7", "\"x\"", "-1"]
  ),
  (
    #"{"minLength": 2, "maxLength": 2, "pattern": "^.", "format": "date"}"#,
    ["\"😀😀\"", "\"e\\u0301\"", "\"\"", "\"2024-02-29\"", "\"2023-02-29\""]
  ),
  (#"{"const": "a\u0000b"}"#, ["\"ab\"", "1"]),
  (#"{"properties": {"a\u0000": {}}, "required": ["a\u0000"]}"#, ["{}"]),
]

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")")) struct CompiledSchemaTests {
  @Test func `unusual names, texts and numbers fail alike here and on the server`() throws {
    try TestDatabase.with { database in
      let connection = try database.connect()
      for (text, documents) in unusual {
        let schema = try Schema(text: text)
        let function = validationFunction("pg_temp.failures", schema)
        #expect(throws: Never.self, "\(function)") { try connection.execute("BEGIN;\n\(function)") }
        for document in try documents.map(Document.init(json:)) {
          let told = try connection.query("SELECT pg_temp.failures($1::jsonb)", [document.json])[0][0]
          let found = Document.failures(schema.failures(of: document)).json
          #expect(
            try Document(json: told ?? "").json.replacing("\u{FFFD}", with: "\\u0000") == found,
            "\(text) \(document.json)")
        }
        try connection.execute("ROLLBACK")
      }
    }
  }

  @Test func `the largest and the deepest schema run on the server`() throws {
    try TestDatabase.with { database in
      let connection = try database.connect()
      let deep = String(repeating: #"{"items": {"not": "#, count: 49) + "true" + String(repeating: "}}", count: 49)
      let wide =
        "{\"properties\": {\((0..<4000).map { "\"p\($0)\": {\"type\": \"string\"}" }.joined(separator: ", "))}}"
      for text in [deep, wide] {
        let function = validationFunction("pg_temp.failures", try Schema(text: text))
        try connection.execute("BEGIN;\n\(function)")
        let told = try connection.query("SELECT pg_temp.failures('{\"p3999\": 1}')")[0][0]
        #expect(told == (text == wide ? #"[{"wanted": "a text", "keyword": "type", "pointer": "/p3999"}]"# : "[]"))
        try connection.execute("ROLLBACK")
      }
    }
  }

  @Test func `a deep document is checked in both`() throws {
    let schema = try Schema(text: #"{"items": {"items": {"type": "array"}}, "uniqueItems": true}"#)
    let depth = Document.deepest - 1
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(schema.accepts(try Document(json: text)))
    try TestDatabase.with { database in
      let connection = try database.connect()
      try connection.execute(validationFunction("pg_temp.failures", schema).text)
      #expect(try connection.query("SELECT pg_temp.failures($1::jsonb)", [text])[0][0] == "[]")
    }
  }
}
