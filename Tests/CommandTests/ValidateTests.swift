import Postgres
import TestServer
import Testing

@Suite struct ValidateTests {
  private static let schema = """
    {"type": "object", "required": ["street"],
     "properties": {"amount": {"minimum": 10}, "street": {"type": "string"}}}
    """

  @Test func `each document gets a line, and one that is not valid the exit code 1`() throws {
    try Bench.with { bench in
      try bench.write(Self.schema, to: "order.json")
      try bench.write(#"{"street": "Dammtor", "amount": 10.00}"#, to: "good.json")
      try bench.write(#"{"amount": 9.99}"#, to: "bad.json")
      let good = try bench.ptflow("validate", "--schema", "order.json", "good.json")
      #expect(good.code == 0)
      #expect(good.output == #"{"file": "good.json", "valid": true, "failures": []}"# + "\n")
      let both = try bench.ptflow("validate", "--schema", "order.json", "bad.json", "good.json")
      #expect(both.code == 1)
      #expect(both.errors == "")
      #expect(
        both.output == #"""
          {"file": "bad.json", "valid": false, "failures": [{"pointer": "", "keyword": "required", "wanted": "a member \"street\""}, {"pointer": "/amount", "keyword": "minimum", "wanted": "at least 10"}]}
          {"file": "good.json", "valid": true, "failures": []}

          """#)
    }
  }

  @Test func `a document that cannot be read is told apart from one that is not valid`() throws {
    try Bench.with { bench in
      try bench.write(Self.schema, to: "order.json")
      try bench.write(#"{"amount": }"#, to: "bad.json")
      let run = try bench.ptflow("validate", "--schema", "order.json", "bad.json", "missing.json")
      #expect(run.code == 1)
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines[0].contains(#""valid": false, "failures": [], "error""#) && lines[0].contains(#""column": 12"#))
      #expect(lines[1].contains("the file cannot be read"))
    }
  }

  @Test func `a schema that cannot be compiled is refused with the keyword and a caret`() throws {
    try Bench.with { bench in
      try bench.write(#"{"items": {"unevaluatedItems": false}}"#, to: "schema.json")
      try bench.write("[]", to: "data.json")
      let run = try bench.ptflow("validate", "--schema", "schema.json", "data.json")
      #expect(run.code == 64)
      #expect(run.output == "")
      #expect(
        run.errors == """
          schema.json:1:32: error: /items/unevaluatedItems: unevaluatedItems is not supported
          1 | {"items": {"unevaluatedItems": false}}
            |                                ^ Use items, which holds for all items that prefixItems leaves.

          """)
      try bench.write("{", to: "schema.json")
      #expect(try bench.ptflow("validate", "--schema", "schema.json", "data.json").code == 64)
    }
  }

  @Test func `the function can be read`() throws {
    try Bench.with { bench in
      try bench.write(#"{"minimum": 10}"#, to: "schema.json")
      let run = try bench.ptflow("validate", "--schema", "schema.json", "--sql")
      #expect(run.code == 0)
      #expect(
        run.output == #"""
          CREATE FUNCTION failures(document jsonb)
              RETURNS jsonb
              LANGUAGE plpgsql
              IMMUTABLE
              PARALLEL SAFE
          AS $$
          DECLARE
              failures jsonb[] := '{}';
          BEGIN
              IF jsonb_typeof(document) = 'number' THEN
                  IF document::numeric < 10 THEN
                      failures := array_append(failures, jsonb_build_object(
                          'pointer', '', 'keyword', 'minimum', 'wanted', 'at least 10'));
                  END IF;
              END IF;
              RETURN to_jsonb(failures);
          END;
          $$;

          """#)
    }
  }

  @Test(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
  func `a server says the same, and nothing stays there`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Self.schema, to: "order.json")
      try bench.write(#"{"amount": 9.99, "street": ["\""]}"#, to: "bad.json")
      try bench.write(#"{"street": "Dammtor"}"#, to: "good.json")
      try bench.write(#"{"street": "\u0000"}"#, to: "zero.json")
      let here = try bench.ptflow("validate", "--schema", "order.json", "bad.json", "good.json")
      let there = try bench.ptflow("validate", "--schema", "order.json", "--db", bench.url, "bad.json", "good.json")
      #expect(there.code == 1)
      #expect(there.output == here.output)
      let zero = try bench.ptflow("validate", "--schema", "order.json", "--db", bench.url, "zero.json")
      #expect(zero.code == 1)
      #expect(zero.output.contains("U+0000, which PostgreSQL cannot store"))
      #expect(try bench.connect().query("SELECT FROM pg_proc WHERE proname = 'failures'").isEmpty)
    }
  }
}
