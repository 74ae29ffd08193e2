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

  /// Looks at all markings.
  init(_ space: StateSpace, _ graph: StateGraph) {
    let terminal = graph.terminal
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
    var fires = Array(repeating: UInt64(0), count: count * words)
    var sizes = Array(repeating: 0, count: count)
    var firsts = Array(repeating: -1, count: count)
    space.forEachFiring(from: { terminal[Int(components[$0])] }) { marking, transitions in
      let own = numbers[Int(components[marking])]
      sizes[own] += 1
      if firsts[own] < 0 { firsts[own] = marking }
      for transition in transitions {
        fires[own * words + Int(transition) / 64] |= 1 << UInt64(transition % 64)
      }
    }
    homeMarkings = count == 1 ? sizes[0] : 0
    firstWithoutReturn = (0..<space.count).first { components[$0] != components[0] }

    var live = Array(repeating: true, count: space.effects.count)
    var loss: (marking: Int, transition: Int)?
    for own in 0..<count {
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
  func forEachFiring(from isAsked: (Int) -> Bool, _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void) {
    guard var batch = Batch(words: layout.words, transitions: effects.count) else { return }
    for source in 0..<count where isAsked(source) {
      guard case .done = packed.expand(store[source], sources: 1, into: &batch) else { return }
      body(source, UnsafeBufferPointer(start: batch.via, count: batch.count))
    }
  }

  /// The expanded markings that enable nothing.
  var deadMarkings: [Int] {
    var dead: [Int] = []
    guard deadlocks > 0, var batch = Batch(words: layout.words, transitions: effects.count) else { return [] }
    var source = 0
    while source < expanded, dead.count < deadlocks {
      guard case .done = packed.expand(store[source], sources: expanded - source, into: &batch) else { return dead }
      for index in 0..<batch.sources where batch.ends[index] == (index == 0 ? 0 : batch.ends[index - 1]) {
        dead.append(source + index)
      }
      source += batch.sources
    }
    return dead
  }

  /// The tokens of one place.
  func tokens(of place: Int, in index: Int) -> Int { layout.tokens(of: place, in: store[index]) }
}
