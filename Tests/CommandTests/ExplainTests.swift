import TestServer
import Testing

@Suite struct ExplainTests {
  @Test func `a bound is explained by what each transition does to a sum`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let run = try bench.ptflow("explain", "shuttle.pflow", "there")
      #expect(run.code == 0 && run.errors == "")
      #expect(
        run.output == """
          there holds at most 1 token, because in every reachable marking

            here + there = 1

          The sum is 1 in the initial marking, and no transition changes it:

          transition  does               to the sum
          take        here -1, there +1           0
          put         here +1, there -1           0

          """, "\(run)")
    }
  }

  @Test func `a capacity is a bound, and without one there may be none`() throws {
    try Bench.with { bench in
      let open = Bench.shuttle.replacing("<arc><sourceId>1</sourceId><destinationId>3</destinationId></arc>", with: "")
      try bench.write(open, to: "open.pflow")
      #expect(
        try bench.ptflow("explain", "open.pflow", "there").output
          == "there holds at most 2 tokens: this is its capacity.\n")
      #expect(try bench.ptflow("explain", "open.pflow", "here").output.hasPrefix("No upper bound of here is known: "))
    }
  }

  @Test func `a program reads the same as JSON`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let json = try bench.object("explain", "shuttle.pflow", "here")
      #expect(json["most"] as? Int == 1)
      let proof = try #require(json["proof"] as? [String: Any])
      #expect(proof["kind"] as? String == "invariant")
      #expect((proof["invariant"] as? [String: Any])?["words"] as? String == "here + there = 1")
    }
  }

  @Test func `a place that is not there is told, with those that are`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let run = try bench.ptflow("explain", "shuttle.pflow", "nowhere")
      #expect(run.code == 1)
      #expect(run.output == "")
      #expect(run.errors == "error: no place is called \"nowhere\"; the places are here, there\n")
    }
  }
}
