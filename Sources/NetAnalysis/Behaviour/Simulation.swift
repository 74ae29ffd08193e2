public import PetriNet

/// Random runs of a net, and what happened in them.
public struct Simulation: Hashable, Sendable {
  /// How many runs there were.
  public private(set) var runs = 0
  /// How many firings in all of them.
  public private(set) var firings = 0
  /// How many runs came to a marking that enables nothing.
  public private(set) var stuck = 0
  /// The fewest firings of a run.
  public private(set) var shortest = 0
  /// The most firings of a run.
  public private(set) var longest = 0
  /// How often each transition fired.
  public private(set) var counts: [Int]
  /// The fewest tokens of each place.
  public private(set) var least: [Int]
  /// The most tokens of each place.
  public private(set) var most: [Int]
  /// The tokens of each place, summed over all markings met, the initial ones included; as a real number, since the sum
  /// may be large.
  private var sums: [Double]

  /// The tokens of a place on average over all markings met.
  public func average(_ place: Int) -> Double { sums[place] / Double(firings + runs) }

  /// Runs a net from its initial marking; each enabled transition is as likely as any other.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - runs: how many runs.
  ///   - steps: after how many firings a run ends, at most.
  ///   - seed: the same seed gives the same runs.
  ///   - goOn: asked before each run and now and then in it, with the number of runs that are done; false ends it all.
  public init(of net: Net, runs: Int, steps: Int, seed: UInt64, goOn: (Int) -> Bool = { _ in true }) {
    let effects = net.transitions.indices.map { net.effects(of: $0) }
    let rules = StubbornSets(effects: effects, bounds: net.places.map { _ in nil })
    let initial = net.initialMarking.counts
    // A firing looks at all transitions and all places.
    let firingsBetweenQuestions = max(1, (1 << 20) / (effects.count + initial.count + 1))
    counts = Array(repeating: 0, count: effects.count)
    (least, most) = (initial, initial)
    sums = Array(repeating: 0, count: initial.count)
    var generator = SplitMix(state: seed)

    for _ in 0..<runs {
      guard goOn(self.runs) else { return }
      var marking = initial
      var done = 0
      note(marking)
      while done < steps {
        if done % firingsBetweenQuestions == firingsBetweenQuestions - 1, !goOn(self.runs) { break }
        guard let transition = rules.enabled(in: marking).randomElement(using: &generator) else {
          stuck += 1
          break
        }
        for effect in effects[transition] { marking[effect.place] = effect.after(marking[effect.place]) }
        counts[transition] += 1
        done += 1
        note(marking)
      }
      firings += done
      shortest = self.runs == 0 ? done : min(shortest, done)
      longest = max(longest, done)
      self.runs += 1
    }
  }

  private mutating func note(_ marking: [Int]) {
    for place in marking.indices {
      least[place] = min(least[place], marking[place])
      most[place] = max(most[place], marking[place])
      sums[place] += Double(marking[place])
    }
  }
}

/// G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators" (2014): the same everywhere, unlike
/// the system's.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
