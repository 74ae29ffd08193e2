import Compiler
import Foundation
import Installer
import Plan
import SQL
import Testing

@Suite struct LinesTests {
  @Test func `no line of what is installed with a net is longer than 120 characters`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let file = folder.appending(path: name).appending(path: "net.sql")
      guard let sql = try? String(contentsOf: file, encoding: .utf8) else { continue }
      for line in sql.split(separator: "\n") where line.unicodeScalars.count > 120 {
        Issue.record("\(name): \(line)")
      }
    }
    let script = installScript([], facade: "public").text
    #expect(script.split(separator: "\n").filter { $0.unicodeScalars.count > 120 } == [])
  }
}
