import PetriNet

/// A run from the initial marking on that never leaves the markings that a query means: it goes round, or ends there.
///
/// It is looked for depth first, so that none is found only when each run has left them.
struct Lasso {
  /// The run; nil when there is none.
  let run: PropertyGraph.Run?
  /// How many markings were looked at.
  let markings: Int

  /// A marking on the way, and the first transition that was not tried there.
  private struct Level {
    let marking: Marking
    var next = 0
    var isDead = true
  }

  /// Looks for one; nil when there are more markings than a limit, or somebody said to stop.
  init?(through query: Query, in net: Net, limit: Int, goOn: () -> Bool) {
    let rules = StubbornSets(
      effects: net.transitions.indices.map { net.effects(of: $0) }, bounds: net.places.map { _ in nil })
    guard query.holds(net.initialMarking, of: net) else {
      (run, markings) = (nil, 1)
      return
    }
    var levels = [Level(marking: net.initialMarking)]
    // Where a marking stands on the way, or -1 when all that follows it has left.
    var position = [net.initialMarking: 0]
    var path: [Int] = []
    while let last = levels.indices.last {
      guard position.count < limit, goOn() else { return nil }
      let marking = levels[last].marking
      let transitions = levels[last].next..<net.transitions.count
      guard let transition = transitions.first(where: { rules.isEnabled($0, in: marking.counts) }),
        let after = try? net.fire(transition, in: marking)
      else {
        guard !levels[last].isDead else {
          (run, markings) = (PropertyGraph.Run(path: path), position.count)
          return
        }
        position[marking] = -1
        levels.removeLast()
        _ = path.popLast()
        continue
      }
      levels[last].next = transition + 1
      levels[last].isDead = false
      guard query.holds(after, of: net) else { continue }
      if let start = position[after] {
        guard start >= 0 else { continue }
        path.append(transition)
        (run, markings) = (PropertyGraph.Run(path: path, loop: start..<path.count), position.count)
        return
      }
      position[after] = levels.count
      path.append(transition)
      levels.append(Level(marking: after))
    }
    (run, markings) = (nil, position.count)
  }
}
