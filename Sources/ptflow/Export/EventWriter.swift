import Installer

/// Writes events in a format, piece by piece.
protocol EventWriter {
  /// What comes before all events.
  mutating func head() -> String
  /// What an event is; they come instance by instance, in order.
  mutating func event(_ event: StoredEvent) throws -> String
  /// What comes after all events.
  mutating func foot() -> String
}
