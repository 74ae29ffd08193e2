import PetriNet

/// A search that looks next at what is nearest to a marking that is meant, by an estimate: it finds soon what is far from
/// the initial marking, and proves nothing where there is none.
///
/// Best-first search (J. Pearl, "Heuristics" (1984)); the estimate counts the tokens that are missing or too many, as in
/// P. G. Jensen, T. Nielsen, L. K. Oestergaard, J. Srba, "TAPAAL and reachability analysis of P/T nets" (2016), and for a
/// deadlock the transitions that are enabled.
final class DirectedSearch {
  private let query: Query
  private let net: Net
  private let rules: StubbornSets
  private let effects: [[Effect]]
  /// For each place the transitions that ask something of it.
  private let asking: [[Int]]
  private let limit: Int
  private var markings: [[Int]] = []
  private var numbers: [[Int]: Int] = [:]
  /// The firing that led to each marking, and from which.
  private var via: [(transition: Int, source: Int)] = []
  private var queue = Heap()
  private var found: Int?

  /// A search.
  ///
  /// - Parameters:
  ///   - query: which markings are meant.
  ///   - net: the net.
  ///   - limits: the markings that it may find, and the memory that it may take.
  init(_ query: Query, in net: Net, _ limits: Limits) {
    self.query = query
    self.net = net
    effects = net.transitions.indices.map { net.effects(of: $0) }
    rules = StubbornSets(effects: effects, bounds: net.places.map { _ in nil })
    var asking = Array(repeating: [Int](), count: net.places.count)
    for (transition, effects) in effects.enumerated() {
      for effect in effects where effect.least > 0 || effect.most != nil { asking[effect.place].append(transition) }
    }
    self.asking = asking
    limit = min(limits.markings, limits.bytes / Self.bytesAMarking(of: net))
    if limit > 0 {
      let counts = net.initialMarking.counts
      add(counts, by: -1, from: -1) { rules.enabled(in: counts).count }
    }
  }

  /// A marking takes its tokens, and about as much again in the tables.
  private static func bytesAMarking(of net: Net) -> Int { 16 * (net.places.count + 16) }

  /// The bytes in use, about.
  var bytes: Int { markings.count * Self.bytesAMarking(of: net) }

  /// Whether it can go no further.
  var isOver: Bool { queue.isEmpty || markings.count >= limit }

  /// Looks at so many markings more.
  ///
  /// - Returns: the way to one that is meant; nil when there is none yet.
  func run(_ more: Int, goOn: () -> Bool) -> [Int]? {
    var left = more
    while found == nil, left > 0, markings.count < limit, goOn(), let next = queue.pop() {
      left -= 1
      let counts = markings[next]
      let enabled = rules.enabled(in: counts)
      let isEnabled = BitSet(enabled, below: effects.count)
      for transition in enabled where found == nil {
        var after = counts
        for effect in effects[transition] { after[effect.place] = effect.after(after[effect.place]) }
        add(after, by: transition, from: next) {
          // Only what asks something of a place that changed can be enabled now and was not, or the other way round.
          let places = effects[transition].filter { after[$0.place] != counts[$0.place] }.map(\.place)
          return Set(places.flatMap { asking[$0] }).reduce(enabled.count) { count, other in
            count + (rules.isEnabled(other, in: after) ? 1 : 0) - (isEnabled.contains(other) ? 1 : 0)
          }
        }
      }
    }
    return found.map(path)
  }

  private func add(_ counts: [Int], by transition: Int, from source: Int, enabled: () -> Int) {
    guard numbers[counts] == nil else { return }
    numbers[counts] = markings.count
    markings.append(counts)
    via.append((transition, source))
    let distance = distance(to: query, from: counts, enabled)
    if distance == 0 { found = markings.count - 1 }
    queue.push(Heap.Entry(distance: distance, index: markings.count - 1))
  }

  private func path(to index: Int) -> [Int] {
    var path: [Int] = []
    var index = index
    while via[index].source >= 0 {
      path.append(via[index].transition)
      index = via[index].source
    }
    return path.reversed()
  }

  /// How far a marking is from one that is meant, about; zero when it is one.
  private func distance(to query: Query, from counts: [Int], _ enabled: () -> Int) -> Int {
    switch query {
    case .all(let parts):
      return parts.reduce(0) { min($0 + distance(to: $1, from: counts, enabled), Self.farthest) }
    case .any(let parts):
      return parts.reduce(Self.farthest) { min($0, distance(to: $1, from: counts, enabled)) }
    case .compare(let sum, let comparison):
      let value = sum.value(in: counts)
      guard !comparison.holds(value) else { return 0 }
      return max(1, Int(clamping: min(value.magnitude, UInt128(Self.farthest))))
    case .enabled(let transition, let isWanted):
      guard rules.isEnabled(transition, in: counts) != isWanted else { return 0 }
      guard isWanted else { return 1 }
      return effects[transition].reduce(1) { sum, effect in
        let missing = max(0, effect.least - counts[effect.place])
        let above = effect.most.map { max(0, counts[effect.place] - max(0, $0)) } ?? 0
        return min(sum + min(missing, Self.farthest) + min(above, Self.farthest), Self.farthest)
      }
    case .deadlock(let isWanted):
      return isWanted ? min(enabled(), Self.farthest) : enabled() > 0 ? 0 : 1
    }
  }

  private static let farthest = 1 << 30
}

/// The markings that were not looked at, the nearest first, and of those as near the last found.
private struct Heap {
  struct Entry {
    let distance: Int
    let index: Int

    func precedes(_ other: Entry) -> Bool { (distance, other.index) < (other.distance, index) }
  }

  private var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0, entries[child].precedes(entries[(child - 1) / 2]) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> Int? {
    guard let first = entries.first else { return nil }
    let last = entries.removeLast()
    guard !entries.isEmpty else { return first.index }
    entries[0] = last
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
        if entries[child].precedes(entries[best]) { best = child }
      }
      guard best != parent else { return first.index }
      entries.swapAt(parent, best)
      parent = best
    }
  }
}
