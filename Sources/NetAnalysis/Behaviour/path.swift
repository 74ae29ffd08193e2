import PetriNet

extension StateSpace {
  /// A shortest sequence of transitions that leads from the initial marking to a marking.
  ///
  /// Found backwards: a marking of one level has a predecessor in the level before. A firing without resets can be
  /// undone and its marking looked up; where only a reset can have led to the marking, the level before is searched.
  public func path(to index: Int) -> [Int] {
    var path: [Int] = []
    var current = index
    var level = self.level(of: index)
    while level > 0 {
      guard let (transition, source) = step(to: current, from: levels[level - 1]..<levels[level]) else { break }
      path.append(transition)
      current = source
      level -= 1
    }
    return path.reversed()
  }

  /// How many firings a marking is away from the initial one, at least.
  public func level(of index: Int) -> Int {
    var (low, high) = (0, levels.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if levels[middle] <= index { low = middle } else { high = middle }
    }
    return low
  }

  /// A firing that leads to a marking from one of the given ones: the transition, and that marking.
  private func step(to index: Int, from sources: Range<Int>) -> (Int, Int)? {
    let target = marking(index)
    var nearest: (transition: Int, source: Int)?
    for transition in effects.indices where !effects[transition].contains(where: \.resets) {
      var before = target
      var isPossible = true
      for effect in effects[transition] {
        let (tokens, overflow) = target[effect.place].subtractingReportingOverflow(effect.change)
        isPossible = isPossible && !overflow && tokens >= 0
        before[effect.place] = tokens
      }
      guard isPossible, let source = self.index(of: before), sources.contains(source),
        source < nearest?.source ?? .max, net.enables(transition, in: before)
      else { continue }
      nearest = (transition, source)
    }
    return nearest ?? stepByReset(to: target, from: sources)
  }

  private func stepByReset(to target: Marking, from sources: Range<Int>) -> (Int, Int)? {
    let resetting = effects.indices.filter { effects[$0].contains(where: \.resets) }
    let possible = resetting.filter { transition in
      effects[transition].allSatisfy { !$0.resets || target[$0.place] == $0.output }
    }
    for source in sources where !possible.isEmpty {
      let marking = marking(source)
      for transition in possible where (try? net.fire(transition, in: marking)) == target {
        return (transition, source)
      }
    }
    return nil
  }
}
