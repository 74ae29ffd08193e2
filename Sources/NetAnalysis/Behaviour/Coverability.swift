import PetriNet

/// A coverability tree: R. M. Karp and R. E. Miller, "Parallel program schemata", Journal of Computer and System Sciences
/// 3 (1969).
///
/// A node is a marking in which some places hold *any number* of tokens: ``any``. Such a place comes about when a node is
/// at least as large as one on the way to it: what happened in between can happen again, and each time there are more. A
/// node that another one covers is not followed, since all that it can do the other can do as well; that leaves far fewer
/// nodes than the original's rule of equality, and no node is ever removed, which is where later variants went wrong (P.-A.
/// Reynier and F. Servais, "Minimal coverability set for Petri nets", Petri Nets 2011).
///
/// Nets with inputs, outputs and reads always come to an end. Beyond them:
/// - a place that an inhibitor or a capacity looks at must be *equal* in both nodes, so that every test goes as before;
/// - a place that is reset in between keeps what it has, since a reset forgets what was there;
/// - and the search may go on without end where inhibitors or resets make the question undecidable.
struct Coverability {
  /// More tokens than any number.
  static let any = Int.max

  /// The shortest way found to tokens without end: the transitions, and which of them can be repeated.
  private(set) var pump: (path: [Int], loop: Range<Int>)?
  /// The places that grow when the pump is repeated.
  private(set) var pumped: [Int] = []
  /// The places that can hold any number of tokens; all of them when the tree is complete.
  private(set) var unbounded: Set<Int> = []
  /// Whether each transition is enabled somewhere in the tree; certain, also in a tree that is not complete.
  private(set) var fires: [Bool]
  /// How many nodes there are.
  private(set) var count = 0
  /// Whether all nodes were followed.
  private(set) var isComplete = false

  private struct Node {
    let counts: [Int]
    let parent: Int
    let via: Int
  }

  /// Builds the tree breadth first.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - limit: the most nodes.
  ///   - goOn: asked now and then, with the number of nodes.
  init(of net: Net, limit: Int, goOn: (Int) -> Bool) {
    let effects = net.transitions.indices.map { net.effects(of: $0) }
    fires = Array(repeating: false, count: effects.count)
    var isTested = Array(repeating: false, count: net.places.count)
    for effect in effects.joined() where effect.ceiling != nil { isTested[effect.place] = true }
    var nodes = [Node(counts: net.initialMarking.counts, parent: -1, via: -1)]
    var next = 0
    defer { count = nodes.count }

    while next < nodes.count {
      guard nodes.count < limit, goOn(nodes.count) else { return }
      for transition in effects.indices {
        guard var counts = Self.fire(effects[transition], in: nodes[next].counts) else { continue }
        fires[transition] = true
        // A count as large as the mark for any number: the net plays with 2^63 tokens, which is beyond this analysis.
        guard !zip(counts, nodes[next].counts).contains(where: { $0 == Self.any && $1 != Self.any }) else { return }
        accelerate(&counts, from: next, by: transition, nodes, effects, isTested)
        guard !nodes.contains(where: { Self.covers($0.counts, counts, isTested) }) else { continue }
        nodes.append(Node(counts: counts, parent: next, via: transition))
      }
      next += 1
    }
    isComplete = true
  }

  /// The marking after a firing, or nil when the transition is not enabled.
  private static func fire(_ effects: [Effect], in counts: [Int]) -> [Int]? {
    for effect in effects {
      let tokens = counts[effect.place]
      if tokens < effect.least || tokens > effect.ceiling ?? .max { return nil }
    }
    var after = counts
    for effect in effects {
      if effect.resets {
        after[effect.place] = effect.output
      } else if counts[effect.place] != any {
        let (sum, overflow) = counts[effect.place].addingReportingOverflow(effect.change)
        after[effect.place] = overflow ? any : sum
      }
    }
    return after
  }

  /// Whether all that is possible with some tokens is possible with others as well.
  private static func covers(_ larger: [Int], _ smaller: [Int], _ isTested: [Bool]) -> Bool {
    for place in larger.indices
    where larger[place] < smaller[place] || (isTested[place] && larger[place] != smaller[place]) {
      return false
    }
    return true
  }

  /// Makes places that grow when what happened since an earlier node is repeated hold any number of tokens.
  private mutating func accelerate(
    _ counts: inout [Int], from node: Int, by transition: Int, _ nodes: [Node], _ effects: [[Effect]],
    _ isTested: [Bool]
  ) {
    var isReset: Set<Int> = Set(effects[transition].filter(\.resets).map(\.place))
    var path = [transition]
    var ancestor = node
    while ancestor >= 0 {
      let earlier = nodes[ancestor]
      if Self.covers(counts, earlier.counts, isTested) {
        let growing = counts.indices.filter { counts[$0] > earlier.counts[$0] && !isReset.contains($0) }
        if !growing.isEmpty {
          note(path, before: ancestor, growing, nodes)
          for place in growing { counts[place] = Self.any }
          unbounded.formUnion(growing)
        }
      }
      if earlier.parent >= 0 {
        path.insert(earlier.via, at: 0)
        isReset.formUnion(effects[earlier.via].filter(\.resets).map(\.place))
      }
      ancestor = earlier.parent
    }
  }

  /// Keeps the first pump: on the way to it no place holds any number yet, so that it can be fired as it stands.
  private mutating func note(_ loop: [Int], before ancestor: Int, _ growing: [Int], _ nodes: [Node]) {
    guard pump == nil else { return }
    var path: [Int] = []
    var node = ancestor
    while nodes[node].parent >= 0 {
      path.insert(nodes[node].via, at: 0)
      node = nodes[node].parent
    }
    pump = (path + loop, path.count..<(path.count + loop.count))
    pumped = growing
  }
}

extension Effect {
  /// The most tokens with which the transition is enabled, by inhibitors and capacities; nil when any number will do.
  fileprivate var ceiling: Int? { capacity == nil && inhibitor == nil ? nil : most }
}
