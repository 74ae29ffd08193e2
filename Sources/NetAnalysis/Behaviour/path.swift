import PetriNet

/// Work that may still be done: a limit that several searches share.
final class Effort {
  private(set) var left: Int
  private var unasked = 0

  init(_ left: Int) { self.left = left }

  /// Does some work; false when there was not so much left, or somebody said to stop.
  func spend(_ work: Int, _ goOn: () -> Bool) -> Bool {
    left -= work
    unasked += work
    if unasked >= StateSpace.workBetweenQuestions {
      unasked = 0
      if !goOn() { left = 0 }
    }
    return left > 0
  }
}

extension StateSpace {
  /// A shortest sequence of transitions that leads from the initial marking to a marking.
  public func path(to index: Int) -> [Int] { path(to: index, Effort(.max)) ?? [] }

  /// The same, or nil when that takes too long, or somebody said to stop.
  ///
  /// Found backwards: a marking of one level has a predecessor in the level before. A firing without resets can be
  /// undone and its marking looked up; where only a reset can have led to the marking, the level before is searched.
  func path(to index: Int, _ effort: Effort, goOn: () -> Bool = { true }) -> [Int]? {
    var path: [Int] = []
    var current = index
    var level = self.level(of: index)
    let resetting = effects.indices.filter { effects[$0].contains(where: \.resets) }
    let plain = effects.indices.filter { !effects[$0].contains(where: \.resets) }
    while level > 0 {
      let sources = levels[level - 1]..<levels[level]
      let target = marking(current)
      guard
        let (transition, source) = step(to: target, from: sources, by: plain, effort, goOn)
          ?? stepByReset(to: target, from: sources, by: resetting, effort, goOn)
      else { return nil }
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
  private func step(
    to target: Marking, from sources: Range<Int>, by transitions: [Int], _ effort: Effort, _ goOn: () -> Bool
  ) -> (Int, Int)? {
    var nearest: (transition: Int, source: Int)?
    for transition in transitions {
      guard effort.spend(effects[transition].count + 1, goOn) else { return nil }
      guard let before = self.marking(before: target, transition), effort.spend(before.counts.count, goOn),
        let source = self.index(of: before), sources.contains(source), source < nearest?.source ?? .max,
        net.enables(transition, in: before)
      else { continue }
      nearest = (transition, source)
    }
    return nearest
  }

  /// The marking from which a firing leads to another one; what a reset place held is left at zero, since that is not
  /// known. Nil when there is none.
  private func marking(before target: Marking, _ transition: Int) -> Marking? {
    // Few can have led there; of the others no marking is made.
    let canHaveFired = effects[transition].allSatisfy { effect in
      let tokens = target[effect.place]
      return effect.resets ? tokens == effect.output : tokens >= effect.output
    }
    guard canHaveFired else { return nil }
    var before = target
    for effect in effects[transition] {
      guard !effect.resets else {
        guard target[effect.place] == effect.output else { return nil }
        before[effect.place] = 0
        continue
      }
      let (tokens, overflow) = target[effect.place].subtractingReportingOverflow(effect.change)
      guard !overflow, tokens >= 0 else { return nil }
      before[effect.place] = tokens
    }
    return before
  }

  /// The same for transitions with resets: the sources are held against the places that are not reset, word by word.
  private func stepByReset(
    to target: Marking, from sources: Range<Int>, by transitions: [Int], _ effort: Effort, _ goOn: () -> Bool
  ) -> (Int, Int)? {
    let words = layout.words
    let patterns: [(transition: Int, pattern: [UInt64], mask: [UInt64])] = transitions.compactMap { transition in
      guard let before = marking(before: target, transition),
        zip(layout.fields, before.counts).allSatisfy({ $0.width > 0 ? $1 <= $0.most : $1 == $0.constant })
      else { return nil }
      var mask = Array(repeating: UInt64.max, count: words)
      for effect in effects[transition] where effect.resets {
        mask[layout.fields[effect.place].word] &= ~layout.fields[effect.place].mask
      }
      var pattern = Array(repeating: UInt64(0), count: words)
      pattern.withUnsafeMutableBufferPointer { pattern in
        if let base = pattern.baseAddress { layout.pack(before.counts, into: base) }
      }
      return (transition, pattern, mask)
    }
    guard !patterns.isEmpty else { return nil }
    for source in sources {
      guard effort.spend(patterns.count, goOn) else { return nil }
      let marking = store[source]
      for (transition, pattern, mask) in patterns
      where (0..<words).allSatisfy({ (marking[$0] ^ pattern[$0]) & mask[$0] == 0 })
        && (try? net.fire(transition, in: self.marking(source))) == target
      {
        return (transition, source)
      }
    }
    return nil
  }
}
