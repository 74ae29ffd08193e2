import Foundation
import Postgres
import TestServer
import Testing

/// The log on the command line: what was, what comes, what is taken out, and what other programs make of it.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct LogCommandTests {
  private func with(_ body: (Bench) throws -> Void) throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      _ = try bench.answer("install", "shuttle.pflow")
      let payload = #"{"by": "Ännä, \"A\" <&>"}"#
      _ = try bench.answer("dispatch", "shuttle", "s 1", "take", payload, "--key", "k")
      _ = try bench.answer("dispatch", "shuttle", "s 1", "put")
      _ = try bench.answer("dispatch", "shuttle", "s<2>", "take")
      _ = try bench.answer("create", "shuttle", "s3")
      try body(bench)
    }
  }

  @Test func `what changed, and all states of a time`() throws {
    try with { bench in
      #expect(
        try bench.answer("diff", "shuttle", "s 1", "--to", "1")
          == "place  before  after  change\nhere        1      0      -1\nthere       0      1       1\n")
      #expect(try bench.answer("diff", "shuttle", "s 1") == "no difference\n")
      let states = try #require(try bench.json("states", "shuttle") as? [[String: Any]])
      #expect(states.map { $0["id"] as? String } == ["s 1", "s3", "s<2>"])
      #expect(states.map { $0["seq"] as? Int } == [2, 0, 1])
      let lines = try bench.answer("states", "shuttle", "--after", "s 1", "--limit", "1").split(separator: "\n")
      #expect(lines.count == 2 && lines[1].hasPrefix("s3"))
      #expect(try bench.answer("states", "shuttle", "--as-of-time", "2001-01-01") == "no instances\n")
    }
  }

  @Test func `the tail of the log goes on after a cursor, and follows until control-C`() throws {
    try with { bench in
      try settle(bench)
      let output = try bench.answer("tail", "--from", "beginning", "--no-follow", "--json")
      let events = try output.split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
      #expect(events.count == 6)
      let cursor = try #require(events[3]["cursor"] as? String)
      let rest = try bench.answer("tail", "--from", cursor, "--no-follow", "--json")
      #expect(rest.split(separator: "\n") == output.split(separator: "\n").suffix(2))
      let words = try bench.answer("tail", "--from", "beginning", "--no-follow", "--id", "s 1", "--action", "take")
      #expect(words.contains("shuttle s 1 1: take  {\"by\": ") && words.split(separator: "\n").count == 1, "\(words)")
      #expect(try bench.answer("tail", "--no-follow") == "")

      let running = try bench.start("tail", "--from", "beginning", "--net", "shuttle", "--json")
      while running.isRunning, try !running.catchesInterrupts {}
      running.interrupt()
      let run = try running.end()
      #expect(run.code == 130, "\(run)")
    }
  }

  /// Waits until no transaction of another test holds the feed back.
  private func settle(_ bench: Bench) throws {
    let connection = try bench.connect()
    let next = try connection.query("SELECT pg_snapshot_xmax(pg_current_snapshot())")[0][0]
    while try connection.query("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8", [next])[0][0] != "t" {}
  }

  @Test func `payloads and keys are taken out, and the chain stays whole`() throws {
    try with { bench in
      let words = try bench.answer("redact", "shuttle", "s 1", "--from", "1")
      #expect(words == "shuttle s 1: 1 payload removed\n")
      #expect(try bench.object("redact", "shuttle", "s 1", "--from", "1", "--to", "2")["redacted"] as? Int == 1)
      #expect(try bench.answer("forget-keys", "shuttle", "--before", "infinity") == "shuttle: 1 key removed\n")
      #expect(try bench.answer("verify") == "all nets: intact\n")
      #expect(try bench.ptflow("redact", "no", "s 1", "--from", "1").code == 2)
      #expect(try bench.ptflow("redact", "shuttle", "no", "--from", "1").code == 2)
      #expect(try bench.ptflow("redact", "shuttle", "s 1", "--from", "0").code == 64)
    }
  }

  @Test func `an export holds every event, in each format`() throws {
    try with { bench in
      let lines = try bench.answer("export", "shuttle").split(separator: "\n")
      let events = try lines.map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
      #expect(events.map { $0["id"] as? String } == ["s 1", "s 1", "s 1", "s3", "s<2>", "s<2>"])
      #expect(events.map { $0["seq"] as? Int } == [0, 1, 2, 0, 0, 1])
      #expect(events[1]["key"] as? String == "k" && events[0]["action"] is NSNull)
      let stored = try bench.connect().query("SELECT encode(hash, 'hex') FROM shuttle.events ORDER BY id, seq")
      #expect(events.map { $0["hash"] as? String } == stored.map { $0[0] })

      let rest = try bench.answer("export", "shuttle", "--after", "s 1", "--after-seq", "1")
      #expect(rest.split(separator: "\n") == lines.suffix(4))
      #expect(try bench.answer("export", "shuttle", "--after", "s 1").split(separator: "\n") == lines.suffix(3))

      let csv = try bench.answer("export", "shuttle", "--format", "csv").components(separatedBy: "\r\n")
      #expect(csv[0] == "net,id,seq,action,multiple,payload,state,actor,role,key,at,hash" && csv.count == 8)
      #expect(csv[2].hasPrefix(#"shuttle,s 1,1,take,1,"{""by"": ""Ännä, \""A\"" <&>""}","{""here"":0,""there"":1}","#))

      for arguments in [["--format", "parquet"], ["--format", "xes", "--after", "x"], ["--after-seq", "1"]] {
        #expect(try Program.ptflow.run(["export", "shuttle"] + arguments, in: bench.folder).code == 64)
      }
      #expect(try bench.ptflow("export", "no").code == 2)
      #expect(try bench.ptflow("export", "shuttle", "-o", "/no/such/file").code == 1)
    }
  }

  @Test(.enabled(if: PM4Py.isThere, "there is no pm4py; make setup-tests installs it"))
  func `pm4py reads XES and OCEL, and finds that the log fits the net exactly`() throws {
    try with { bench in
      _ = try bench.answer("dispatch", "shuttle", "s3", "take")
      for action in ["put", "take", "put", "take"] { _ = try bench.answer("dispatch", "shuttle", "s3", action) }
      #expect(try bench.ptflow("convert", "shuttle.pflow", "shuttle.pnml", "--lossy").code == 0)
      for format in ["xes", "ocel", "ndjson"] {
        _ = try bench.answer("export", "shuttle", "--format", format, "-o", "log.\(format)")
      }
      let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "check_log.py").path
      let run = try Program.named(PM4Py.python).run(
        [script, "log.xes", "shuttle.pnml", "log.ocel", "log.ndjson"], in: bench.folder)
      #expect(run.code == 0, "\(run)")
      let last = run.output.split(separator: "\n").last.map(String.init) ?? ""
      let found = try #require(try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any])
      #expect(found["traces"] as? Int == 3 && found["events"] as? Int == 8, "\(found)")
      #expect(found["activities"] as? [String] == ["put", "take"])
      #expect(found["fits"] as? Bool == true && found["fitness"] as? [Double] == [1, 1, 1], "\(found)")
      #expect(found["objects"] as? Int == 3 && found["ocel_events"] as? Int == 8)
      #expect(found["types"] as? [String] == ["put", "take"])
    }
  }
}

/// pm4py, as scripts/setup.sh installs it.
private enum PM4Py {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let python = repository.appending(path: ".tools/pm4py/bin/python").path
  static let isThere = FileManager.default.isExecutableFile(atPath: python)
}
