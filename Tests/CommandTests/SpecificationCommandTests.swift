import Foundation
import Postgres
import TestServer
import Testing

/// What a net's file says of it is proved by whatever makes SQL of the net.
@Suite struct SpecificationCommandTests {
  private static let net = """
    places: {shut: 1, open: }
    transitions:
      push: {takes: shut, gives: open}
      pull: {takes: open, gives: shut}
    laws:
      - shut + open = 1
      - open <= 0
    require: [bounded, sound, 'AG (open = 0)']

    """

  @Test func `check says of each statement whether it holds`() throws {
    try Bench.with { bench in
      try bench.write(Self.net, to: "door.ptflow.yaml")
      let run = try bench.ptflow("check", "door.ptflow.yaml")
      #expect(run.code == 1)
      #expect(run.output.contains("  ✓ law: shut + open = 1\n"))
      #expect(run.output.contains("  ✗ law: open <= 0\n      there can be open 1\n      after push\n"))
      #expect(run.output.contains("  ✓ requirement: bounded\n"))
      #expect(
        run.errors == """
          door.ptflow.yaml:7:5: error: this law does not hold: there can be open 1
          7 |   - open <= 0
            |     ^ after push
          door.ptflow.yaml:8:20: error: this requirement is not decided: no workflow: there is no place that nothing is taken from
          8 | require: [bounded, sound, 'AG (open = 0)']
            |                    ^ say where an instance may end: ends: [PLACE]
          door.ptflow.yaml:8:28: error: this requirement does not hold: this leads there
          8 | require: [bounded, sound, 'AG (open = 0)']
            |                            ^ after push

          """)
      let statements = try #require(
        try bench.object("check", "door.ptflow.yaml", code: 1)["statements"] as? [[String: Any]])
      #expect(statements.map { $0["verdict"] as? String } == ["proved", "refuted", "proved", "undecided", "refuted"])
      #expect(statements[1]["law"] as? String == "open <= 0" && statements[1]["witness"] as? [String] == ["push"])
    }
  }

  @Test func `compile refuses a net that is not as it says, and writes nothing`() throws {
    try Bench.with { bench in
      try bench.write(Self.net, to: "door.ptflow.yaml")
      let refused = try bench.ptflow("compile", "door.ptflow.yaml", "-o", "door.sql")
      #expect(refused.code == 1 && refused.errors.contains("door.ptflow.yaml:7:5: error: this law does not hold"))
      #expect((try? bench.read("door.sql")) == nil)
      let sound =
        Self.net.replacing("  - open <= 0\n", with: "").replacing(", 'AG (open = 0)'", with: "") + "ends: shut\n"
      try bench.write(sound, to: "door.ptflow.yaml")
      #expect(try bench.answer("compile", "door.ptflow.yaml", "-o", "door.sql") == "")
      #expect(try bench.read("door.sql").contains("CONSTRAINT stated_law_1 CHECK (VALUE[1] + VALUE[2] = 1)"))
    }
  }

  @Test func `what cannot be understood is refused at its character`() throws {
    try Bench.with { bench in
      try bench.write("places: {shut: 1}\nlaws: ['shut + opn = 1']\n", to: "a.ptflow.yaml")
      let run = try bench.ptflow("compile", "a.ptflow.yaml")
      #expect(run.code == 1)
      #expect(
        run.errors == """
          a.ptflow.yaml:2:16: error: there is no place called "opn"
          2 | laws: ['shut + opn = 1']
            |                ^

          """)
    }
  }

  @Test func `what the limits do not decide is refused`() throws {
    try Bench.with { bench in
      let wide = """
        places: {"p{n}": {for: {n: 1..30}, start: 1}}
        transitions:
          "go{n}": {for: {n: 1..30}, takes: "p{n}", gives: q}
          "back{n}": {for: {n: 1..30}, takes: q, gives: "p{n}"}
        require: [AG (AF q >= 30)]

        """
      try bench.write(wide, to: "wide.ptflow.yaml")
      let run = try bench.ptflow("compile", "wide.ptflow.yaml", "--states", "1000")
      #expect(run.code == 1)
      #expect(run.errors.contains("error: this requirement is not decided: "), "\(run)")
      #expect(run.errors.contains("^ allow more with --time or --memory, or leave it out"))
    }
  }

  @Test(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
  func `install refuses all nets when one is not as it says`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      try bench.write(Self.net, to: "door.ptflow.yaml")
      let json = try bench.object("install", "shuttle.pflow", "door.ptflow.yaml", code: 1)
      let unmet = try #require((json["error"] as? [String: Any])?["unmet"] as? [[String: Any]])
      #expect(unmet.count == 3)
      #expect(unmet[0]["law"] as? String == "open <= 0" && unmet[0]["line"] as? Int == 7)
      #expect(unmet[0]["witness"] as? [String] == ["push"])
      #expect(try bench.answer("list") == "no net is installed; install one: ptflow install FILE\n")
    }
  }
}
