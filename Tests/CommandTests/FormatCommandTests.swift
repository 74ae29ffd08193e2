import Foundation
import TestServer
import Testing

@Suite struct FormatCommandTests {
  private static let ragged = "places: {a:   1}   # one\ntransitions:\n    t:  {takes: a}\n"
  private static let even = "places: {a: 1}  # one\ntransitions:\n  t: {takes: a}\n"

  @Test func `files that are laid out otherwise are written anew, and named`() throws {
    try Bench.with { bench in
      try bench.write(Self.ragged, to: "nets/a.ptflow.yaml")
      try bench.write(Self.even, to: "nets/b.ptflow.yaml")
      try bench.write("<pnml/>", to: "nets/c.pnml")
      let checked = try bench.ptflow("fmt", "--check", "nets")
      #expect(checked.code == 1 && checked.output == "nets/a.ptflow.yaml\n" && checked.errors == "")
      #expect(try bench.read("nets/a.ptflow.yaml") == Self.ragged)
      let digest = try bench.object("check", "nets/a.ptflow.yaml")["digest"] as? String
      #expect(try bench.answer("fmt", "nets") == "nets/a.ptflow.yaml\n")
      #expect(try bench.read("nets/a.ptflow.yaml") == Self.even)
      #expect(try bench.object("check", "nets/a.ptflow.yaml")["digest"] as? String == digest)
      #expect(try bench.answer("fmt", "nets") == "")
      #expect(try bench.answer("fmt", "--check", "nets/a.ptflow.yaml", "nets/b.ptflow.yaml") == "")
      let files = try #require(try bench.object("fmt", "--check", "nets")["files"] as? [[String: Any]])
      #expect(files.map { $0["changed"] as? Bool } == [false, false])
    }
  }

  @Test func `what cannot be read is told, and the others are laid out`() throws {
    try Bench.with { bench in
      try bench.write(Self.ragged, to: "a.ptflow.yaml")
      try bench.write("places: {a: *b}\n", to: "b.ptflow.yaml")
      try bench.write("<pnml/>", to: "c.pnml")
      let run = try bench.ptflow("fmt", "a.ptflow.yaml", "b.ptflow.yaml", "c.pnml", "none.ptflow.yaml")
      #expect(run.code == 1 && run.output == "a.ptflow.yaml\n")
      #expect(run.errors.contains("b.ptflow.yaml:1:13: error: aliases are not read"))
      #expect(run.errors.contains("c.pnml:1:1: error: this is no net of the format .ptflow.yaml"))
      #expect(run.errors.contains("none.ptflow.yaml: error: no such file"))
      #expect(try bench.read("a.ptflow.yaml") == Self.even)
      #expect(try bench.read("b.ptflow.yaml") == "places: {a: *b}\n")
    }
  }

  @Test func `the examples are laid out already`() throws {
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    try Bench.with { bench in
      let answer = try bench.answer("fmt", "--check", repository.appending(path: "nets").path)
      #expect(answer == "")
    }
  }

  @Test func `wrong arguments are told`() throws {
    try Bench.with { bench in
      let codes = [
        try bench.ptflow("fmt").code, try bench.ptflow("fmt", "-", "a").code,
        try bench.ptflow("fmt", "--chek", "a").code,
      ]
      #expect(codes == [64, 64, 64])
    }
  }
}
