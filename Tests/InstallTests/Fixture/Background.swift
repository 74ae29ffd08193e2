import Foundation
import Postgres
import Synchronization
import TestServer

/// Work on a thread of its own.
final class Background<Value: Sendable>: Sendable {
  private let outcome = Mutex<Result<Value, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  init(_ work: @escaping @Sendable () throws -> Value) {
    Thread { [self] in
      let result = Result { try work() }
      outcome.withLock { $0 = result }
      done.signal()
    }.start()
  }

  /// Waits for its end; asked once.
  func result() throws -> Value {
    guard done.wait(timeout: .now() + 60) == .success, let result = outcome.withLock({ $0 }) else { throw Late() }
    return try result.get()
  }
}

/// Something did not happen within a minute.
struct Late: Error {}

extension Site {
  /// Waits until a session of this database waits for a lock.
  func waitForLock() throws { try InstallTests.waitForLock(in: database.name, on: try superuser()) }
}

/// Waits until a session of a database waits for a lock, as the server's activity view has it.
func waitForLock(in database: String, on connection: borrowing Connection) throws {
  try waitUntil(
    """
    EXISTS (SELECT FROM pg_stat_activity AS a
             WHERE a.datname = '\(database)' AND a.wait_event_type = 'Lock' AND a.pid <> pg_backend_pid())
    """, on: connection)
}

/// Asks again and again until a condition holds.
func waitUntil(_ condition: String, on connection: borrowing Connection) throws {
  let end = Date.now.addingTimeInterval(60)
  while try connection.query("SELECT \(condition)")[0][0] != "t" {
    guard Date.now < end else { throw Late() }
  }
}
