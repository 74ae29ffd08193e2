import Compiler
import Diagnostics
import Foundation
import NetFormats
import PetriNet
import Plan
import TestServer

/// The checkers of SQL that `make setup` installs.
enum Tools {
  /// Where a tool is missing, its tests are left out, except in CI: there they fail.
  static let mustBeThere = ProcessInfo.processInfo.environment["CI"].map { !$0.isEmpty && $0 != "false" } ?? false

  static let pgspot = repository.appending(path: ".tools/pgspot/bin/pgspot").path

  static var runsPgspot: Bool { mustBeThere || FileManager.default.isExecutableFile(atPath: pgspot) }

  static var runsPlpgsqlCheck: Bool {
    guard TestServer.isAvailable else { return false }
    if mustBeThere { return true }
    let found = try? TestDatabase.with { database in
      try database.connect().column("SELECT count(*) FROM pg_available_extensions WHERE name = 'plpgsql_check'")
    }
    return found == ["1"]
  }
}

/// The repository, found from this file.
private let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The nets of this repository, its expected SQL's and its examples.
func netsOfRepository() throws -> [NetPlan] {
  var files: [(name: String, file: URL)] = []
  let nets = repository.appending(path: "nets")
  for file in try FileManager.default.contentsOfDirectory(at: nets, includingPropertiesForKeys: nil) {
    if let name = NetFormat.name(ofNetIn: file.lastPathComponent) { files.append((name, file)) }
  }
  let goldens = repository.appending(path: "Tests/CompilerTests/Golden")
  for folder in try FileManager.default.contentsOfDirectory(at: goldens, includingPropertiesForKeys: nil) {
    for name in ["net.ptflow.yaml", "net.pflow", "net.pnml"] {
      files.append((folder.lastPathComponent, folder.appending(path: name)))
    }
  }
  return files.sorted { $0.name < $1.name }.compactMap { name, file in
    guard let bytes = FileManager.default.contents(atPath: file.path) else { return nil }
    let source = SourceFile(name: file.lastPathComponent, bytes: Array(bytes))
    // Some of the goldens are files that are refused.
    return try? compile(source, name: name).plan
  }
}

/// Names that try to leave the SQL in which they are put.
let hostileWords = [
  "Robert'); DROP TABLE canary; --", "\"; DROP TABLE canary; --", "$$; DROP TABLE canary; --", "$body1$ $body2$ $$",
  "\\'; DROP TABLE canary; --", "\\", "E'\\x27'", "U&'\\0027; DROP TABLE canary'", "*/ DROP TABLE canary; /*",
  "-- \n; DROP TABLE canary;\r\n", "%I %s %L %1$s", "'||current_user||'", "\u{2028}; DROP TABLE canary;",
  "{\"a\": \"'\"}",
  "$function$", "$facade$", "\\u0027", "\\u0000", "＇; DROP TABLE canary; --", "ʼ; DROP TABLE canary", "\\copy",
  "\\! true",
  ":'name'", "EXECUTE 'DROP TABLE canary'",
]

/// A net in which every word tries that.
func hostileNet(_ name: String) throws -> Net {
  var arcs: [Arc] = []
  for index in hostileWords.indices {
    arcs.append(Arc(.input, place: index, transition: index))
    arcs.append(Arc(.output, place: index, transition: index))
    arcs.append(Arc(.output, place: (index + 1) % hostileWords.count, transition: index))
  }
  return try Net(
    name: name, places: hostileWords.map { Place($0, initial: 1) },
    transitions: hostileWords.map { Transition($0, roles: [$0]) }, arcs: arcs)
}
