import Foundation
import Postgres
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct InstanceTests {
  private func with(_ body: (Bench) throws -> Void) throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      _ = try bench.answer("install", "shuttle.pflow")
      try body(bench)
    }
  }

  @Test func `an instance is played in words`() throws {
    try with { bench in
      #expect(try bench.answer("create", "shuttle", "s1") == "shuttle s1 0: created\n  here\n")
      #expect(try bench.answer("create", "shuttle", "s1") == "shuttle s1 0: already exists\n  here\n")
      #expect(try bench.answer("enabled", "shuttle", "s1") == "action  role     you may\ntake    carrier  yes\n")
      let payload = "{\"by\": \"ann\"}"
      #expect(
        try bench.answer("dispatch", "shuttle", "s1", "take", payload, "--key", "k", "--expected", "0")
          == "shuttle s1 1: take\n  there\n")
      #expect(
        try bench.answer("dispatch", "shuttle", "s1", "take", payload, "--key", "k")
          == "shuttle s1 1: take (replayed)\n  there\n")
      #expect(try bench.answer("why", "shuttle", "s1", "put") == "put is enabled\n")
      #expect(
        try bench.answer("why", "shuttle", "s1", "take")
          == "condition  place  tokens  need\ninput      here        0     1\n")
      let state = try bench.answer("state", "shuttle", "s1")
      #expect(state.hasPrefix("shuttle s1, seq 1, 20"))
      #expect(state.hasSuffix("\nplace  tokens\nhere        0\nthere       1\n"))
      #expect(
        try bench.answer("state", "shuttle", "s1", "--as-of-seq", "0").hasSuffix("here        1\nthere       0\n"))
      let events = try bench.answer("events", "shuttle", "s1").split(separator: "\n")
      #expect(events.count == 2)
      #expect(events[0].split(separator: " ") == ["seq", "action", "multiple", "actor", "role", "at", "payload"])
      #expect(events[1].hasPrefix("  1  take           1  ptflow  *     20"), "\(events)")
      #expect(try bench.answer("events", "shuttle", "s1", "--after", "1") == "no events\n")
      #expect(try bench.answer("verify", "shuttle") == "shuttle: intact\n")
      #expect(try bench.answer("verify", "shuttle", "s1") == "shuttle s1: intact\n")
    }
  }

  @Test func `a program reads the same as JSON`() throws {
    try with { bench in
      #expect(try bench.object("create", "shuttle", "s1")["seq"] as? Int == 0)
      let fired = try bench.object("dispatch", "shuttle", "s1", "take", "[1, \"\\u00e9\"]")
      #expect(fired["state"] as? [String: Int] == ["here": 0, "there": 1])
      #expect(fired["replayed"] as? Bool == false)
      #expect(try bench.object("state", "shuttle", "s1")["seq"] as? Int == 1)
      let enabled = try #require(try bench.json("enabled", "shuttle", "s1") as? [[String: Any]])
      #expect(enabled.map { $0["action"] as? String } == ["put"])
      #expect(enabled.first?["may_fire"] as? Bool == true)
      let why = try #require(try bench.json("why", "shuttle", "s1", "take") as? [[String: Any]])
      #expect(why.first?["condition"] as? String == "input")
      #expect(try (bench.json("why", "shuttle", "s1", "put") as? [Any])?.isEmpty == true)
      let events = try #require(try bench.json("events", "shuttle", "s1") as? [[String: Any]])
      #expect(events.count == 1)
      #expect(events.first?["payload"] as? [AnyHashable] == [1, "é"])
      #expect(try (bench.json("verify", "shuttle") as? [Any])?.isEmpty == true)
    }
  }

  @Test func `a refusal is words for people and JSON for programs, and exits with 2`() throws {
    try with { bench in
      let run = try bench.ptflow("dispatch", "shuttle", "s1", "put")
      #expect(run.code == 2)
      #expect(run.output == "")
      #expect(
        run.errors == """
          ERROR PT409:  put is not enabled in shuttle s1: there has 0 of 1
          HINT:  What can be done now: SELECT * FROM ptflow_enabled('shuttle', 's1');

          """)
      for (arguments, sqlstate) in [
        (["dispatch", "shuttle", "s1", "put"], "PT409"), (["dispatch", "shuttle", "s1", "fly"], "PT404"),
        (["dispatch", "nothing", "s1", "put"], "PT404"), (["state", "shuttle", "nobody"], "PT404"),
        (["dispatch", "shuttle", "s1", "take", "--multiple", "0"], "PT400"),
        (["dispatch", "shuttle", "s1", "take", "--expected", "7"], "PT412"),
        (["dispatch", "shuttle", "s1", "take", "{no json"], "22P02"), (["verify", "nothing"], "PT404"),
        (["state", "shuttle", "s1", "--as-of-time", "yesterdayish"], "22007"),
      ] {
        let run = try Program.ptflow.run(arguments + ["--json"], environment: ["DATABASE_URL": bench.url])
        #expect(run.code == 2 && run.errors == "", "\(arguments): \(run)")
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let error = try #require(json?["error"] as? [String: Any])
        #expect(error["sqlstate"] as? String == sqlstate, "\(arguments): \(run)")
        if sqlstate.hasPrefix("PT") { #expect(error["detail"] is [String: Any], "\(arguments): \(run)") }
      }
    }
  }

  @Test func `a payload that is no JSON is refused with what to write instead`() throws {
    try with { bench in
      let run = try bench.ptflow("dispatch", "shuttle", "s1", "take", "{by: ann}")
      #expect(run.code == 2)
      #expect(run.errors.hasPrefix("ERROR 22P02:  invalid input syntax for type json"), "\(run.errors)")
      #expect(run.errors.contains("HINT:  Write the payload as JSON in single quotes: '{"), "\(run.errors)")
      #expect(try bench.ptflow("state", "shuttle", "s1").code == 2, "nothing was made")
    }
  }

  @Test func `a chain that was tampered with is told and exits with 1`() throws {
    try with { bench in
      _ = try bench.answer("dispatch", "shuttle", "s1", "take")
      try bench.connect().execute(
        "SET session_replication_role = replica; UPDATE shuttle.events SET payload = '{\"by\": \"eve\"}' WHERE seq = 1")
      let run = try bench.ptflow("verify", "shuttle")
      #expect(run.code == 1)
      #expect(run.output.hasPrefix("net      instance  seq  problem  expected"), "\(run)")
      let json = try #require(try bench.json("verify", "shuttle", code: 1) as? [[String: Any]])
      #expect(json.first?["problem"] as? String == "hash")
    }
  }

  @Test func `names with quotes, dollars and line ends go through`() throws {
    try with { bench in
      let id = "it's \"1\"; $$ \\ \n-- é"
      _ = try bench.answer("dispatch", "shuttle", id, "take")
      #expect(try bench.object("state", "shuttle", id)["id"] as? String == id)
      _ = try bench.answer("install", "shuttle.pflow", "--as", id)
      #expect(try bench.object("dispatch", id, id, "take")["net"] as? String == id)
      #expect(try bench.answer("uninstall", id, "--with-data").hasSuffix("removed, with 1 instance\n"))
    }
  }
}
