import Foundation
import Synchronization

/// Threads that each do their part; what they bring is asked for once.
final class Crew<Outcome: Sendable>: Sendable {
  private let outcomes: Mutex<[Int: Result<Outcome, any Error>]> = Mutex([:])
  private let done = DispatchGroup()

  init(_ count: Int, _ part: @escaping @Sendable (_ number: Int) throws -> Outcome) {
    for number in 0..<count {
      done.enter()
      Thread.detachNewThread { [self] in
        let outcome = Result { try part(number) }
        outcomes.withLock { $0[number] = outcome }
        done.leave()
      }
    }
  }

  /// Whether all are done.
  var isDone: Bool { done.wait(timeout: .now()) == .success }

  /// What came of it, in the order of the threads, when the last is done.
  func results() throws -> [Outcome] {
    done.wait()
    return try outcomes.withLock { outcomes in try outcomes.sorted { $0.key < $1.key }.map { try $0.value.get() } }
  }
}
