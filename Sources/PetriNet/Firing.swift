/// The firing rule of design section 1: the reference semantics that the SQL is tested against.
///
/// A transition is its conditions, each of which must hold, and its changes, which are then made. All else, the SQL that
/// the compiler writes included, is a rendering of these two.
extension Net {
  /// What a transition demands before it fires; by place, then by kind.
  public func conditions(of transition: Int) -> [Condition] { effects(of: transition).flatMap(\.conditions) }

  /// What a transition does when it fires; by place.
  public func changes(of transition: Int) -> [Change] { effects(of: transition).compactMap(\.asChange) }

  /// What keeps a transition from firing `times` in a row, each firing enabled when its turn comes; nothing when it can.
  ///
  /// - Parameters:
  ///   - transition: the index of the transition.
  ///   - times: how many firings in a row; at least one.
  ///   - marking: the tokens before the first.
  /// - Returns: each condition that fails, by place.
  public func obstacles(to transition: Int, times: Int = 1, in marking: Marking) -> [Obstacle] {
    conditions(of: transition).compactMap { $0.obstacle(at: marking[$0.place], times: times) }
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
    for change in changes(of: transition) {
      next[change.place] = change.tokens(after: times, from: marking[change.place])
    }
    return next
  }
}
