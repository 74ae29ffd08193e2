import EmbeddedServer
import Foundation
import Postgres
import TestServer

/// A server of a test's own that waits for the disk as it does by default, and that is there to be killed.
final class DurableServer: Sendable {
  let url: String
  private let project: String
  private let server: EmbeddedServer

  /// Starts it.
  init() throws {
    project = FileManager.default.temporaryDirectory.appending(path: "ptflow-crash-\(UUID().uuidString.prefix(8))").path
    try FileManager.default.createDirectory(atPath: project, withIntermediateDirectories: true)
    server = EmbeddedServer(project: project)
    url = try server.start()
    let connection = try Connection(url)
    for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
      let value = try connection.value("SHOW \(setting)")
      guard value == "on" else { throw Late(condition: "\(setting) is on") }
    }
  }

  /// The URL of another of its databases.
  func url(of database: String) -> String {
    url.replacing("postgresql:///\(EmbeddedServer.database)?", with: "postgresql:///\(database)?")
  }

  /// Kills the server with all its processes, as they stand.
  func kill() {
    guard let postmaster = server.status().pid else { return }
    // What was still being started when the list was made has lost its parent, and ends by itself.
    for pid in [postmaster] + processes(startedBy: postmaster) { Foundation.kill(pid, SIGKILL) }
  }

  /// Starts it again after a kill.
  func recover() throws { try server.start() }

  /// Starts it again, kills it while it recovers, and starts it once more.
  func recoverAfterKill() throws {
    let first = Crew(1) { [self] _ in _ = try? server.start() }
    while !first.isDone {
      guard let postmaster = server.status().pid, !processes(startedBy: postmaster).isEmpty else { continue }
      kill()
      break
    }
    _ = try first.results()
    try recover()
  }

  /// Takes it away.
  func remove() {
    try? server.remove()
    try? FileManager.default.removeItem(atPath: project)
  }
}

/// Waits until a server has written so much more to its log of changes (WAL): a moment in the midst of whatever it does,
/// which no clock chooses.
struct Progress: ~Copyable {
  private let connection: Connection
  private let start: String

  init(of url: String) throws {
    let connection = try Connection(url)
    start = try connection.value("SELECT pg_current_wal_insert_lsn()") ?? ""
    self.connection = connection
  }

  /// How many bytes were written since.
  func bytes() throws -> Int {
    let sql = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1)"
    return Int(try connection.value(sql, [start]) ?? "") ?? 0
  }

  /// Comes back when so many bytes were written, or when there is nothing more to wait for.
  func wait(for goal: Int, unless isOver: () -> Bool) throws {
    while try bytes() < goal, !isOver() {}
  }
}

/// How many servers a run kills: a few with all the other tests, many with `make torture-crash`.
let kills = max(2, Int(ProcessInfo.processInfo.environment["PTFLOW_KILLS"] ?? "") ?? 2)
