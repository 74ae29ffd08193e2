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
      #expect(run.errors.contains("apt-get install graphviz"), "\(run)")
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
      for (marking, code) in [("nowhere=1", 1), ("there=x", 64), ("there=-1", 64), ("{", 64)] {
        let run = try bench.ptflow("graph", "shuttle.pflow", "--format", "dot", "--marking", marking)
        #expect(run.code == Int32(code), "\(marking): \(run)")
        #expect(run.output == "" && !run.errors.isEmpty)
      }
      #expect(try bench.ptflow("graph", "shuttle.pflow", "-o", "no/folder.svg").code == 1)
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
