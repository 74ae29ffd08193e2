import Foundation
import TestServer
import Testing

@Suite struct CheckTests {
  @Test func `a good net is described on a page`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let run = try bench.ptflow("check", "shuttle.pflow")
      #expect(run.code == 0)
      #expect(run.errors == "")
      #expect(
        run.output == """
          shuttle.pflow: PNEditor's .pflow; 2 places, 2 transitions, 4 arcs, 1 token; roles carrier
            state machine; marked graph; free choice; ordinary; strongly connected; conservative
            2 markings, 2 firings; at most 1 token in a place, 1 in all
            ✓ bounded        no place ever holds more than 1 token
            ✓ safe           no place ever holds more than 1 token
            ✓ deadlock-free  each of the markings enables something
            ✓ quasi-live     every transition fires somewhere
            ✓ live           every transition can fire again, whatever happened
            ✓ reversible     the initial marking can always be reached again
            – sound          no workflow: there is no place that nothing is taken from

          """)
    }
  }

  @Test func `what is refuted is shown with the way to it`() throws {
    try Bench.with { bench in
      // Without the way back, and with a transition that makes tokens without end.
      let text = Bench.shuttle.replacing("<sourceId>2</sourceId>", with: "<sourceId>1</sourceId>")
      try bench.write(text, to: "one.pflow")
      let run = try bench.ptflow("check", "one.pflow")
      #expect(run.code == 0)
      #expect(run.output.contains("  ✗ deadlock-free  stuck with there\n                     after take\n"), "\(run)")
      let json = try bench.object("check", "one.pflow")
      let claims = try #require(json["claims"] as? [String: [String: Any]])
      #expect(
        Set(claims.keys) == ["bounded", "safe", "deadlock_free", "quasi_live", "live", "reversible", "sound"])
      #expect(claims["deadlock_free"]?["verdict"] as? String == "refuted")
      #expect(claims["deadlock_free"]?["witness"] as? [String] == ["take"])
      #expect(claims["bounded"]?["verdict"] as? String == "proved")
      #expect(claims["bounded"]?["witness"] as? [String] == [])
    }
  }

  @Test func `where tokens come from and go to is told, and what no arc touches`() throws {
    try Bench.with { bench in
      try bench.write(
        Bench.shuttle.replacing("<arc><sourceId>1</sourceId><destinationId>3</destinationId></arc>", with: "")
          .replacing("<arc><sourceId>2</sourceId><destinationId>4</destinationId></arc>", with: "")
          .replacing("<arc><sourceId>4</sourceId><destinationId>1</destinationId></arc>", with: ""), to: "parts.pflow")
      let run = try bench.ptflow("check", "parts.pflow")
      #expect(
        run.output.contains(
          """
            free choice; ordinary; sink place there; isolated place here; source transition take; isolated transition put

          """), "\(run)")
      let json = try bench.object("check", "parts.pflow")
      #expect(json["sink_places"] as? [String] == ["there"] && json["isolated_places"] as? [String] == ["here"])
      #expect(json["source_transitions"] as? [String] == ["take"])
      #expect(json["isolated_transitions"] as? [String] == ["put"])
      #expect(json["source_places"] as? [String] == [] && json["sink_transitions"] as? [String] == [])
    }
  }

  @Test func `what is required and not proved ends it with 1`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let met = try bench.ptflow("check", "shuttle.pflow", "--require", "safe,bounded,deadlock-free,live")
      #expect(met.code == 0)
      #expect(met.errors == "")
      let unmet = try bench.ptflow("check", "shuttle.pflow", "--require", "safe, sound")
      #expect(unmet.code == 1)
      #expect(unmet.errors == "shuttle.pflow: required, but undecided: sound\n")
      #expect(try bench.object("check", "shuttle.pflow", "--require", "sound", code: 1)["places"] as? Int == 2)
    }
  }

  @Test func `a limit that is reached is told, and what depends on it is not decided`() throws {
    try Bench.with { bench in
      // 20 tokens that go there and back one by one: 21 markings.
      try bench.write(
        Bench.shuttle.replacing("<tokens>1</tokens>", with: "<tokens>20</tokens>")
          .replacing("<capacity>2</capacity>", with: ""), to: "many.pflow")
      let run = try bench.ptflow("check", "many.pflow", "--states", "5")
      #expect(run.code == 0)
      #expect(run.output.contains("the limit of 5 markings was reached (--states)"), "\(run)")
      let json = try bench.object("check", "many.pflow", "--states", "5")
      #expect(json["markings"] is NSNull)
      #expect(json["max_tokens_in_place"] is NSNull)
      #expect(json["stopped_by"] as? String == "markings")
      let whole = try bench.object("check", "many.pflow")
      #expect(whole["markings"] as? Int == 21)
      #expect(whole["edges"] as? Int == 40)
      #expect(whole["max_tokens_in_place"] as? Int == 20)
      #expect(whole["max_tokens_in_marking"] as? Int == 20)
    }
  }

  @Test func `a folder is all nets in it, in the order of their names`() throws {
    try Bench.with { bench in
      for name in ["nets/b.pflow", "nets/a.pnml", "nets/c.txt"] { try bench.write(Bench.shuttle, to: name) }
      let run = try bench.ptflow("check", "nets")
      #expect(run.code == 0)
      let heads = run.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
      #expect(heads.map { $0.prefix(12) } == ["nets/a.pnml:", "nets/b.pflow"])
    }
  }

  @Test func `other XML files of a folder are passed over, and named`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "nets/a.pflow")
      try bench.write("<project/>", to: "nets/pom.xml")
      let run = try bench.ptflow("check", "nets")
      #expect(run.code == 0 && run.output.hasPrefix("nets/a.pflow: "), "\(run)")
      #expect(run.errors == "nets/pom.xml: passed over, it is no net\n")
      #expect(try bench.object("check", "nets")["passed_over"] as? [String] == ["nets/pom.xml"])
      // Named by itself, or alone in its folder, or in an extension that says that it is a net, it is a mistake.
      #expect(try bench.ptflow("check", "nets/pom.xml").code == 1)
      try bench.write("<project/>", to: "others/pom.xml")
      let alone = try bench.ptflow("check", "others")
      #expect(alone.code == 1 && alone.errors.hasPrefix("others/pom.xml: error: this is no net"), "\(alone)")
      try bench.write("<project/>", to: "nets/b.pnml")
      #expect(try bench.ptflow("check", "nets").code == 1)
    }
  }

  @Test func `what is wrong with any of the files is told with its place`() throws {
    try Bench.with { bench in
      let bad = Bench.shuttle.replacing("<tokens>1</tokens>", with: "<tokens>one</tokens>")
      try bench.write(bad, to: "bad.pflow")
      try bench.write(Bench.shuttle.replacing("<sourceId>4<", with: "<sourceId>5<"), to: "worse.pflow")
      let run = try bench.ptflow("check", "bad.pflow", "worse.pflow")
      #expect(run.code == 1)
      #expect(run.output == "")
      #expect(
        run.errors.hasPrefix(
          """
          bad.pflow:3:49: error: the number of tokens in place "here" is "one", which is not a whole number
          3 |     <place><id>1</id><label>here</label><tokens>one</tokens></place>
            |                                                 ^ write a number in digits, at least 0
          worse.pflow:10:20: error: this arc starts at "5", which is no place and no transition

          """), "\(run.errors)")
    }
  }

  @Test func `a command for one net says what is wrong with what is no file`() throws {
    try Bench.with { bench in
      try bench.write("", to: "folder/note.txt")
      let calls = [
        ["explain", "folder", "p"], ["reach", "folder", "p > 0"], ["graph", "folder"], ["simulate", "folder"],
      ]
      let words = "folder: error: this is a directory\n  name one of the files in it\n"
      for arguments in calls {
        let run = try Program.ptflow.run(arguments, in: bench.folder)
        #expect(run.code == 1 && run.output == "" && run.errors == words, "\(arguments): \(run)")
      }
      #expect(try bench.ptflow("graph", "missing.pnml").errors == "missing.pnml: error: no such file\n")
    }
  }

  @Test func `files that cannot be read are told, all of them`() throws {
    try Bench.with { bench in
      try bench.write("", to: "empty/note.txt")
      let run = try bench.ptflow("check", "missing.pflow", "empty", "gone.pnml")
      #expect(run.code == 1)
      #expect(run.output == "")
      #expect(
        run.errors == """
          missing.pflow: error: no such file
          empty: error: the directory has no net
            files of a directory are nets by their extension: .ptflow.yaml, .ptflow.yml, .pflow, .pflowx, .pnml, .xml, .tapn, .net, .lola, .jsonld
          gone.pnml: error: no such file

          """)
      let json = try bench.object("check", "missing.pflow", code: 1)
      let error = try #require(json["error"] as? [String: Any])
      #expect((error["diagnostics"] as? [[String: Any]])?.first?["message"] as? String == "no such file")
    }
  }

  @Test(arguments: [
    "", "\u{0}\u{1}\u{2}\u{fffd}\u{1b}[31mred\u{7}", "<document>", "<html/>", "{\"net\": 1}",
    "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><document><subnet><label>&e;</label></subnet></document>",
    String(repeating: "<subnet>", count: 5000),
  ])
  func `what is no net is refused on a few lines that a terminal can show`(text: String) throws {
    try Bench.with { bench in
      try bench.write(text, to: "hostile.pflow")
      let run = try bench.ptflow("check", "hostile.pflow")
      #expect(run.code == 1)
      #expect(run.output == "")
      #expect(run.errors.hasPrefix("hostile.pflow:1:"), "\(run)")
      #expect(run.errors.split(separator: "\n").count <= 6, "\(run)")
      #expect(run.errors.utf8.count < 1000)
      #expect(!run.errors.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
      #expect(!run.errors.contains("root:"))
    }
  }

  @Test func `what install would refuse is examined all the same`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "public.pflow")
      let run = try bench.ptflow("check", "public.pflow")
      #expect(run.code == 0, "\(run)")
      #expect(run.output.contains("  ✓ live "), "\(run)")
      #expect(
        run.output.hasSuffix(
          """
            install would refuse it: a net cannot be called "public": the schema of that name is not ours to make
              use --as NAME

          """), "\(run)")
      let json = try bench.object("check", "public.pflow")
      #expect((json["install_refuses"] as? [[String: Any]])?.count == 1)
      let renamed = try bench.object("check", "public.pflow", "--as", "other")
      #expect((renamed["install_refuses"] as? [[String: Any]])?.count == 0)
    }
  }

  @Test func `a warning is told, and is no error`() throws {
    try Bench.with { bench in
      let shared = Bench.shuttle.replacing("<tokens>1</tokens>", with: "<tokens>1</tokens><isStatic>true</isStatic>")
      try bench.write(shared, to: "shared.pflow")
      let run = try bench.ptflow("check", "shared.pflow")
      #expect(run.code == 0)
      #expect(run.errors.hasPrefix("shared.pflow:3:"), "\(run)")
      #expect(run.errors.contains(": warning: "))
    }
  }

  @Test func `a self-loop is a note of check's, and nothing to those who compile`() throws {
    try Bench.with { bench in
      let loop = "tr t p -> p\npl p (1)\n"
      try bench.write(loop, to: "loop.net")
      #expect(try bench.ptflow("check", "loop.net").errors.hasPrefix("loop.net:1:6: note: a transition takes and puts"))
      let compiled = try bench.ptflow("compile", "loop.net")
      #expect(compiled.code == 0)
      #expect(compiled.errors == "")
    }
  }

  @Test func `a program reads the same as JSON`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let net = try bench.object("check", "shuttle.pflow", "--as", "other")
      #expect(net["nets"] == nil)
      try bench.write(Bench.shuttle, to: "folder/shuttle.pflow")
      let folder = try bench.object("check", "folder")
      #expect((folder["nets"] as? [[String: Any]])?.count == 1 && folder["net"] == nil)
      #expect(net["net"] as? String == "other")
      #expect(net["transitions"] as? Int == 2)
      #expect(
        net["structure"] as? [String]
          == ["state machine", "marked graph", "free choice", "ordinary", "strongly connected", "conservative"])
      for nodes in ["source", "sink", "isolated"] {
        #expect(net["\(nodes)_places"] as? [String] == [] && net["\(nodes)_transitions"] as? [String] == [])
      }
      #expect(net["roles"] as? [String] == ["carrier"])
      #expect((net["digest"] as? String)?.count == 64)
    }
  }

  @Test(arguments: [
    ["check"], ["bogus"], ["check", "--bogus", "x"], ["check", "a", "--as", ""],
    ["check", "a", "--require", "good"], ["check", "a", "--time", "0"], ["check", "a", "--memory", "0"],
    ["reach", "a"],
    ["simulate", "a", "--runs", "0"], ["dispatch", "net"],
    ["state", "net", "id", "--as-of-seq", "x"], ["grant", "net", "--to", "alice"], ["grant", "net", "role"],
    ["grant", "net", "", "--to", "alice"], ["list", "--db", ""], ["db", "bogus"], ["install"],
    ["dispatch"], ["dispatch", "net", "id", "--file", "x"], ["dispatch", "net", "id", "act", "{}", "--file", "x"],
    ["dispatch", "--file", "x", "--key", "k"], ["dispatch", "--file", "x", "--multiple", "2"],
    ["dispatch", "--file", "x", "--expected", "0"], ["dispatch", "--file", ""],
    ["dispatch", "--file", "x", "--batch", "0"], ["dispatch", "--file", "x", "--from-line", "0"],
    ["dispatch", "net", "id", "act", "--batch", "5"], ["dispatch", "net", "id", "act", "--from-line", "5"],
  ])
  func `a wrong argument prints the usage and exits with 64`(arguments: [String]) throws {
    let run = try Program.ptflow.run(arguments)
    #expect(run.code == 64, "\(run)")
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("Error: "), "\(run)")
    #expect(run.errors.contains("\nUsage: ptflow"), "\(run)")
  }

  @Test func `one name is not for two nets`() throws {
    try Bench.with { bench in
      for name in ["a.pflow", "b.pflow"] { try bench.write(Bench.shuttle, to: name) }
      let run = try bench.ptflow("check", "a.pflow", "b.pflow", "--as", "x")
      #expect(run.code == 64)
      #expect(run.errors.hasPrefix("Error: --as names one net, but 2 files are given\n"))
    }
  }
}
