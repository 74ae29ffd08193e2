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
    #expect(Engine.embedded.sorted() == files.sorted())
  }

  @Test func `what is embedded is what the files hold`() throws {
    for name in Engine.order {
      let text = try String(contentsOf: repository.appending(path: name), encoding: .utf8)
      #expect(Engine.script.text.contains(text.trimmingCharacters(in: .newlines)), "\(name)")
    }
  }

  @Test func `every file begins with words about what it makes, and every function pins its search path`() throws {
    for name in Engine.order {
      let text = try String(contentsOf: repository.appending(path: name), encoding: .utf8)
      #expect(text.hasPrefix("-- "), "\(name)")
      if text.contains("CREATE OR REPLACE FUNCTION ptflow.") {
        #expect(text.contains("SET search_path = pg_catalog, pg_temp"), "\(name)")
        #expect(text.contains("COMMENT ON FUNCTION"), "\(name)")
      }
    }
  }

  @Test func `the version that the guard knows is the engine's`() {
    #expect(Engine.script.text.contains("found_version > \(Engine.version) THEN"))
  }
}
