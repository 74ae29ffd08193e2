/// All arcs between a transition and one place, side by side.
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
}

extension Net {
  /// The arcs of a transition, side by side for each place that it touches; by place.
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
