import Engine
import Foundation
import SQL
import Testing

@Suite struct EngineTests {
  private let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func `every SQL file of the folders is installed, once`() throws {
    let files = try ["sql", "pgsql"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: repository.appending(path: folder).path)
        .filter { $0.hasSuffix(".sql") }
        .map { "\(folder)/\($0)" }
    }
    #expect(Engine.order.sorted() == files.sorted())
    let calls = try FileManager.default.contentsOfDirectory(atPath: repository.appending(path: "pgsql/facade").path)
      .map { "pgsql/facade/\($0)" }
    #expect(Engine.calls.map(\.file).sorted() == calls.sorted())
    let inspections = try FileManager.default.contentsOfDirectory(
      atPath: repository.appending(path: "pgsql/doctor").path
    ).map { "pgsql/doctor/\($0)" }
    #expect((Engine.inspections + [Engine.fingerprint]).sorted() == inspections.sorted())
    #expect(Engine.embedded.sorted() == (files + calls + inspections).sorted())
  }

  @Test func `what is embedded is what the files hold`() throws {
    for name in Engine.order {
      let text = try String(contentsOf: repository.appending(path: name), encoding: .utf8)
      #expect(Engine.script.text.contains(text.trimmingCharacters(in: .newlines)), "\(name)")
    }
  }

  @Test func `every file begins with words about what it makes, and every function has a comment`() throws {
    for name in Engine.order + Engine.calls.map(\.file) + Engine.inspections + [Engine.fingerprint] {
      let text = try String(contentsOf: repository.appending(path: name), encoding: .utf8)
      #expect(text.hasPrefix("-- "), "\(name)")
      #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(name) is not ASCII")
      if text.contains("CREATE OR REPLACE FUNCTION ptflow.") {
        #expect(text.contains("COMMENT ON FUNCTION"), "\(name)")
      }
    }
  }

  @Test func `a function in PL/pgSQL pins its search path; one in SQL is put into the query that calls it`() throws {
    for name in Engine.order + Engine.calls.map(\.file) {
      let text = try String(contentsOf: repository.appending(path: name), encoding: .utf8)
      guard text.contains("CREATE OR REPLACE FUNCTION") else { continue }
      let isPinned = text.contains("SET search_path = pg_catalog, pg_temp")
      #expect(isPinned != text.contains("\n    LANGUAGE sql\n"), "\(name)")
    }
  }

  @Test func `a call has at most one line that stands for a branch for each net`() throws {
    for call in Engine.calls {
      let text = try String(contentsOf: repository.appending(path: call.file), encoding: .utf8)
      let lines = text.matches(of: /(?m)^ *\{\{.*\{net\}.*\}\}$/).count
      #expect(lines <= 1, "\(call.file)")
      #expect(text.split(separator: "{{").count == 1 + lines, "\(call.file)")
    }
  }

  @Test func `the version that the guard knows is the engine's`() {
    #expect(Engine.script.text.contains("found_version > \(Engine.version) THEN"))
  }
}
