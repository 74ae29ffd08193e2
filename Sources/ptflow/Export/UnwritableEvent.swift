import Installer

/// An event that a format cannot hold.
struct UnwritableEvent: Reportable, CustomStringConvertible {
  let event: StoredEvent
  let reason: String
  let hint: String

  /// What is wrong, for people.
  var description: String { "event \(event.seq) of \(event.net) \(event.id) \(reason). \(hint)" }
}
