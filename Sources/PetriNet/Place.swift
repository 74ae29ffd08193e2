public import Diagnostics

/// A place: it holds tokens, never fewer than none and, with a capacity, never more than that.
public struct Place: Hashable, Sendable {
  /// The place's own name; any text that is not empty.
  public var name: String
  /// The number of tokens in the initial marking.
  public var initial: Int
  /// The most tokens it may hold; nil when there is no limit.
  public var capacity: Int?
  /// What its author says about it: prose, and no part of what the net does.
  public var about: String?
  /// Where it was drawn.
  public var position: Position?
  /// Where it was declared.
  public var location: SourceLocation

  /// A place.
  public init(
    _ name: String, initial: Int = 0, capacity: Int? = nil, about: String? = nil, position: Position? = nil,
    location: SourceLocation = .unknown
  ) {
    self.name = name
    self.initial = initial
    self.capacity = capacity
    self.about = about
    self.position = position
    self.location = location
  }
}

/// A point of the drawing, in the drawing's own units; y grows downwards.
public struct Position: Hashable, Sendable {
  /// To the right.
  public var x: Double
  /// Downwards.
  public var y: Double

  /// A point.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
