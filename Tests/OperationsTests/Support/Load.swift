import Foundation

/// Threads that pay into tills, one event after the other, until they are told to stop.
final class Load: @unchecked Sendable {
  private let condition = NSCondition()
  private var stops = false
  private var running: Int
  private var acknowledged = 0
  private var failures: [String] = []

  /// Each thread pays into instances of its own, named `load THREAD NUMBER`, ten events each.
  init(on database: Database, as role: String, threads: Int = 2) {
    running = threads
    for thread in 0..<threads {
      Thread.detachNewThread { [self] in
        do {
          let connection = try database.connect(as: role)
          var number = 0
          repeat {
            try connection.fire("pay", "load \(thread) \(number / 10)")
            number += 1
          } while goesOn()
          change { running -= 1 }
        } catch {
          change {
            failures.append("\(error)")
            running -= 1
          }
        }
      }
    }
  }

  /// Pays some events, and says how many.
  static func paying(into database: Database, as role: String) throws -> Int {
    let load = Load(on: database, as: role)
    try load.waitForMore()
    return try load.stop()
  }

  /// Waits until so many more events are acknowledged.
  func waitForMore(_ events: Int = 20) throws {
    condition.lock()
    defer { condition.unlock() }
    let goal = acknowledged + events
    while acknowledged < goal, failures.isEmpty { condition.wait() }
    if let failure = failures.first { throw Failure(words: failure) }
  }

  /// Stops the threads, and says how many events they were told to be stored.
  func stop() throws -> Int {
    condition.lock()
    defer { condition.unlock() }
    stops = true
    while running > 0 { condition.wait() }
    if let failure = failures.first { throw Failure(words: failure) }
    return acknowledged
  }

  private func goesOn() -> Bool {
    condition.lock()
    defer { condition.unlock() }
    acknowledged += 1
    condition.broadcast()
    return !stops
  }

  private func change(_ body: () -> Void) {
    condition.lock()
    defer { condition.unlock() }
    body()
    condition.broadcast()
  }
}
