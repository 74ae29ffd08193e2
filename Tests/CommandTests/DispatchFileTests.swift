import Foundation
import Postgres
import TestServer
import Testing

/// Files of events that are stored, refused, corrected and continued.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct DispatchFileTests {
  @Test func `thousands of events of several nets and instances are stored in order`() throws {
    try Bench.withShuttles { bench in
      let events = Shuttles(count: 5000)
      try bench.write(events.text, to: "events.ndjson")
      #expect(try bench.answer("dispatch", "--file", "events.ndjson") == "events.ndjson: 5000 events stored\n")
      try events.expectStored(5000, in: bench)
      #expect(try bench.answer("verify") == "all nets: intact\n")
      let again = try bench.object("dispatch", "--file", "events.ndjson", "--batch", "7")
      #expect(again as? [String: Int] == ["lines": 5000, "stored": 0, "replayed": 5000])
      try events.expectStored(5000, in: bench)
    }
  }

  @Test func `payloads keep their digits, and the net may be an argument`() throws {
    try Bench.withShuttles { bench in
      let number = "12345678901234567890.12345678901234567890"
      try bench.write(
        """
        { "id":"a", "action":"take","payload":\(number)}
        {"net":"ferry","id":"a","action":"take", "payload": null, "key": null, "expected": 0, "multiple": 1}
        """, to: "events.ndjson")
      #expect(try bench.answer("dispatch", "shuttle", "--file", "events.ndjson") == "events.ndjson: 2 events stored\n")
      #expect(try bench.values("SELECT payload::text FROM shuttle.events WHERE seq > 0") == [number])
      #expect(try bench.values("SELECT payload::text FROM ferry.events WHERE seq > 0") == ["null"])
      try bench.write("{}\n", to: "empty.ndjson")
      let empty = try bench.ptflow("dispatch", "it's \"one\"", "--file", "empty.ndjson")
      #expect(empty.errors.hasPrefix("empty.ndjson:1: ERROR PT404:  there is no net it's \"one\"\n"), "\(empty)")
    }
  }

  @Test(arguments: [
    ("\u{feff}A\r\nB\r\n", 2, 2), ("A\n\n \t \r\nB\n\n", 5, 2), ("A\nB", 2, 2), ("", 0, 0), ("\n", 1, 0),
    ("\u{feff}", 0, 0),
  ])
  func `line ends, empty lines and a byte order mark are no matter`(text: String, lines: Int, stored: Int) throws {
    try Bench.withShuttles { bench in
      let text = text.replacing("A", with: Shuttles.take("é\u{2028}🎲")).replacing("B", with: Shuttles.take("b"))
      try bench.write(text, to: "events.ndjson")
      let answer = try bench.object("dispatch", "--file", "events.ndjson")
      #expect(answer as? [String: Int] == ["lines": lines, "stored": stored, "replayed": 0])
      let ids = try bench.values("SELECT id FROM shuttle.events WHERE seq > 0")
      #expect(Set(ids) == Set(["é\u{2028}🎲", "b"].prefix(stored)) && ids.count == stored)
    }
  }

  @Test func `standard input is a file as well`() throws {
    try Bench.withShuttles { bench in
      try bench.write("\(Shuttles.take("a"))\nnonsense\n", to: "events.ndjson")
      let run = try Program.ptflow.run(
        ["dispatch", "--file", "-"], in: bench.folder, environment: ["DATABASE_URL": bench.url],
        input: bench.folder + "/events.ndjson")
      #expect(run.code == 1)
      #expect(
        run.errors == """
          <stdin>:2:1: error: an event is a JSON object, {…}
          Line 1 is stored. Correct line 2 and continue with --from-line 2.

          """)
      #expect(try bench.values("SELECT id FROM shuttle.events WHERE seq > 0") == ["a"])
    }
  }

  @Test(arguments: [
    ("{\"net\": \"shuttle\", \"é\": nul}", 25, "this is no JSON value"), ("[1]", 1, "an event is a JSON object, {…}"),
    ("\(Shuttles.take("x")), \(Shuttles.take("y"))", 48, "the JSON object has ended here"),
    (
      "{\"net\": \"shuttle\", \"id\": \"x\", \"action\": \"take\", \"payload\": [1", 62,
      "the line ends within a JSON object"
    ),
    ("{\"id\": \"\\u0000\"}", 9, "\\u0000 cannot be stored: PostgreSQL's text has no such character"),
    ("{\"id\": \"\0\"}", 9, "a control character within a string has to be written as \\u0000"),
  ])
  func `a line that is no event is told, and all before it is stored`(
    line: String, column: Int, message: String
  ) throws {
    try Bench.withShuttles { bench in
      let events = Shuttles(count: 60)
      var lines = events.lines
      lines.insert(line, at: 34)
      // What would make one event of two lines.
      lines.insert("2]}", at: 35)
      try bench.write(lines.joined(separator: "\n"), to: "events.ndjson")
      let run = try bench.ptflow("dispatch", "--file", "events.ndjson", "--batch", "10")
      #expect(run.code == 1)
      #expect(run.output == "")
      #expect(
        run.errors == """
          events.ndjson:35:\(column): error: \(message)
          Lines 1 to 34 are stored. Correct line 35 and continue with --from-line 35.

          """)
      try events.expectStored(34, in: bench)
      let json = try #require(
        try bench.object("dispatch", "--file", "events.ndjson", code: 1)["error"] as? [String: Any])
      #expect(json["line"] as? Int == 35 && json["column"] as? Int == column && json["message"] as? String == message)
      #expect(json["stored"] as? Int == 0 && json["replayed"] as? Int == 34 && json["next_line"] as? Int == 35)
      lines[34] = ""
      lines[35] = "\r"
      try bench.write(lines.joined(separator: "\n"), to: "events.ndjson")
      let rest = try bench.object("dispatch", "--file", "events.ndjson", "--from-line", "35", "--batch", "10")
      #expect(rest as? [String: Int] == ["lines": 62, "stored": 26, "replayed": 0])
      try events.expectStored(60, in: bench)
    }
  }

  @Test func `a line behind the end to begin with is a warning, the one after the last is none`() throws {
    try Bench.withShuttles { bench in
      try bench.write(Shuttles(count: 3).lines.joined(separator: "\n"), to: "events.ndjson")
      let after = try bench.ptflow("dispatch", "--file", "events.ndjson", "--from-line", "4")
      #expect(after.code == 0 && after.errors == "" && after.output == "events.ndjson: 0 events stored\n", "\(after)")
      let behind = try bench.ptflow("dispatch", "--file", "events.ndjson", "--from-line", "5")
      #expect(behind.code == 0 && behind.output == "events.ndjson: 0 events stored\n", "\(behind)")
      #expect(behind.errors == "warning: events.ndjson has 3 lines, none from line 5 on\n")
    }
  }

  @Test func `bytes that are not UTF-8 are told with their line`() throws {
    try Bench.withShuttles { bench in
      let bytes = Array("\(Shuttles.take("a"))\n{\"id\": \"é".utf8) + [0xE9] + Array("\"}\n".utf8)
      try Data(bytes).write(to: URL(fileURLWithPath: bench.folder + "/latin.ndjson"))
      let run = try bench.ptflow("dispatch", "--file", "latin.ndjson")
      #expect(run.code == 1)
      #expect(run.errors.hasPrefix("latin.ndjson:2:10: error: this is not UTF-8\nLine 1 is stored."), "\(run)")
    }
  }

  /// Lines that only the database can refuse: by name, by an answer that names the event, and by one that does not.
  @Test(arguments: [
    (
      "{\"net\": \"shuttle\", \"id\": \"0\", \"action\": \"put\"}", "PT409",
      "put is not enabled in shuttle 0: there has 0 of 1"
    ),
    ("{\"net\": \"nothing\", \"id\": \"0\", \"action\": \"put\"}", "PT404", "there is no net nothing"),
    ("{\"net\": \"shuttle\", \"id\": 7, \"action\": \"put\"}", "PT400", "id is not a string"),
    (
      "{\"net\": \"shuttle\", \"id\": \"0\", \"action\": \"take\", \"payload\": 1e999999}", "22003",
      "value overflows numeric format"
    ),
  ])
  func `an event that is refused is told by its line, and all before it is stored`(
    line: String, sqlstate: String, message: String
  ) throws {
    try Bench.withShuttles { bench in
      let events = Shuttles(count: 4000)
      var lines = events.lines
      lines.insert(line, at: 2716)
      try bench.write(lines.joined(separator: "\n"), to: "events.ndjson")
      let run = try bench.ptflow("dispatch", "--file", "events.ndjson")
      #expect(run.code == 1)
      #expect(run.output == "")
      #expect(run.errors.hasPrefix("events.ndjson:2717: ERROR \(sqlstate):  \(message)\n"), "\(run)")
      #expect(
        run.errors.hasSuffix("\nLines 1 to 2716 are stored. When that is resolved, continue with --from-line 2717.\n"),
        "\(run)")
      try events.expectStored(2716, in: bench)
      let json = try #require(
        try bench.object("dispatch", "--file", "events.ndjson", "--from-line", "2001", code: 1)["error"]
          as? [String: Any])
      #expect(json["sqlstate"] as? String == sqlstate && json["message"] as? String == message)
      #expect(json["line"] as? Int == 2717 && json["stored"] as? Int == 0 && json["replayed"] as? Int == 716)
      let rest = try bench.object("dispatch", "--file", "events.ndjson", "--from-line", "2718")
      #expect(rest as? [String: Int] == ["lines": 4001, "stored": 1284, "replayed": 0])
      try events.expectStored(4000, in: bench)
    }
  }

  @Test func `when the database fails, no line is blamed`() throws {
    try Bench.withShuttles { bench in
      let events = Shuttles(count: 30)
      try bench.write(events.text, to: "events.ndjson")
      let run = try bench.ptflow(
        "dispatch", "--file", "events.ndjson", environment: ["PGOPTIONS": "-c default_transaction_read_only=on"])
      #expect(run.code == 2)
      #expect(run.errors.hasPrefix("ERROR 25006:  "), "\(run)")
      #expect(run.errors.hasSuffix("\nNothing is stored. Continue with --from-line 1.\n"), "\(run)")
      try events.expectStored(0, in: bench)
    }
  }

  @Test func `a file that cannot be read is told`() throws {
    try Bench.withShuttles { bench in
      let missing = try bench.ptflow("dispatch", "--file", "nothing.ndjson")
      #expect(missing.code == 1)
      #expect(missing.errors == "error: cannot read nothing.ndjson: No such file or directory\n")
      let folder = try bench.ptflow("dispatch", "--file", ".")
      #expect(folder.code == 1)
      #expect(folder.errors.hasPrefix("error: cannot read .: Is a directory\nNothing is stored."), "\(folder)")
    }
  }

  @Test func `long files say where they are when there is no terminal`() throws {
    try Bench.withShuttles { bench in
      let empty = String(repeating: "\n", count: 120_000)
      try bench.write("\(Shuttles.take("a"))\(empty)\(Shuttles.take("b"))\n", to: "events.ndjson")
      let run = try bench.ptflow("dispatch", "--file", "events.ndjson", "--batch", "1")
      #expect(run.errors == "events.ndjson: stored up to line 120001\n")
      #expect(run.output == "events.ndjson: 2 events stored\n")
    }
  }
}
