import PetriNet

/// A search from the markings that are meant back to the initial one, through upward-closed sets: P. A. Abdulla, K. Čerāns,
/// B. Jonsson, Y.-K. Tsay, "General decidability theorems for infinite-state systems" (LICS 1996).
///
/// A set is kept as its least markings: it holds all that are at least as large as one of them. What leads into such a
/// set by inputs, outputs, reads and resets is such a set again, and there is no endless chain of ever larger ones, so the
/// search comes to an end, also where the net is not bounded. What inhibitors and capacities forbid is left out only as
/// far as the set stays upward-closed: then the set is larger than it need be, and it is still true that what lies outside
/// leads to nothing that is meant.
///
/// A set without the initial marking is a proof, a ``Barrier``. A way from the initial marking is one only when the firing
/// rule can go it.
struct BackwardSearch {
  /// How far it is.
  enum State {
    /// There is more to do.
    case searching
    /// The initial marking lies in the set: these firings lead to what is meant, unless an inhibitor or a capacity forbids
    /// one.
    case met(path: [Int])
    /// The initial marking does not lie in the set.
    case closed(Barrier)
    /// A number needs more than 64 bits, there is no memory, somebody said to stop, or the proof did not pass its check.
    case gaveUp
  }

  private let rules: BackwardRules
  private let goals: [[Int]]
  private let initial: [Int]
  private let bytes: Int
  /// Each least marking found, in a row of its own, and whether it still is one.
  private var rows: [Int] = []
  private var isLeast: [Bool] = []
  /// The firing that leads from it on, and to which.
  private var via: [(transition: Int, target: Int)] = []
  private var next = 0
  /// How far it is.
  private(set) var state = State.searching

  /// A search for markings at least as large as one of some.
  ///
  /// - Parameters:
  ///   - goals: the least markings.
  ///   - net: the net.
  ///   - bounds: for each place a number of tokens that no reachable marking exceeds, as far as one is proved.
  ///   - invariants: sums of tokens that are never more than some number in a reachable marking.
  ///   - bytes: the memory that it may take.
  init(for goals: [[Int]], in net: Net, bounds: [Int?], invariants: [Invariant] = [], bytes: Int) {
    rules = BackwardRules(of: net, bounds: bounds, invariants: invariants)
    self.goals = goals
    self.bytes = bytes
    initial = net.initialMarking.counts
    for goal in goals where rules.isPossible(goal) { add(goal, via: -1, to: -1) }
  }

  /// How many least markings were found.
  var count: Int { via.count }

  private func row(_ index: Int) -> ArraySlice<Int> { rows[(index * initial.count)..<((index + 1) * initial.count)] }

  /// Goes on for so much work; a unit is a look at a number.
  mutating func run(work: Int, goOn: () -> Bool) {
    guard case .searching = state else { return }
    var (left, asked) = (work, work)
    while left > 0 {
      guard next < via.count else {
        let least = via.indices.filter { isLeast[$0] }.map { Array(row($0)) }
        state = Barrier(least, for: goals, rules, initial: initial, goOn: goOn).map { .closed($0) } ?? .gaveUp
        return
      }
      defer { next += 1 }
      guard isLeast[next] else { continue }
      let target = Array(row(next))
      for transition in rules.transitions {
        left -= rules.effort(transition)
        switch rules.before(target, transition) {
        case .none: continue
        case .tooLarge:
          state = .gaveUp
          return
        case .some(let marking):
          guard rules.isPossible(marking) else { continue }
          left -= 2 * via.count + marking.count
          add(marking, via: transition, to: next)
          guard case .searching = state else { return }
        }
        if asked - left > Self.workBetweenQuestions {
          guard goOn() else { return state = .gaveUp }
          asked = left
        }
      }
    }
  }

  private static let workBetweenQuestions = 1 << 18

  /// Takes a marking into the set, when it is not there.
  private mutating func add(_ marking: [Int], via transition: Int, to target: Int) {
    let places = marking.count
    let covering = rows.withUnsafeBufferPointer { rows in
      marking.withUnsafeBufferPointer { marking in
        via.indices.first { index in
          guard isLeast[index] else { return false }
          let start = index * places
          for place in 0..<places where rows[start &+ place] > marking[place] { return false }
          return true
        }
      }
    }
    guard covering == nil else { return }
    guard (rows.count + places) * 2 * MemoryLayout<Int>.stride <= bytes else { return state = .gaveUp }
    for index in via.indices where isLeast[index] && zip(row(index), marking).allSatisfy({ $0 >= $1 }) {
      isLeast[index] = false
    }
    rows += marking
    isLeast.append(true)
    via.append((transition, target))
    guard zip(initial, marking).allSatisfy({ $0 >= $1 }) else { return }
    var path: [Int] = []
    var index = via.count - 1
    while via[index].transition >= 0 {
      path.append(via[index].transition)
      index = via[index].target
    }
    state = .met(path: path)
  }
}

/// The firing rule backwards, on upward-closed sets.
struct BackwardRules {
  private let effects: [[Effect]]
  private let bounds: [Int?]
  private let invariants: [Invariant]
  /// The transitions that put something.
  let transitions: [Int]

  init(of net: Net, bounds: [Int?], invariants: [Invariant] = []) {
    // What is as large as a marking has at least as much of a sum only where no weight is below zero.
    self.invariants = invariants.filter(\.isSemipositive)

    let effects = net.transitions.indices.map { net.effects(of: $0) }
    self.effects = effects
    self.bounds = zip(bounds, net.places).map { [$0, $1.capacity].compactMap(\.self).min() }
    transitions = effects.indices.filter { effects[$0].contains(where: \.raises) }
  }

  /// The least marking from which a firing leads into a set.
  enum Before {
    /// From none, or from none outside the set.
    case none
    /// From all at least as large as this.
    case some([Int])
    /// A number needs more than 64 bits.
    case tooLarge
  }

  /// The work of a look at a transition.
  func effort(_ transition: Int) -> Int { effects[transition].count }

  /// Whether a reachable marking may be as large as one.
  func isPossible(_ marking: [Int]) -> Bool {
    zip(marking, bounds).allSatisfy { $0 <= $1 ?? .max }
      && invariants.allSatisfy { invariant in
        invariant.terms.reduce(Int128(0)) { $0 + Int128($1.weight) * Int128(marking[$1.index]) }
          <= Int128(invariant.value)
      }
  }

  /// From where a transition leads to markings at least as large as one.
  func before(_ target: [Int], _ transition: Int) -> Before {
    guard effects[transition].contains(where: { $0.raises && target[$0.place] > 0 }) else { return .none }
    var marking = target
    for effect in effects[transition] {
      let tokens = target[effect.place]
      if effect.resets {
        guard effect.output >= tokens else { return .none }
        marking[effect.place] = effect.least
      } else {
        let (needed, overflow) = tokens.subtractingReportingOverflow(effect.change)
        guard !overflow else { return .tooLarge }
        marking[effect.place] = max(effect.least, needed)
      }
      guard marking[effect.place] <= effect.most ?? .max else { return .none }
    }
    return .some(marking)
  }
}

/// A set of markings that no firing enters: the proof that what lies in it is not reachable.
///
/// A value of this type has been checked when it was made: what is meant lies in the set, the initial marking does not, and
/// for each of its least markings and each transition, all from where the firing leads into the set lies in the set, or is
/// more than the bounds allow.
struct Barrier {
  /// The least markings of the set.
  let least: [[Int]]

  /// Checks a proof; nil when it is none, or somebody said to stop.
  init?(_ least: [[Int]], for goals: [[Int]], _ rules: BackwardRules, initial: [Int], goOn: () -> Bool) {
    func covers(_ marking: [Int]) -> Bool {
      least.contains { zip($0, marking).allSatisfy { $0 <= $1 } }
    }
    guard !covers(initial), goals.allSatisfy({ covers($0) || !rules.isPossible($0) }) else { return nil }
    for target in least {
      guard goOn() else { return nil }
      for transition in rules.transitions {
        switch rules.before(target, transition) {
        case .none: continue
        case .tooLarge: return nil
        case .some(let marking): guard covers(marking) || !rules.isPossible(marking) else { return nil }
        }
      }
    }
    self.least = least
  }
}
