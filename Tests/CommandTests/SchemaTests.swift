import Foundation
import NetFormats
import TestServer
import Testing

@Suite struct SchemaTests {
  private static let page = repository.appending(path: "docs/ptflow.schema.json")

  @Test func `the page in docs is what the program prints`() throws {
    try Bench.with { bench in
      let printed = try bench.answer("schema")
      if ProcessInfo.processInfo.environment["RECORD"] == "1" { try Data(printed.utf8).write(to: Self.page) }
      #expect(try String(contentsOf: Self.page, encoding: .utf8) == printed)
      #expect(try bench.answer("schema", "-o", "schema.json") == "")
      #expect(try bench.read("schema.json") == printed)
    }
  }

  @Test func `every example is what the schema asks for`() throws {
    try Bench.with { bench in
      let nets = repository.appending(path: "nets")
      var files = try FileManager.default.contentsOfDirectory(atPath: nets.path).filter(NetFormat.isNet)
        .map { nets.appending(path: $0).path }
      let page = try String(contentsOf: repository.appending(path: "docs/language.md"), encoding: .utf8)
      for (number, part) in page.components(separatedBy: "```yaml\n").dropFirst().enumerated() {
        try bench.write(part.components(separatedBy: "```\n")[0], to: "\(number).yaml")
        files.append("\(bench.folder)/\(number).yaml")
      }
      _ = try bench.answer("init", "first")
      files.append("\(bench.folder)/first.ptflow.yaml")
      #expect(files.count > 15)
      #expect(try verdicts(files) == files.map { _ in "ok" })
    }
  }

  /// What the schema can know to be wrong; the reader refuses it as well.
  @Test func `the schema refuses what the reader refuses`() throws {
    let wrong = [
      "- a", "nett: a", "net: [a]", "net: 1", "keeps: all", "places: [a]", "places: {a: -1}", "places: {a: 1.5}",
      "places: {a: x}", "places: {a: [1]}", "places: {a: {strat: 1}}", "places: {a: {capacity: 0}}",
      "places: {a: '1'}", "roles: {a: 1}", "roles: {a: {creates: yes}}", "roles: {a: {about: x}}",
      "transitions: {t: 1}", "transitions: {t: {take: a}}", "transitions: {t: {takes: 1}}",
      "transitions: {t: {takes: [[a]]}}", "transitions: {t: {takes: {a: 0}}}", "transitions: {t: {takes: {a: b}}}",
      "transitions: {t: {by: {a: 1}}}", "transitions: {t: {resets: {a: 2}}}", "transitions: {t: {when: [a]}}",
      "transitions: {'t{a}': {for: a}}", "transitions: {'t{a}': {for: []}}", "transitions: {'t{a}': {for: {a: []}}}",
      "transitions: {'t{a}': {for: {a: [1.5]}}}", "transitions: {'t{a b}': {for: {a b: 1}}}", "about: {a: 1}",
      "ends: 1", "ends: [[a]]", "ends: {a: -1}", "ends: {a: few}", "laws: 1", "laws: [[a]]", "laws: {a: 1}",
      "require: [1]",
      "require: {a: b}",
    ]
    try Bench.with { bench in
      let files = try wrong.indices.map { index in
        try bench.write(wrong[index] + "\n", to: "\(index).ptflow.yaml")
        return "\(bench.folder)/\(index).ptflow.yaml"
      }
      for (index, verdict) in try verdicts(files).enumerated() {
        #expect(verdict != "ok", "\(wrong[index])")
        #expect(try bench.ptflow("check", "\(index).ptflow.yaml").code == 1, "\(wrong[index])")
      }
    }
  }

  /// What `check_schema.py` says of files.
  private func verdicts(_ files: [String]) throws -> [String] {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "check_schema.py")
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(
      fileURLWithPath: ProcessInfo.processInfo.environment["PYTHON"] ?? "/usr/bin/python3")
    process.arguments = ["-B", script.path, Self.page.path] + files
    process.standardOutput = output
    try process.run()
    let said = try #require(try output.fileHandleForReading.readToEnd(), "check_schema.py said nothing")
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

private let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
