import Foundation
import Postgres
import TestServer

/// Does something in so many threads at once, each with a session of its own; no thread begins before all have one.
///
/// - Returns: what came of it, in the order of the threads.
func atOnce<Outcome: Sendable>(
  _ count: Int, in database: TestDatabase, prepare: String = "",
  _ body: @escaping @Sendable (Int, borrowing Connection) throws -> Outcome
) throws -> [Outcome] {
  let start = Start(count)
  let outcomes = Collected<Result<Outcome, any Error>>(count)
  for number in 0..<count {
    Thread.detachNewThread {
      outcomes[number] = Result {
        var stands = false
        defer { if !stands { start.stand() } }
        let connection = try database.connect()
        try connection.execute(prepare)
        stands = true
        start.stand()
        start.wait()
        return try body(number, connection)
      }
    }
  }
  return try outcomes.all().map { try $0.get() }
}

/// A line that nobody crosses before all stand at it.
private final class Start: @unchecked Sendable {
  private let condition = NSCondition()
  private var missing: Int

  init(_ count: Int) {
    missing = count
  }

  func stand() {
    condition.lock()
    defer { condition.unlock() }
    missing -= 1
    condition.broadcast()
  }

  func wait() {
    condition.lock()
    defer { condition.unlock() }
    while missing > 0 { condition.wait() }
  }
}

/// What threads bring, each to its own place.
final class Collected<Element>: @unchecked Sendable {
  private let condition = NSCondition()
  private var elements: [Element?]

  init(_ count: Int) {
    elements = Array(repeating: nil, count: count)
  }

  subscript(index: Int) -> Element? {
    get {
      condition.lock()
      defer { condition.unlock() }
      return elements[index]
    }
    set {
      condition.lock()
      defer { condition.unlock() }
      elements[index] = newValue
      condition.broadcast()
    }
  }

  /// All of them, once the last is there.
  func all() -> [Element] {
    condition.lock()
    defer { condition.unlock() }
    while elements.contains(where: { $0 == nil }) { condition.wait() }
    return elements.compactMap { $0 }
  }
}
