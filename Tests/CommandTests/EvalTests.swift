import TestServer
import Testing

@Suite struct EvalTests {
  @Test func `a value is printed as JSON, or with its type`() throws {
    try Bench.with { bench in
      try bench.write(#"{"payload": {"amount": 12.50, "tags": ["a"]}}"#, to: "with.json")
      func eval(_ arguments: String...) throws -> String {
        let run = try Program.ptflow.run(["eval"] + arguments, in: bench.folder)
        #expect(run.code == 0 && run.errors == "", "\(run)")
        return run.output
      }
      #expect(try eval("payload.amount >= 10.00 && 'a' in payload.tags", "--with", "with.json") == "true\n")
      // Exact, as no double is.
      #expect(try eval("payload.amount * 3 - 0.1", "--with", "with.json") == "37.4\n")
      for (expression, value) in [
        ("-1", "-1"), ("--1", "1"), ("-(2.5) - 1.0", "-3.5"), ("---5 == -5", "true"), ("--with == 1 || true", "true"),
      ] {
        #expect(try eval(expression) == value + "\n")
      }
      #expect(try eval("[1, 2u, 0.5, {'a': null}]") == "[1, 2, 0.5, {\"a\": null}]\n")
      #expect(
        try eval("[1, 2u, duration('90s')]", "--tagged")
          == #"{"list": [{"int": "1"}, {"uint": "2"}, {"duration": "90s"}]}"# + "\n")
      try bench.write(#"{"x": {"int": "5"}, "a.b": {"map": [[{"bool": true}, {"double": "1.5"}]]}}"#, to: "tagged.json")
      #expect(try eval("a.b[true] < x", "--with", "tagged.json", "--tagged") == "{\"bool\": true}\n")
    }
  }

  @Test func `an error exits with 1 and a refusal with 64, each with a caret`() throws {
    let error = try Program.ptflow.run(["eval", "1 + 2 / 0"])
    #expect(error.code == 1)
    #expect(
      error.errors == """
        expression:1:7: error: there is no dividing by zero
        1 | 1 + 2 / 0
          |       ^

        """)
    for (expression, message) in [
      ("1 +", "the expression ends too early"), ("b'x' == b'y'", "bytes are not supported"),
      ("type(1)", "type is not supported"), ("'%d'.format([1])", "format is not supported"),
      ("2.0 * 1e308", "the result is infinite or no number, which JSON has not"),
      ("'a'.matches(actor)", "a pattern has to be a constant"), ("'a", "this text does not end"),
    ] {
      let refusal = try Program.ptflow.run(["eval", expression])
      #expect(refusal.code == 64 && refusal.errors.contains(message), "\(expression): \(refusal)")
    }
  }

  @Test(arguments: [false, true]) func `a file of cases gets a line each, here and on a server`(_ onServer: Bool) throws
  {
    guard !onServer || TestServer.isAvailable else { return }
    try Bench.with { bench in
      try bench.write(
        """
        [{"name": "a", "expr": "x + 1", "bindings": {"x": {"int": "1"}}, "value": {"int": "2"}},
         {"name": "b", "expr": "missing || true", "value": {"bool": true}},
         {"name": "c", "expr": "1 / 0", "error": true},
         {"name": "d", "expr": "bytes('a')", "value": {"bytes": "61"}},
         {"name": "e", "expr": "1.0", "value": {"int": "1"}}]
        """, to: "cases.json")
      let place = onServer ? ["--db", TestServer.url] : []
      let run = try Program.ptflow.run(["eval", "--cases", "cases.json"] + place, in: bench.folder)
      #expect(run.code == 1)
      #expect(
        run.output == """
          {"name": "a", "value": {"int": "2"}, "as_stated": true}
          {"name": "b", "value": {"bool": true}, "as_stated": true}
          {"name": "c", "error": true, "as_stated": true}
          {"name": "d", "refused": "bytes is not supported"}
          {"name": "e", "value": {"double": "1"}, "as_stated": false}

          """)
    }
  }
}
