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
/// - a place that an inhibitor or a capacity of what happened in between looks at must be *equal* in both nodes, so that
///   every test goes as before. Where tests elsewhere look at a place that grows, the tree misses what happens while it
///   holds few tokens: what it shows is true, but it never counts as complete;
/// - a place that is reset in between keeps what it has, since a reset forgets what was there;
/// - and the search may go on without end where inhibitors or resets make the question undecidable.
///
/// A pump is believed when the firing rule has repeated it some hundred times.
struct Coverability {
  /// More tokens than any number.
  static let any = Int.max
  /// The bytes that a node takes for each place, and about as much for itself: an array has up to twice the room it needs.
  static let bytesACount = 2 * MemoryLayout<Int>.stride

  /// The shortest way found to tokens without end: the transitions, and which of them can be repeated.
  private(set) var pump: (path: [Int], loop: Range<Int>)?
  /// The places that grow when the pump is repeated.
  private(set) var pumped: [Int] = []
  /// The places that can hold any number of tokens; all of them when the tree is complete.
  private(set) var unbounded: Set<Int> = []
  /// Whether each transition is enabled somewhere in the tree; certain, also in a tree that is not complete.
  private(set) var fires: [Bool]
  /// Whether all nodes were followed.
  private(set) var isComplete = false

  /// Where a node came from; its counts stand in a row of their own, since each new node is held against all.
  private struct Node {
    let parent: Int
    let via: Int
  }

  private var nodes: [Node] = []
  private var rows: [Int] = []
  private let net: Net
  private let effects: [[Effect]]
  /// The places that some inhibitor or capacity looks at.
  private let isTested: [Bool]
  /// Whether each place that grows is one that no inhibitor or capacity looks at.
  private var isExact = true

  /// Builds the tree.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - isDeep: whether depth first, which finds pumps soon, or breadth first, which finds short ones.
  ///   - limit: the most nodes.
  ///   - goOn: asked now and then, with the number of nodes.
  init(of net: Net, isDeep: Bool, limit: Int, goOn: (Int) -> Bool) {
    let effects = net.transitions.indices.map { net.effects(of: $0) }
    var isTested = Array(repeating: false, count: net.places.count)
    for effect in effects.joined() where effect.ceiling != nil { isTested[effect.place] = true }
    self.net = net
    self.effects = effects
    self.isTested = isTested
    fires = Array(repeating: false, count: effects.count)
    // What is as large as the mark for any number is beyond this analysis, here and below.
    guard !net.initialMarking.counts.contains(Self.any) else { return }
    add(net.initialMarking.counts, Node(parent: -1, via: -1))

    var (next, waiting, work) = (0, [Int](), 0)
    guard limit > 0, goOn(1) else { return }
    while true {
      let counts = counts(of: next)
      for transition in effects.indices {
        work += effects[transition].count
        if work > Self.workBetweenQuestions {
          guard goOn(nodes.count) else { return }
          work = 0
        }
        guard var after = Self.fire(effects[transition], in: counts) else { continue }
        fires[transition] = true
        guard !zip(after, counts).contains(where: { $0 == Self.any && $1 != Self.any }) else { return }
        let count = nodes.count
        work += accelerate(&after, from: next, by: transition) { goOn(count) }
        work += 4 * nodes.count + after.count
        guard !isCovered(after) else { continue }
        guard nodes.count < limit else { return }
        if isDeep { waiting.append(nodes.count) }
        add(after, Node(parent: next, via: transition))
      }
      if isDeep {
        guard let last = waiting.popLast() else { break }
        next = last
      } else {
        next += 1
        guard next < nodes.count else { break }
      }
    }
    isComplete = isExact
  }

  private static let workBetweenQuestions = 1 << 18

  /// How many nodes there are.
  var count: Int { nodes.count }

  private mutating func add(_ counts: [Int], _ node: Node) {
    nodes.append(node)
    rows += counts
  }

  private func counts(of node: Int) -> [Int] { Array(rows[(node * isTested.count)..<((node + 1) * isTested.count)]) }

  private func isCovered(_ counts: [Int]) -> Bool {
    let places = counts.count
    return counts.withUnsafeBufferPointer { counts in
      rows.withUnsafeBufferPointer { rows in
        isTested.withUnsafeBufferPointer { isTested in
          var start = 0
          for _ in nodes.indices {
            var place = 0
            while place < places {
              let (larger, smaller) = (rows[start &+ place], counts[place])
              if larger < smaller || (isTested[place] && larger != smaller) { break }
              place &+= 1
            }
            if place == places { return true }
            start &+= places
          }
          return false
        }
      }
    }
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

  /// Makes places that grow when what happened since an earlier node is repeated hold any number of tokens.
  ///
  /// - Returns: the work that this took; a unit is a look at a number.
  private mutating func accelerate(
    _ counts: inout [Int], from node: Int, by transition: Int, goOn: () -> Bool
  ) -> Int {
    var loop = Loop(places: counts.count)
    var via = transition
    var ancestor = node
    var work = 0
    while ancestor >= 0 {
      loop.add(effects[via])
      let start = ancestor * counts.count
      let growing = rows.withUnsafeBufferPointer { loop.growth(of: counts, since: $0[start..<(start + counts.count)]) }
      if !growing.isEmpty, pump != nil || note(from: ancestor, to: node, transition, growing, goOn) {
        for place in growing { counts[place] = Self.any }
        if growing.contains(where: { isTested[$0] }) { isExact = false }
        unbounded.formUnion(growing)
      }
      work += counts.count
      via = nodes[ancestor].via
      ancestor = nodes[ancestor].parent
    }
    return work
  }

  /// Keeps the first pump: on the way to it no place holds any number yet, so that it can be fired as it stands.
  ///
  /// - Returns: whether it can be repeated.
  private mutating func note(
    from ancestor: Int, to node: Int, _ last: Int, _ growing: [Int], _ goOn: () -> Bool
  ) -> Bool {
    let prefix = path(to: ancestor)
    let loop = Array((path(to: node) + [last])[prefix.count...])
    guard repeats(prefix, loop, goOn) else { return false }
    pumped = growing
    pump = (prefix + loop, prefix.count..<(prefix.count + loop.count))
    shorten(prefix, loop, goOn)
    return true
  }

  /// How often a pump is repeated before it is believed.
  private static let repetitions = 300

  /// Whether the firing rule lets some transitions be repeated after others; false also when somebody said to stop.
  private func repeats(_ prefix: [Int], _ loop: [Int], _ goOn: () -> Bool) -> Bool {
    var marking = net.initialMarking
    let effort = Effort(.max)
    func fire(_ path: [Int]) -> Bool {
      path.allSatisfy { transition in
        guard effort.spend(isTested.count + 100, goOn), let after = try? net.fire(transition, in: marking) else {
          return false
        }
        marking = after
        return true
      }
    }
    return fire(prefix) && (0..<Self.repetitions).allSatisfy { _ in fire(loop) }
  }

  /// Leaves out what is not needed for the same places to grow, one firing after the other, as far as a fixed amount of
  /// work goes.
  private mutating func shorten(_ prefix: [Int], _ loop: [Int], _ goOn: () -> Bool) {
    var (shortPrefix, shortLoop) = (prefix, loop)
    let effort = Effort(20_000_000)
    func isWorthIt() -> Bool {
      effort.spend(8 * (shortPrefix.count + shortLoop.count) + 4 * isTested.count, goOn)
    }
    for index in shortPrefix.indices.reversed() where isWorthIt() {
      var shorter = shortPrefix
      shorter.remove(at: index)
      if pumps(shorter, shortLoop) { shortPrefix = shorter }
    }
    for index in shortLoop.indices.reversed() where isWorthIt() {
      var shorter = shortLoop
      shorter.remove(at: index)
      if pumps(shortPrefix, shorter) { shortLoop = shorter }
    }
    guard repeats(shortPrefix, shortLoop, goOn) else { return }
    pump = (shortPrefix + shortLoop, shortPrefix.count..<(shortPrefix.count + shortLoop.count))
  }

  /// Whether after some firings others can be repeated, and put more tokens into the pumped places, and no fewer elsewhere.
  private func pumps(_ prefix: [Int], _ path: [Int]) -> Bool {
    var counts = self.counts(of: 0)
    func fire(_ path: [Int]) -> Bool {
      path.allSatisfy { transition in
        guard let after = Self.fire(effects[transition], in: counts) else { return false }
        counts = after
        return true
      }
    }
    guard fire(prefix) else { return false }
    let before = counts
    guard fire(path) else { return false }
    var loop = Loop(places: counts.count)
    for transition in path { loop.add(effects[transition]) }
    let growing = loop.growth(of: counts, since: before[...])
    return pumped.allSatisfy { growing.contains($0) }
  }

  /// The transitions on the way to a node.
  private func path(to node: Int) -> [Int] {
    var path: [Int] = []
    var node = node
    while nodes[node].parent >= 0 {
      path.append(nodes[node].via)
      node = nodes[node].parent
    }
    return path.reversed()
  }
}

/// Some firings in a row, and what they do to places beside taking and putting.
private struct Loop {
  private var resets: [Bool]
  private var tests: [Bool]

  init(places: Int) {
    resets = Array(repeating: false, count: places)
    tests = resets
  }

  mutating func add(_ effects: [Effect]) {
    for effect in effects {
      if effect.resets { resets[effect.place] = true }
      if effect.ceiling != nil { tests[effect.place] = true }
    }
  }

  /// The places that grow each time when the firings that led from one marking to another are repeated; none when they
  /// cannot be.
  func growth(of after: [Int], since before: some Collection<Int>) -> [Int] {
    var growing: [Int] = []
    for (place, earlier) in before.enumerated() where after[place] != earlier {
      guard after[place] > earlier, !tests[place] else { return [] }
      if !resets[place] { growing.append(place) }
    }
    return growing
  }
}

extension Effect {
  /// The most tokens with which the transition is enabled, by inhibitors and capacities; nil when any number will do.
  fileprivate var ceiling: Int? { capacity == nil && inhibitor == nil ? nil : most }
}
