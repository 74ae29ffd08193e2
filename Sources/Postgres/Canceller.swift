import CLibPQ

/// Interrupts the statement that a connection runs, from outside the thread that waits for it.
///
/// It stays valid when the connection is closed; there is then nothing to interrupt.
///
/// `@unchecked Sendable`: libpq never changes what the pointer points at, and documents `PQcancel` as safe in any
/// thread and in signal handlers.
public final class Canceller: @unchecked Sendable {
  private let raw: OpaquePointer?

  init(of connection: OpaquePointer) {
    raw = PQgetCancel(connection)
  }

  deinit { PQfreeCancel(raw) }

  /// Asks the server to stop the statement, which then fails with SQLSTATE 57014.
  ///
  /// - Returns: whether the request was sent; not whether there was a statement to stop.
  @discardableResult
  public func cancel() -> Bool {
    guard let raw else { return false }
    // libpq writes why it failed; a stack buffer keeps this free of allocation, for signal handlers.
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { reason in
      PQcancel(raw, reason.baseAddress, Int32(reason.count)) == 1
    }
  }
}
