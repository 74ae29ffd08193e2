import Foundation
import Postgres
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct DoctorCommandTests {
  @Test func `the doctor says what differs and how, mends it, and then finds nothing`() throws {
    try Bench.withDatabase { bench in
      #expect(try bench.ptflow("doctor").errors.contains("no net is installed in this database"))
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      _ = try bench.answer("install", "shuttle.pflow")
      _ = try bench.answer("create", "shuttle", "s1")
      #expect(try bench.answer("doctor") == "the engine and 1 net: as ptflow writes them\n")

      try bench.connect().execute(
        """
        ALTER TABLE shuttle.events DISABLE TRIGGER kept; DROP VIEW shuttle.states;
        DELETE FROM shuttle.delta WHERE action = 'take'; DROP TABLE shuttle.details CASCADE;
        CREATE INDEX by_time ON shuttle.events (at)
        """)
      let found = try bench.ptflow("doctor")
      #expect(found.code == 1)
      #expect(
        found.output == """
          table shuttle.details: is missing
            Only a backup has what it held: restore it from there.
          view shuttle.history: is missing
          view shuttle.states: is missing
          trigger kept on shuttle.events: enabled is no, not yes
          rows of shuttle.delta: differs
              + {"action": "take", "resets": [], "vector": [-1, 1], "version": 1}
          beside it: index shuttle.by_time: is not ptflow's
          the engine and 1 net: 5 differences; to mend 4 of them: ptflow doctor --fix

          """)
      let verified = try bench.ptflow("verify")
      #expect(verified.errors.hasPrefix("ptflow: 5 differences from what ptflow writes, see ptflow doctor\n"))
      #expect(verified.code == 2, "what verifies is among what is gone")
      let planned = try bench.answer("plan", "shuttle.pflow")
      #expect(planned.hasPrefix("shuttle: would be refreshed (data kept)\n  view shuttle.history: is missing\n"))
      #expect(planned.hasSuffix("1 difference from what ptflow writes remains, see ptflow doctor\n"))

      let json = try bench.object("doctor", code: 1)
      #expect(json["intact"] as? Bool == false)
      let differences = try #require(json["differences"] as? [[String: Any]])
      let trigger = try #require(differences.first { $0["aspect"] as? String == "enabled" })
      #expect(trigger["object"] as? String == "trigger kept on shuttle.events")
      #expect(trigger["found"] as? String == "no" && trigger["wanted"] as? String == "yes")
      #expect(trigger["net"] as? String == "shuttle" && trigger["mendable"] as? Bool == true)
      #expect((json["remarks"] as? [[String: Any]])?.count == 1)

      let fixed = try bench.ptflow("doctor", "--fix")
      #expect(fixed.code == 1)
      #expect(fixed.output.hasPrefix("mended: view shuttle.states: is missing\nmended: trigger kept "))
      #expect(fixed.output.contains("  not mended: relation \"shuttle.details\" does not exist\n"))
      #expect(fixed.output.hasSuffix("the engine and 1 net: 2 differences\n"))
    }
  }

  @Test func `a net whose name gives a terminal orders is named harmlessly`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      _ = try bench.answer("install", "shuttle.pflow", "--as", "a\u{1b}[31mb\nc")
      try bench.connect().execute("DROP VIEW \"a\u{1b}[31mb\nc\".states")
      let found = try bench.ptflow("doctor")
      #expect(!found.output.contains("\u{1b}") && found.output.split(separator: "\n").count == 2)
      #expect(try bench.answer("doctor", "--fix").hasSuffix("the engine and 1 net: as ptflow writes them\n"))
    }
  }
}
