/// How far an analysis may go.
public struct Limits: Hashable, Sendable {
  /// The most markings.
  public var markings: Int
  /// The most memory, in bytes.
  public var bytes: Int
  /// Whether nets may be made smaller before they are searched; only to measure what that is worth.
  public var reduces: Bool

  /// Limits; without a number there is none but the machine's.
  public init(markings: Int = .max, bytes: Int = .max, reduces: Bool = true) {
    self.markings = markings
    self.bytes = bytes
    self.reduces = reduces
  }
}

/// Why an analysis ended before it knew.
public enum Stop: String, Hashable, Sendable {
  /// The limit of markings.
  case markings
  /// The limit of memory, or there is no more.
  case memory
  /// The caller's clock, or an interruption.
  case time
  /// There is no end: some place can hold any number of tokens.
  case unbounded
}

/// How far an analysis is.
public struct Progress: Hashable, Sendable {
  /// What it does.
  public enum Phase: String, Hashable, Sendable {
    /// Looks for all reachable markings.
    case exploring
    /// Looks for a way to pump tokens without end.
    case covering
    /// Looks for the cycles among the markings.
    case connecting
    /// Looks for a deadlock by stubborn sets.
    case reducing
    /// Looks for the most tokens that places can hold.
    case bounding
    /// Looks through what was found.
    case concluding
  }

  /// What it does.
  public let phase: Phase
  /// How many markings it has found.
  public let markings: Int

  /// The caller looks for bounds, before anything else.
  public static let bounding = Progress(phase: .bounding, markings: 0)
}

/// The caller's clock: it is told how far an analysis is, and answers which share of its time is used up; with 1 or more
/// the analysis ends, and says what it knows.
public typealias Clock = (Progress) -> Double
