/// How far an exploration may go.
public struct Limits: Hashable, Sendable {
  /// The most markings.
  public var markings: Int
  /// The most memory, in bytes.
  public var bytes: Int

  /// Limits; without a number there is none but the machine's.
  public init(markings: Int = .max, bytes: Int = .max) {
    self.markings = markings
    self.bytes = bytes
  }
}

/// Why an analysis ended before it knew.
public enum Stop: String, Hashable, Sendable {
  /// The limit of markings.
  case markings
  /// The limit of memory, or there is no more.
  case memory
  /// The caller's clock, or an interruption.
  case asked
}
