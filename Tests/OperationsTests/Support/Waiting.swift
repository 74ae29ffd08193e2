import Foundation
import Postgres

/// Calls in a thread and a session of their own, which are to be seen waiting for a lock.
final class Waiting: @unchecked Sendable {
  private let condition = NSCondition()
  private var result: String?
  private let role: String

  init(
    on database: Database, as role: String,
    _ calls: @escaping @Sendable (borrowing Connection) throws(PostgresError) -> Void
  ) throws {
    self.role = role
    Thread.detachNewThread { [self] in
      var result = "ok"
      do throws(PostgresError) {
        let connection = try database.connect(as: role)
        try calls(connection)
      } catch {
        result = error.sqlstate
      }
      condition.lock()
      defer { condition.unlock() }
      self.result = result
      condition.broadcast()
    }
  }

  /// A query for its process when it waits.
  var isLocked: String {
    "SELECT a.pid FROM pg_stat_activity AS a WHERE a.usename = '\(role)' AND a.wait_event_type = 'Lock'"
  }

  /// `ok`, or with what the server ended it.
  func sqlstate() -> String {
    condition.lock()
    defer { condition.unlock() }
    while result == nil { condition.wait() }
    return result ?? ""
  }
}
