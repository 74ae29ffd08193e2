import PetriNet

/// A run from the initial marking on that never leaves the markings that a query means: it goes round, or ends there.
///
/// It is looked for depth first, so that none is found only when each run has left them.
struct Lasso {
  /// The run; nil when there is none.
  let run: PropertyGraph.Run?
  /// How many markings were looked at.
  let markings: Int

  private struct Level {
    let marking: Marking
    let steps: [(transition: Int, marking: Marking)]
    var next = 0
  }

  /// Looks for one; nil when there are more markings than a limit, or somebody said to stop.
  init?(through query: Query, in net: Net, limit: Int, goOn: () -> Bool) {
    func level(_ marking: Marking) -> Level {
      Level(
        marking: marking,
        steps: net.transitions.indices.compactMap { transition in
          (try? net.fire(transition, in: marking)).map { (transition, $0) }
        })
    }
    guard query.holds(net.initialMarking, of: net) else {
      (run, markings) = (nil, 1)
      return
    }
    var levels = [level(net.initialMarking)]
    // Where a marking stands on the way, or -1 when all that follows it has left.
    var position = [net.initialMarking: 0]
    var path: [Int] = []
    while let last = levels.indices.last {
      guard position.count < limit, goOn() else { return nil }
      guard !levels[last].steps.isEmpty else {
        (run, markings) = (PropertyGraph.Run(path: path), position.count)
        return
      }
      guard levels[last].next < levels[last].steps.count else {
        position[levels[last].marking] = -1
        levels.removeLast()
        _ = path.popLast()
        continue
      }
      let (transition, marking) = levels[last].steps[levels[last].next]
      levels[last].next += 1
      guard query.holds(marking, of: net) else { continue }
      if let start = position[marking] {
        guard start >= 0 else { continue }
        path.append(transition)
        (run, markings) = (PropertyGraph.Run(path: path, loop: start..<path.count), position.count)
        return
      }
      position[marking] = levels.count
      path.append(transition)
      levels.append(level(marking))
    }
    (run, markings) = (nil, position.count)
  }
}
