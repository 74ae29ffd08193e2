import PetriNet

/// The explorer that one writes first: markings as arrays in a set, and every transition tried in each. What the packed
/// one is measured against; only inputs, outputs and reads.
struct NaiveExplorer {
  private(set) var markings = 0
  private(set) var firings = 0

  /// Explores breadth first, through so many markings at most.
  init(_ net: Net, limit: Int) {
    let effects = net.transitions.indices.map { net.effects(of: $0) }
    var queue = [net.initialMarking.counts]
    var seen: Set<[Int]> = [queue[0]]
    var next = 0
    while next < queue.count, next < limit {
      let marking = queue[next]
      next += 1
      for transition in effects {
        guard transition.allSatisfy({ marking[$0.place] >= max($0.input, $0.read ?? 0) }) else { continue }
        var after = marking
        for effect in transition { after[effect.place] += effect.change }
        firings += 1
        if seen.insert(after).inserted { queue.append(after) }
      }
    }
    markings = next
  }
}
