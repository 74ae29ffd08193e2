import Foundation
import Postgres
import TestServer

/// `check_chain.py`: the hash chain checked by a program that shares nothing with this one.
enum ChainCheck {
  /// What the program said, and whether it found the chains intact.
  struct Verdict: Hashable {
    let status: Int32
    let lines: [String]
  }

  /// Whether there is a Python to run it.
  static let isPossible: Bool = (try? run(["-c", ""], input: "").status) == 0

  /// The query that exports a net's chains, as `docs/hash-chain.md` has it, for the net of a schema.
  static func query(schema: String) throws -> String {
    let page = try String(contentsOf: repository.appending(path: "docs/hash-chain.md"), encoding: .utf8)
    let block = page.split(separator: "```sql\n")[1].split(separator: "```")[0]
    return String(block).replacing("shuttle.", with: "\(schema).").replacing("'shuttle'", with: "'\(schema)'")
      .replacing(";", with: "")
  }

  /// The chains of a net as lines of JSON.
  static func export(_ schema: String, from connection: borrowing Connection) throws -> String {
    try connection.query(try query(schema: schema)).map { ($0[0] ?? "") + "\n" }.joined()
  }

  /// What the program says of an export.
  static func check(_ export: String) throws -> Verdict {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "check_chain.py")
    return try run([script.path], input: export)
  }

  private static func run(_ arguments: [String], input: String) throws -> Verdict {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ptflow-chain-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (given, said) = (folder.appending(path: "in"), folder.appending(path: "out"))
    try Data(input.utf8).write(to: given)
    try Data().write(to: said)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-B"] + arguments
    process.standardInput = try FileHandle(forReadingFrom: given)
    process.standardOutput = try FileHandle(forWritingTo: said)
    try process.run()
    process.waitUntilExit()
    let output = try String(contentsOf: said, encoding: .utf8)
    return Verdict(status: process.terminationStatus, lines: output.split(separator: "\n").map(String.init))
  }
}
