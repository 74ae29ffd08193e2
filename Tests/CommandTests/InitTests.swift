import Foundation
import Postgres
import TestServer
import Testing

@Suite struct InitTests {
  @Test func `a first net is written once, and nothing is said of it`() throws {
    try Bench.with { bench in
      let said = try bench.answer("init", "my-net")
      #expect(said.hasPrefix("my-net.ptflow.yaml: written\n"))
      let check = try bench.object("check", "my-net.ptflow.yaml", "--require", "safe,sound,quasi-live,bounded")
      #expect(check["net"] as? String == "my-net")
      #expect((check["diagnostics"] as? [Any])?.isEmpty == true)

      try bench.write("mine", to: "my-net.ptflow.yaml")
      let again = try bench.ptflow("init", "my-net")
      #expect(again.code == 1)
      #expect(
        again.errors
          == "error: my-net.ptflow.yaml exists, and is not overwritten: choose another name, or remove it\n")
      #expect(try bench.read("my-net.ptflow.yaml") == "mine")
    }
  }

  @Test(arguments: ["a: b", "no", "1", "a \"b\" {c}", "ünï", "- x", "#x"])
  func `a name is written so that it is read again`(_ name: String) throws {
    try Bench.with { bench in
      let made = try bench.ptflow("init", "--", name)
      #expect(made.code == 0, "\(made)")
      let check = try bench.object("check", "./\(name).ptflow.yaml")
      #expect(check["net"] as? String == name)
    }
  }

  @Test func `a net needs a folder that is there, and its own extension`() throws {
    try Bench.with { bench in
      #expect(try bench.ptflow("init", "nowhere/a").code == 1)
      let other = try bench.ptflow("init", "a.pnml")
      #expect(other.code == 1 && other.errors.contains("ptflow init writes NAME.ptflow.yaml"), "\(other)")
      #expect(try bench.ptflow("init", "").code == 64)
    }
  }

  @Test(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
  func `the first net can be installed and fired`() throws {
    try Bench.withDatabase { bench in
      _ = try bench.answer("init", "leave")
      #expect(try bench.answer("install", "leave.ptflow.yaml").hasPrefix("leave: installed\n"))
      let event = try bench.object("dispatch", "leave", "one", "submit")
      #expect(event["seq"] as? Int == 1)
      let comment = try bench.connect().query("SELECT obj_description('leave'::regnamespace)").map { $0[0] }
      #expect(comment == ["ptflow net: 4 places, 4 transitions. A request and its answer."])
    }
  }
}
