public import PetriNet

/// Commoner's condition: every siphon includes a trap that is marked in the initial marking.
///
/// When it holds of a net with nothing but inputs of weight one, outputs and reads of weight one, no marking is dead: the
/// empty places of a dead marking would be a siphon, in which the trap is still marked. Of an extended free-choice net it
/// says more: such a net is live if, and only if, the condition holds (M. Hack, "Analysis of production schemata by Petri
/// nets", MIT (1972); J. Desel, J. Esparza, "Free Choice Petri Nets" (1995), theorem 4.21). Inhibitors, resets and
/// capacities end both arguments.
public struct Commoner: Hashable, Sendable {
  /// What was found.
  public enum Answer: Hashable, Sendable {
    /// Every siphon includes a marked trap.
    case holds
    /// This siphon, minimal, does not.
    case fails(siphon: [Int])
    /// There are too many siphons to look at.
    case unknown
  }

  /// Whether the condition holds.
  public let answer: Answer
  /// Whether it proves that no reachable marking is dead.
  public let isDeadlockFree: Bool
  /// Whether every transition can always fire again; nil when nothing follows.
  public let isLive: Bool?

  /// Decides the condition.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - limit: the work after which the answer is unknown.
  ///   - bytes: the memory that it may take; the answer is unknown when it takes more.
  ///   - shouldStop: asked now and then; the answer is unknown when this says so.
  public init(
    of net: Net, limit: WorkLimit = .siphons, bytes: Int = .max, shouldStop: () -> Bool = { false }
  ) {
    let structure = Structure(of: net)
    answer =
      FlowRelation.bytes(of: net) > bytes || shouldStop()
      ? .unknown : Self.decide(net, isolated: structure.isolatedPlaces, limit, shouldStop)
    let isUnlimited = net.places.allSatisfy { $0.capacity == nil }
    let isPlain = net.arcs.allSatisfy { arc in
      switch arc.kind {
      case .input, .read: arc.weight == 1
      case .output: true
      case .inhibitor, .reset: false
      }
    }
    isDeadlockFree = answer == .holds && isUnlimited && isPlain && !net.transitions.isEmpty
    isLive =
      switch answer {
      case .holds where isUnlimited && structure.isExtendedFreeChoice: true
      case .fails where isUnlimited && structure.isExtendedFreeChoice: false
      default: nil
      }
  }

  /// Looks first among the places without tokens, where the largest siphon is quickly found, then at one siphon after the
  /// other. A place that no arc touches is a siphon that concerns nobody.
  private static func decide(_ net: Net, isolated: [Int], _ limit: WorkLimit, _ shouldStop: () -> Bool) -> Answer {
    let relation = FlowRelation(of: net)
    let marked = BitSet(net.places.indices.filter { net.places[$0].initial > 0 }, below: net.places.count)
    var empty = BitSet(net.places.indices, below: net.places.count)
    empty.subtract(marked)
    isolated.forEach { empty.remove($0) }
    let emptySiphon = relation.largestSiphon(in: empty)
    func fails(_ siphon: BitSet) -> Answer {
      relation.minimalSiphon(in: siphon, shouldStop: shouldStop).map { .fails(siphon: $0.members) } ?? .unknown
    }
    guard emptySiphon.isEmpty else { return fails(emptySiphon) }

    var search = SiphonSearch(relation, limit: limit)
    let isolated = Set(isolated)
    let end = search.run(shouldStop) { siphon in
      !isolated.contains(siphon.first ?? 0) && !relation.largestTrap(in: siphon).intersects(marked)
    }
    return switch end {
    case .finished: .holds
    case .hit(let siphon): fails(siphon)
    case .gaveUp: .unknown
    }
  }
}
