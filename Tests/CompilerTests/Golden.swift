import Compiler
import Diagnostics
import Foundation
import NetFormats
import Output
import SQL
import Testing

/// A folder with a net and what becomes of it: `net.sql`, the SQL of the net alone, or `net.errors`, what its author is
/// told. `RECORD=1 swift test --filter CompilerTests` writes them anew, to be read before they are committed.
struct Golden: Sendable, CustomTestStringConvertible {
  let folder: URL
  var name: String { folder.lastPathComponent }
  var testDescription: String { name }

  static let all: [Golden] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.sorted().map { Golden(folder: root.appending(path: $0)) }
  }()

  static let records = ProcessInfo.processInfo.environment["RECORD"] == "1"

  /// What the compiler makes of the net, and in which file that is kept.
  func outcome() throws -> (file: String, text: String) {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let file = try #require(files.first(where: NetFormat.isNet), "\(name) holds no net")
    let bytes = Array(try Data(contentsOf: folder.appending(path: file)))
    let source = SourceFile(name: file, bytes: bytes)
    do {
      return ("net.sql", try compile(source, name: name).plan.sql().text)
    } catch {
      return ("net.errors", error.rendered(in: source) + "\n")
    }
  }

  /// What is kept in a file; nil when it is not there.
  func kept(_ file: String) -> String? {
    FileManager.default.contents(atPath: folder.appending(path: file).path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Keeps an outcome, and no other.
  func record(_ file: String, _ text: String) throws {
    for other in ["net.sql", "net.errors"] {
      try? FileManager.default.removeItem(at: folder.appending(path: other))
    }
    try Data(text.utf8).write(to: folder.appending(path: file))
  }
}
