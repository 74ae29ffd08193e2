import Foundation
import Postgres
import TestServer
import Testing

/// A folder with net files, in which the program is run as a user would run it.
struct Bench {
  let folder: String
  /// The database that `DATABASE_URL` names; nil for none.
  private let database: TestDatabase?

  /// Runs a test in a folder of its own, without a database.
  static func with<Result>(_ body: (Bench) throws -> Result) throws -> Result { try make(nil, body) }

  /// Runs a test in a folder of its own, with a database of its own.
  static func withDatabase<Result>(_ body: (Bench) throws -> Result) throws -> Result {
    try TestDatabase.with { database in try make(database, body) }
  }

  private static func make<Result>(_ database: TestDatabase?, _ body: (Bench) throws -> Result) throws -> Result {
    let folder = "/tmp/ptflow-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(Bench(folder: folder, database: database))
  }

  /// The URL of the database.
  var url: String { database?.url() ?? "" }

  /// A session of the superuser.
  func connect() throws -> Connection { try Connection(url) }

  /// Writes a file.
  func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: folder).appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Reads a file.
  func read(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }

  /// Runs the program.
  func ptflow(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Outcome {
    let own = database.map { ["DATABASE_URL": $0.url()] } ?? [:]
    return try Program.ptflow.run(arguments, in: folder, environment: own.merging(environment) { $1 })
  }

  /// Starts the program.
  func start(_ arguments: String...) throws -> Running {
    try Program.ptflow.start(arguments, in: folder, environment: ["DATABASE_URL": url])
  }

  /// Runs the program, which has to succeed and say nothing but its answer.
  func answer(_ arguments: String...) throws -> String {
    let run = try Program.ptflow.run(arguments, in: folder, environment: ["DATABASE_URL": url])
    #expect(run.code == 0 && run.errors == "", "\(arguments): \(run)")
    return run.output
  }

  /// Runs the program with `--json`; its answer, which has to be one line of JSON.
  func json(_ arguments: String..., code: Int32 = 0) throws -> Any {
    let run = try Program.ptflow.run(arguments + ["--json"], in: folder, environment: ["DATABASE_URL": url])
    #expect(run.code == code && run.errors == "", "\(arguments): \(run)")
    #expect(run.output.filter { $0 == "\n" }.count == 1)
    return try JSONSerialization.jsonObject(with: Data(run.output.utf8))
  }

  /// The same, where the answer is an object.
  func object(_ arguments: String..., code: Int32 = 0) throws -> [String: Any] {
    let run = try Program.ptflow.run(arguments + ["--json"], in: folder, environment: ["DATABASE_URL": url])
    #expect(run.code == code && run.errors == "", "\(arguments): \(run)")
    return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  /// A shuttle: `take` (by a carrier) moves the one token there, `put` brings it back.
  static let shuttle = """
    <document>
      <subnet>
        <place><id>1</id><label>here</label><tokens>1</tokens></place>
        <place><id>2</id><label>there</label><capacity>2</capacity></place>
        <transition><id>3</id><label>take</label></transition>
        <transition><id>4</id><label>put</label></transition>
        <arc><sourceId>1</sourceId><destinationId>3</destinationId></arc>
        <arc><sourceId>3</sourceId><destinationId>2</destinationId></arc>
        <arc><sourceId>2</sourceId><destinationId>4</destinationId></arc>
        <arc><sourceId>4</sourceId><destinationId>1</destinationId></arc>
      </subnet>
      <roles><role><name>carrier</name><transitionId>3</transitionId></role></roles>
    </document>

    """
}
