import TestServer
import Testing

@Suite struct ReachCommandTests {
  @Test func `a way is shown, with the marking at its end`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let run = try bench.ptflow("reach", "shuttle.pflow", "there >= 1 and enabled(put)")
      #expect(run.code == 0)
      #expect(run.output == "reachable: after take\n  there\n")
      let json = try bench.object("reach", "shuttle.pflow", "there = 1")
      #expect(json["reachable"] as? Bool == true)
      #expect(json["witness"] as? [String] == ["take"])
      #expect(json["state"] as? [String: Int] == ["here": 0, "there": 1])
    }
  }

  @Test func `what never happens is told with the reason`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let run = try bench.ptflow("reach", "shuttle.pflow", "here + there <> 1")
      #expect(run.code == 0)
      #expect(run.output == "unreachable: none of the 2 reachable markings is meant\n")
      let json = try bench.object("reach", "shuttle.pflow", "deadlock")
      #expect(json["reachable"] as? Bool == false)
    }
  }

  @Test func `a query with a mistake is refused with a caret and a suggestion`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let run = try bench.ptflow("reach", "shuttle.pflow", "here > 1 or ther > 1")
      #expect(run.code == 1)
      #expect(
        run.errors == """
          query:1:13: error: there is no place called "ther"
          1 | here > 1 or ther > 1
            |             ^ did you mean "there"?

          """)
      let json = try bench.object("reach", "shuttle.pflow", "here >", code: 1)
      #expect((json["error"] as? [String: Any])?["column"] as? Int == 7)
    }
  }

  @Test func `a simulation is the same with the same seed`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let run = try bench.ptflow("simulate", "shuttle.pflow", "--runs", "3", "--steps", "5")
      #expect(run.code == 0)
      #expect(
        run.output == """
          3 runs of 5 to 5 firings; 0 ended in a deadlock

          transition  fired  share
          take            9  60.0 %
          put             6  40.0 %

          place  least  average  most
          here       0  0.5         1
          there      0  0.5         1

          """)
      let json = try bench.object("simulate", "shuttle.pflow", "--seed", "5")
      #expect(json["firings"] as? Int == 100_000)
      #expect(json["stuck"] as? Int == 0)
    }
  }
}
