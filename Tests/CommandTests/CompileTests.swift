import Foundation
import TestServer
import Testing

@Suite struct CompileTests {
  @Test func `the script is the same each time, on standard output and in a file`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "nets/shuttle.pflow")
      try bench.write(Bench.shuttle, to: "nets/other.pflow")
      let first = try bench.ptflow("compile", "nets")
      #expect(first.code == 0 && first.errors == "")
      #expect(first.output.hasPrefix("-- Made by ptflow. Run it with psql -f"))
      #expect(first.output.hasSuffix("COMMIT;\n"))
      for name in ["one.sql", "two.sql"] {
        let run = try bench.ptflow("compile", "nets", "-o", name)
        #expect(run.code == 0 && run.output == "" && run.errors == "", "\(run)")
        #expect(try String(contentsOfFile: "\(bench.folder)/\(name)", encoding: .utf8) == first.output)
      }
      #expect(!first.output.contains(bench.folder))
    }
  }

  @Test func `what is in dist is what the example nets compile to`() throws {
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let run = try Program.ptflow.run(["compile", "nets"], in: repository.path)
    let kept = try String(contentsOf: repository.appending(path: "dist/examples.sql"), encoding: .utf8)
    #expect(run.code == 0)
    if run.output != kept { Issue.record("dist/examples.sql is not what nets compile to; run make dist") }
  }

  @Test func `two nets of one name make no script, which could only fail`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "here/shuttle.pflow")
      try bench.write(Bench.shuttle, to: "there/shuttle.pflow")
      let run = try bench.ptflow("compile", "here", "there")
      #expect(run.code == 1 && run.output == "")
      #expect(run.errors.hasPrefix("error: two of the nets are called \"shuttle\"\n"), "\(run)")
    }
  }

  @Test func `a file that cannot be written is told`() throws {
    try Bench.with { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let run = try bench.ptflow("compile", "shuttle.pflow", "-o", "nowhere/out.sql")
      #expect(run.code == 1)
      #expect(
        run.errors == "error: cannot write nowhere/out.sql: the directory does not exist or is not writable\n")
    }
  }

  @Test func `a net that is refused leaves the file alone`() throws {
    try Bench.with { bench in
      try bench.write("kept", to: "out.sql")
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      for arguments in [["--as", "public"], ["--facade", "ptflow"], ["--facade", "shuttle"]] {
        let run = try bench.ptflow("compile", "shuttle.pflow", "-o", "out.sql", arguments[0], arguments[1])
        #expect(run.code == 1, "\(run)")
        #expect(run.errors.contains("error: "))
      }
      #expect(try String(contentsOfFile: "\(bench.folder)/out.sql", encoding: .utf8) == "kept")
    }
  }
}
