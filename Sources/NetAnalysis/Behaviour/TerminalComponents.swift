/// The strongly connected components that no firing leaves: where each run ends up.
struct TerminalComponents {
  /// How many components there are, of all kinds.
  let componentCount: Int
  /// How many markings can be reached from each marking.
  let homeMarkings: Int
  /// The first marking that does not lead back to the initial one.
  let firstWithoutReturn: Int?
  /// The transitions that fire in each terminal component.
  let liveTransitions: [Int]
  /// The first marking after which some transition never fires again, and that transition.
  let firstLoss: (marking: Int, transition: Int)?

  /// Looks at all markings; nil when the caller wants no more, or that takes more than so many bytes.
  init?(_ space: StateSpace, _ graph: StateGraph, bytes: Int, goOn: () -> Bool) {
    guard graph.componentCount * 9 <= bytes, let terminal = graph.terminal(goOn: goOn) else { return nil }
    let components = graph.components
    componentCount = graph.componentCount
    var numbers = Array(repeating: -1, count: terminal.count)
    var count = 0
    for component in terminal.indices where terminal[component] {
      numbers[component] = count
      count += 1
    }

    // A bit a transition, since there may be as many terminal components as dead markings.
    let words = space.effects.count / 64 + 1
    guard graph.componentCount * 9 + count * (words * 8 + 16) <= bytes else { return nil }
    var fires = Array(repeating: UInt64(0), count: count * words)
    var sizes = Array(repeating: 0, count: count)
    var firsts = Array(repeating: -1, count: count)
    let isDone = space.forEachFiring(from: { terminal[Int(components[$0])] }, goOn: goOn) { marking, transitions in
      let own = numbers[Int(components[marking])]
      sizes[own] += 1
      if firsts[own] < 0 { firsts[own] = marking }
      for transition in transitions {
        fires[own * words + Int(transition) / 64] |= 1 << UInt64(transition % 64)
      }
    }
    guard isDone else { return nil }
    homeMarkings = count == 1 ? sizes[0] : 0
    firstWithoutReturn = (0..<space.count).first { components[$0] != components[0] }

    var live = Array(repeating: true, count: space.effects.count)
    var loss: (marking: Int, transition: Int)?
    for own in 0..<count {
      if own & 0xFFFF == 0xFFFF, !goOn() { return nil }
      for transition in live.indices
      where fires[own * words + transition / 64] & (1 << UInt64(transition % 64)) == 0 {
        live[transition] = false
        if firsts[own] < loss?.marking ?? .max { loss = (firsts[own], transition) }
      }
    }
    liveTransitions = live.indices.filter { live[$0] }
    firstLoss = loss
  }
}

extension StateSpace {
  /// Goes through some markings in order, with the transitions that each enables.
  ///
  /// - Returns: whether the caller wanted all of them.
  func forEachFiring(
    from isAsked: (Int) -> Bool, goOn: () -> Bool, _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void
  ) -> Bool {
    guard var batch = Batch(words: layout.words, transitions: effects.count) else { return false }
    for source in 0..<count {
      if source & 0xFFF == 0xFFF, !goOn() { return false }
      guard isAsked(source) else { continue }
      guard case .done = packed.expand(store[source], sources: 1, into: &batch) else { return false }
      body(source, UnsafeBufferPointer(start: batch.via, count: batch.count))
    }
    return true
  }

  /// Goes through the expanded markings that enable nothing, in order, until a body says that it is enough.
  ///
  /// - Returns: whether the caller wanted to go on.
  func forEachDead(goOn: () -> Bool, _ body: (Int) -> Bool) -> Bool {
    guard deadlocks > 0, var batch = Batch(words: layout.words, transitions: effects.count) else { return true }
    var (source, seen) = (0, 0)
    while source < expanded, seen < deadlocks {
      guard goOn(), case .done = packed.expand(store[source], sources: expanded - source, into: &batch) else {
        return false
      }
      for index in 0..<batch.sources where batch.ends[index] == (index == 0 ? 0 : batch.ends[index - 1]) {
        seen += 1
        guard body(source + index) else { return true }
      }
      source += batch.sources
    }
    return true
  }

  /// The first expanded marking that enables one of some transitions, and which; nil when none does, or somebody said to
  /// stop.
  func first(enabling transitions: Set<Int>, goOn: () -> Bool) -> (index: Int, transition: Int)? {
    guard transitions.contains(where: { firings[$0] > 0 }),
      var batch = Batch(words: layout.words, transitions: effects.count)
    else { return nil }
    var source = 0
    while source < expanded, goOn() {
      guard case .done = packed.expand(store[source], sources: expanded - source, into: &batch) else { return nil }
      var start = 0
      for index in 0..<batch.sources {
        let found = (start..<batch.ends[index]).first { transitions.contains(Int(batch.via[$0])) }
        if let found { return (source + index, Int(batch.via[found])) }
        start = batch.ends[index]
      }
      source += batch.sources
    }
    return nil
  }

  /// The tokens of one place.
  func tokens(of place: Int, in index: Int) -> Int { layout.tokens(of: place, in: store[index]) }
}
