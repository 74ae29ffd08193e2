import Foundation
import TestServer
import Testing

@Suite struct ConvertTests {
  @Test func `a net goes through the formats and stays the same`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let digest = try bench.object("check", "shuttle.pflow")["digest"] as? String
      for (from, to) in [("shuttle.pflow", "shuttle.ptflow.yaml"), ("shuttle.ptflow.yaml", "back.pflow")] {
        #expect(try bench.answer("convert", from, to) == "")
        let check = try bench.object("check", to)
        #expect(check["digest"] as? String == digest)
      }
      let picture = try bench.answer("convert", "shuttle.pflow", "shuttle.dot")
      #expect(picture == "")
      #expect(try bench.read("shuttle.dot").hasPrefix("digraph"))
    }
  }

  @Test func `what a format cannot say is named, and written only when it is asked for`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let refused = try bench.ptflow("convert", "shuttle.pflow", "shuttle.lola")
      #expect(refused.code == 1)
      #expect(
        refused.errors == """
          error: LoLA cannot say all of this net; --lossy writes the rest
          not said in LoLA:
            place "there" initial 0 capacity 2
            transition "take" roles "carrier"

          """)
      #expect((try? bench.read("shuttle.lola")) == nil)
      let written = try bench.ptflow("convert", "shuttle.pflow", "shuttle.lola", "--lossy")
      #expect(written.code == 0 && written.errors.hasPrefix("not said in LoLA:\n"), "\(written)")
      #expect(try bench.read("shuttle.lola").hasPrefix("PLACE here, there;"))
    }
  }

  @Test func `a name that a format cannot have is told`() throws {
    try Bench.with { bench in
      try bench.write("places: {a b: 1}\n", to: "a.ptflow.yaml")
      let run = try bench.ptflow("convert", "a.ptflow.yaml", "a.lola")
      #expect(run.code == 1 && run.errors.hasPrefix("error: the net cannot be written as LoLA: "), "\(run)")
      #expect(try bench.ptflow("convert", "a.ptflow.yaml", "a.txt").code == 64)
    }
  }
}
