public import PetriNet

/// The sets of places that stay empty once they are, and those that stay marked once they are.
///
/// A siphon is a set of places into which no transition puts that takes from none of it; a trap is one from which no
/// transition takes that puts into none of it. A read counts as taking and putting back (T. Murata, "Petri nets:
/// properties, analysis and applications", Proceedings of the IEEE 77 (1989), VI.A), unless the transition takes as many
/// tokens as it reads. A place that a reset empties is in no trap.
struct FlowRelation {
  let places: Int
  /// The places that a transition takes from, or reads.
  let inputs: [BitSet]
  /// The places that surely hold a token after a transition fired.
  let outputs: [BitSet]
  /// The transitions after which a place surely holds a token.
  let producers: [[Int]]
  /// The transitions that take from a place, or read it.
  let consumers: [[Int]]
  /// The places that some transition resets.
  private let resettable: BitSet

  /// The bytes that the sets of a net take.
  static func bytes(of net: Net) -> Int { net.transitions.count * (net.places.count / 4 + 32) }

  init(of net: Net) {
    places = net.places.count
    var inputs = Array(repeating: BitSet(below: places), count: net.transitions.count)
    var outputs = inputs
    var producers = Array(repeating: [Int](), count: places)
    var consumers = producers
    var resettable = BitSet(below: places)
    for transition in net.transitions.indices {
      for effect in net.effects(of: transition) {
        if effect.least > 0 {
          inputs[transition].insert(effect.place)
          consumers[effect.place].append(transition)
        }
        if effect.leavesToken {
          outputs[transition].insert(effect.place)
          producers[effect.place].append(transition)
        }
        if effect.resets { resettable.insert(effect.place) }
      }
    }
    self.resettable = resettable
    self.inputs = inputs
    self.outputs = outputs
    self.producers = producers
    self.consumers = consumers
  }

  /// The largest siphon among some places; empty when there is none.
  func largestSiphon(in set: BitSet) -> BitSet { largest(set, from: outputs, to: inputs, touching: consumers) }

  /// The largest trap among some places; empty when there is none.
  func largestTrap(in set: BitSet) -> BitSet {
    var set = set
    set.subtract(resettable)
    return largest(set, from: inputs, to: outputs, touching: producers)
  }

  /// A siphon inside another that includes no smaller one; nil when somebody said to stop.
  func minimalSiphon(in siphon: BitSet, shouldStop: () -> Bool) -> BitSet? {
    var smallest = siphon
    for place in siphon.members where smallest.contains(place) {
      guard !shouldStop() else { return nil }
      var without = smallest
      without.remove(place)
      let rest = largestSiphon(in: without)
      if !rest.isEmpty { smallest = rest }
    }
    return smallest
  }

  /// Takes out of a set, until nothing changes, the places at one end of a transition that has none of the set at the
  /// other. Each place is taken out once, and each arc looked at once for it.
  private func largest(
    _ set: BitSet, from near: [BitSet], to far: [BitSet], touching: [[Int]]
  ) -> BitSet {
    var set = set
    var left = Array(repeating: 0, count: near.count)
    for place in set.members {
      for transition in touching[place] { left[transition] += 1 }
    }
    var waiting = near.indices.filter { left[$0] == 0 }
    while let transition = waiting.popLast() {
      for place in near[transition].members where set.contains(place) {
        set.remove(place)
        for other in touching[place] {
          left[other] -= 1
          if left[other] == 0 { waiting.append(other) }
        }
      }
    }
    return set
  }
}

/// The largest siphon among some places: a set that stays empty once it is.
///
/// - Parameters:
///   - places: the indices of the places.
///   - net: the net.
/// - Returns: the siphon, rising; empty when there is none.
public func largestSiphon(in places: some Sequence<Int>, of net: Net) -> [Int] {
  FlowRelation(of: net).largestSiphon(in: BitSet(places, below: net.places.count)).members
}

/// The largest trap among some places: a set that stays marked once it is.
///
/// - Parameters:
///   - places: the indices of the places.
///   - net: the net.
/// - Returns: the trap, rising; empty when there is none.
public func largestTrap(in places: some Sequence<Int>, of net: Net) -> [Int] {
  FlowRelation(of: net).largestTrap(in: BitSet(places, below: net.places.count)).members
}

extension Effect {
  /// Whether the place surely holds a token after the firing.
  var leavesToken: Bool { output > 0 || (!resets && least > input) }
}

extension WorkLimit {
  /// What somebody who asks about siphons waits for.
  public static let siphons = WorkLimit(steps: 10_000_000)
}

/// The siphons that include no other.
///
/// - Parameters:
///   - net: the net.
///   - limit: the work after which it gives up; some nets have exponentially many.
///   - shouldStop: asked now and then; it gives up when this says so.
/// - Returns: the places of each, rising; nil when it gave up.
public func minimalSiphons(
  of net: Net, limit: WorkLimit = .siphons, shouldStop: () -> Bool = { false }
) -> [[Int]]? {
  var search = SiphonSearch(FlowRelation(of: net), limit: limit)
  return search.run(shouldStop) { _ in false } == .finished ? search.found.map(\.members) : nil
}

/// Grows sets until they are siphons: for a transition that puts into the set and takes from none of it, one of the
/// places that it takes from has to come in.
struct SiphonSearch {
  /// How a search ended.
  enum End: Hashable {
    /// All that there are were found.
    case finished
    /// One was found that was looked for.
    case hit(BitSet)
    /// The work would be more than allowed, or somebody said to stop.
    case gaveUp
  }

  /// A set that is no siphon yet.
  private struct Unfinished {
    let set: BitSet
    /// The places of which one has to come in, and that were not tried.
    var choices: [Int]
    /// What is not to come in, because all siphons with it are found already.
    var excluded: BitSet
  }

  private let relation: FlowRelation
  private var steps: Int
  /// The siphons found that include no other found.
  private(set) var found: [BitSet] = []

  init(_ relation: FlowRelation, limit: WorkLimit) {
    self.relation = relation
    steps = limit.steps
  }

  /// Finds all minimal siphons, or one that is looked for, which may not be minimal.
  mutating func run(_ shouldStop: () -> Bool, until isSought: (BitSet) -> Bool) -> End {
    let none = BitSet(below: relation.places)
    var stack = [Unfinished(set: none, choices: Array(0..<relation.places), excluded: none)]
    while var last = stack.popLast() {
      guard !last.choices.isEmpty else { continue }
      let place = last.choices.removeFirst()
      var set = last.set
      set.insert(place)
      let excluded = last.excluded
      last.excluded.insert(place)
      stack.append(last)

      steps -= found.count
      guard steps > 0, !shouldStop() else { return .gaveUp }
      if found.contains(where: { $0.isSubset(of: set) }) { continue }
      if let choices = fewestChoices(set, excluded) {
        stack.append(Unfinished(set: set, choices: choices.members, excluded: excluded))
      } else if isSought(set) {
        return .hit(set)
      } else {
        found.removeAll { set.isSubset(of: $0) }
        found.append(set)
      }
    }
    return .finished
  }

  /// The places of which one has to come in, for the transition with the fewest; nil when the set is a siphon.
  private mutating func fewestChoices(_ set: BitSet, _ excluded: BitSet) -> BitSet? {
    var fewest: BitSet?
    for transition in set.members.lazy.flatMap({ [relation] in relation.producers[$0] })
    where !relation.inputs[transition].intersects(set) {
      var choices = relation.inputs[transition]
      choices.subtract(excluded)
      steps -= choices.count
      if choices.count < fewest?.count ?? Int.max { fewest = choices }
      if choices.isEmpty { break }
    }
    return fewest
  }
}
