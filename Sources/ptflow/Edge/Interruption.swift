import Foundation
import Postgres

/// The user's wish to stop (control-C), for work that says where it stopped.
enum Interruption {
  /// Only the handler writes the first, and only `watch` the second, before the handler is there.
  nonisolated(unsafe) private static var wish: sig_atomic_t = 0
  nonisolated(unsafe) private static var canceller: Canceller?

  /// Whether the user wants to stop.
  static var isAskedFor: Bool { wish != 0 }

  /// From now on, control-C cancels the statement that runs and is noted; the second one ends the program, as ever.
  static func watch(_ connection: borrowing Connection) {
    canceller = connection.canceller
    watch()
  }

  /// From now on, control-C is noted; the second one ends the program, as ever.
  static func watch() {
    // Without SA_RESTART, so that a read that waits for input ends as well.
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      signal(SIGINT, SIG_DFL)
      Interruption.wish = 1
      Interruption.canceller?.cancel()
    }
    sigaction(SIGINT, &action, nil)
  }

  /// From now on, control-C ends the program, as ever.
  static func unwatch() { signal(SIGINT, SIG_DFL) }
}

/// The user stopped the work.
struct Interrupted: Error {}
