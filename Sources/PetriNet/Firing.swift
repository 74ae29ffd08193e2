/// A condition that keeps a transition from firing.
public struct Obstacle: Hashable, Sendable {
  /// What kind of condition it is.
  public enum Condition: String, Hashable, Sendable, CaseIterable {
    /// Fewer tokens than the transition takes.
    case input
    /// Fewer tokens than the transition reads.
    case read
    /// So many tokens that the inhibitor arc blocks.
    case inhibitor
    /// The tokens that the transition puts would exceed the capacity.
    case capacity
    /// The tokens that the transition puts would exceed what 64 bits hold.
    case overflow
  }

  /// What kind of condition fails.
  public var condition: Condition
  /// The index of the place in `Net.places`.
  public var place: Int
  /// The tokens that it holds.
  public var tokens: Int
  /// The limit, in tokens held before firing: for `input` and `read` at least so many, for `inhibitor` fewer than this,
  /// for `capacity` and `overflow` at most so many (so it may be negative). It may be wider than 64 bits where a
  /// transition fires many times.
  public var need: Int128

  /// An obstacle.
  public init(_ condition: Condition, place: Int, tokens: Int, need: Int128) {
    self.condition = condition
    self.place = place
    self.tokens = tokens
    self.need = need
  }
}

/// Why a transition cannot fire.
public struct NotEnabled: Error, Hashable, Sendable {
  /// Each failing condition, by place.
  public var obstacles: [Obstacle]
}

/// The firing rule of design section 1: the reference semantics that the SQL is tested against.
extension Net {
  /// What keeps a transition from firing `times` in a row, each firing enabled when its turn comes; nothing when it can.
  ///
  /// A row of firings changes a place by the same amount each time, so the hardest firing is the first or the last, and
  /// looking at that one decides for all. A place with a reset arc holds the same tokens after every firing.
  ///
  /// - Parameters:
  ///   - transition: the index of the transition.
  ///   - times: how many firings in a row; at least one.
  ///   - marking: the tokens before the first.
  /// - Returns: each condition that fails, by place.
  public func obstacles(to transition: Int, times: Int = 1, in marking: Marking) -> [Obstacle] {
    effects(of: transition).flatMap { effect in
      var obstacles = effect.obstacles(at: marking[effect.place], times: effect.resets ? 1 : times)
      if obstacles.isEmpty, effect.resets, times > 1 {
        obstacles = effect.obstacles(at: effect.output, times: 1)
      }
      return obstacles
    }
  }

  /// Whether a transition can fire.
  public func enables(_ transition: Int, times: Int = 1, in marking: Marking) -> Bool {
    obstacles(to: transition, times: times, in: marking).isEmpty
  }

  /// The marking after a transition has fired `times` in a row.
  ///
  /// - Throws: each condition that fails.
  public func fire(_ transition: Int, times: Int = 1, in marking: Marking) throws(NotEnabled) -> Marking {
    let obstacles = obstacles(to: transition, times: times, in: marking)
    guard obstacles.isEmpty else { throw NotEnabled(obstacles: obstacles) }
    var next = marking
    for effect in effects(of: transition) {
      next[effect.place] = effect.resets ? effect.output : marking[effect.place] + times * effect.change
    }
    return next
  }

  /// What a transition needs of each place that it touches, and does to it; by place.
  public func effects(of transition: Int) -> [Effect] {
    var effects: [Effect] = []
    for arc in arcs(of: transition) {
      if effects.last?.place != arc.place {
        effects.append(Effect(place: arc.place, capacity: places[arc.place].capacity))
      }
      effects[effects.count - 1].add(arc)
    }
    return effects
  }
}

/// All that a transition needs of one place, and does to it.
public struct Effect: Hashable, Sendable {
  /// The index of the place in `Net.places`.
  public let place: Int
  /// The most tokens that the place may hold.
  public let capacity: Int?
  /// Tokens taken.
  public private(set) var input = 0
  /// Tokens put.
  public private(set) var output = 0
  /// Tokens read.
  public private(set) var read: Int?
  /// Fewer tokens than this.
  public private(set) var inhibitor: Int?
  /// Whether the place is emptied before the output is added.
  public private(set) var resets = false

  init(place: Int, capacity: Int?) {
    self.place = place
    self.capacity = capacity
  }

  mutating func add(_ arc: Arc) {
    switch arc.kind {
    case .input: input = arc.weight
    case .output: output = arc.weight
    case .read: read = arc.weight
    case .inhibitor: inhibitor = arc.weight
    case .reset: resets = true
    }
  }

  /// By how much one firing changes the place; a reset has no such number.
  public var change: Int { output - input }

  /// The conditions of the place that fail for `times` firings in a row, when it holds so many tokens.
  func obstacles(at tokens: Int, times: Int) -> [Obstacle] {
    let (tokens128, times) = (Int128(tokens), Int128(times))
    let change = resets ? 0 : Int128(self.change)
    var obstacles: [Obstacle] = []
    func unless(_ holds: Bool, _ condition: Obstacle.Condition, _ need: Int128) {
      if !holds { obstacles.append(Obstacle(condition, place: place, tokens: tokens, need: need)) }
    }

    let taken = max(0, -change) * (times - 1)
    if input > 0 { unless(tokens128 >= Int128(input) + taken, .input, Int128(input) + taken) }
    if let read { unless(tokens128 >= Int128(read) + taken, .read, Int128(read) + taken) }
    if let inhibitor {
      let limit = Int128(inhibitor) - max(0, change) * (times - 1)
      unless(tokens128 < limit, .inhibitor, limit)
    }
    if output > 0 {
      let condition: Obstacle.Condition = capacity == nil ? .overflow : .capacity
      let room = Int128(capacity ?? Int.max)
      if resets {
        unless(Int128(output) <= room, condition, room - Int128(output))
      } else if change > 0 {
        unless(tokens128 <= room - change * times, condition, room - change * times)
      }
    }
    return obstacles
  }
}
