import TestServer
import Testing

@Suite struct GraphTests {
  @Test func `a net without positions is laid out by Graphviz`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let run = try bench.ptflow("graph", "shuttle.pflow")
      #expect(run.code == 0 && run.errors == "", "\(run)")
      #expect(run.output.hasPrefix("<svg xmlns="))
      #expect(run.output.contains("<title>there</title>"))
    }
  }

  @Test func `without Graphviz, it is said what to do`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let run = try bench.ptflow("graph", "shuttle.pflow", environment: ["PATH": "/nowhere"])
      #expect(run.code == 1)
      #expect(run.output == "")
      #expect(run.errors.contains("apt install graphviz"), "\(run)")
      let mermaid = try bench.ptflow("graph", "shuttle.pflow", "--format", "mermaid", environment: ["PATH": "/nowhere"])
      #expect(mermaid.output.hasPrefix("flowchart LR\n  n0((\"here<br/>●\"))\n"), "\(mermaid)")
    }
  }

  @Test func `a net with positions is drawn where its author drew it, and a file is called by its format`() throws {
    try Bench.with { bench in
      let drawn = Bench.shuttle.replacing("<label>", with: "<x>100</x><y>50</y><label>")
        .replacing("<x>100</x><y>50</y><label>there", with: "<x>300</x><y>50</y><label>there")
        .replacing("<x>100</x><y>50</y><label>take", with: "<x>200</x><y>0</y><label>take")
        .replacing("<x>100</x><y>50</y><label>put", with: "<x>200</x><y>100</y><label>put")
      try bench.write(drawn, to: "drawn.pflow")
      let run = try bench.ptflow("graph", "drawn.pflow", environment: ["PATH": "/nowhere"])
      #expect(run.code == 0 && run.errors == "", "\(run)")
      #expect(run.output.contains("<title>there</title><circle cx=\"300\" cy=\"50\" r=\"20\"/>"))
      #expect(try bench.ptflow("graph", "drawn.pflow", "-o", "drawn.gv").output == "")
      #expect(try bench.read("drawn.gv").hasPrefix("digraph \"drawn\" {"))
      let unknown = try bench.ptflow("graph", "drawn.pflow", "-o", "drawn.gif")
      #expect(
        unknown.code == 64 && unknown.errors.contains("drawn.gif: the extension must be .svg, .dot"), "\(unknown)")
      #expect(try bench.ptflow("graph", "drawn.pflow", "-o", "drawn.gif", "--format", "dot").code == 0)
    }
  }

  @Test func `the tokens may be given`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      for marking in ["there=2", "there = 2 , here=0", "there=2,here=0,", "{\"there\": 2}"] {
        let run = try bench.ptflow("graph", "shuttle.pflow", "--format", "mermaid", "--marking", marking)
        #expect(run.output.contains("n0((\"here\"))\n  n1((\"there ≤ 2<br/>●●\"))"), "\(run)")
        #expect(run.output.contains("class n3 strong"))
      }
      for (marking, reason) in [
        ("nowhere=1", "no place is called \"nowhere\""), ("there=x", "there has no whole number of tokens"),
        ("there=-1", "there cannot hold -1 tokens"), ("{", "{ is no JSON object of whole numbers"),
      ] {
        let run = try bench.ptflow("graph", "shuttle.pflow", "--format", "dot", "--marking", marking)
        #expect(run.code == 1 && run.output == "", "\(marking): \(run)")
        #expect(run.errors.hasPrefix("error: \(reason); ") && !run.errors.contains("Usage"), "\(run)")
      }
      #expect(try bench.ptflow("graph", "shuttle.pflow", "-o", "no/folder.svg").code == 1)
    }
  }

  @Test func `the reachable markings are drawn, from the beginning or from a marking`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let drawn = try bench.answer("graph", "shuttle.pflow", "--reachability", "--format", "mermaid")
      #expect(
        drawn.contains("n0(\"here\")\n  n1(\"there\")\n  n0 -->|\"take\"| n1\n  n1 -->|\"put\"| n0\n"), "\(drawn)")
      let svg = try bench.answer("graph", "shuttle.pflow", "--reachability")
      #expect(svg.contains("<title>shuttle: reachable markings</title>") && svg.contains(">take</text>"))
      let two = try bench.answer(
        "graph", "shuttle.pflow", "--reachability", "--format", "dot", "--marking", "there=2")
      #expect(two.contains("penwidth=2.5, label=\"2·there\"") && two.contains("label=\"2·here\""), "\(two)")
      let full = try bench.ptflow("graph", "shuttle.pflow", "--reachability", "--marking", "there=3")
      #expect(full.code == 1 && full.output == "")
      #expect(full.errors.contains("begins with 3 tokens but its capacity is 2"), "\(full)")
    }
  }

  @Test func `too many markings are refused with their number, and without end with the way`() throws {
    try Bench.with { bench in
      let many = Bench.shuttle.replacing("<tokens>1</tokens>", with: "<tokens>300</tokens>")
        .replacing("<capacity>2</capacity>", with: "")
      try bench.write(many, to: "many.pflow")
      let run = try bench.ptflow("graph", "many.pflow", "--reachability", "-o", "many.svg")
      #expect(run.code == 1 && run.output == "")
      #expect(
        run.errors == """
          error: many has 301 reachable markings, and --states allows 200: draw them with --states 301, start from another \
          marking with --marking, or use ptflow reach

          """)
      #expect(throws: (any Error).self) { try bench.read("many.svg") }
      let all = try bench.answer("graph", "many.pflow", "--reachability", "--format", "dot", "--states", "301")
      #expect(all.contains("n300 -> n299 [label=\"put\"]"))
      #expect(try bench.ptflow("graph", "many.pflow", "--reachability", "--states", "300").code == 1)

      try bench.write(
        many.replacing(
          "<sourceId>3</sourceId>", with: "<type>regular</type><multiplicity>2</multiplicity><sourceId>3</sourceId>"),
        to: "endless.pflow")
      let endless = try bench.ptflow("graph", "endless.pflow", "--reachability")
      #expect(endless.code == 1 && endless.output == "")
      #expect(
        endless.errors == """
          error: endless is unbounded, so its markings cannot be drawn: what is repeated puts more and more tokens into \
          there (repeat take, put). A capacity there would bound it

          """)
    }
  }

  @Test(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
  func `the tokens may be an instance's`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      _ = try bench.answer("install", "shuttle.pflow")
      _ = try bench.answer("dispatch", "shuttle", "s1", "take")
      let drawn = try bench.answer("graph", "shuttle.pflow", "--format", "mermaid", "--instance", "s1")
      #expect(drawn.contains("n0((\"here\"))\n  n1((\"there ≤ 2<br/>●\"))"), "\(drawn)")
    }
  }
}
