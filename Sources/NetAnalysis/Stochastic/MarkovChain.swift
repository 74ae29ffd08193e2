public import PetriNet

/// The continuous-time Markov chain of a net whose transitions fire after exponentially distributed times.
///
/// Its states are the reachable markings. Source: Ajmone Marsan, Conte, Balbo, "A class of generalized stochastic Petri nets
/// for the performance evaluation of multiprocessor systems", 1984; here all transitions are timed.
public struct MarkovChain: Sendable {
  /// The net.
  public let net: Net
  /// The markings, the initial one first.
  public let markings: [Marking]
  /// What leads from each marking to another: the transition, the marking, the rate.
  public let steps: [[Step]]

  /// A firing.
  public struct Step: Hashable, Sendable {
    /// The transition.
    public let transition: Int
    /// The marking after it.
    public let target: Int
    /// Firings per unit of time.
    public let rate: Double
  }

  /// The chain of a net.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - rates: a rate for each transition.
  ///   - limit: the most markings.
  ///   - goOn: asked now and then whether to go on.
  /// - Throws: a `Stop` when the markings do not come to an end within the limit, or the caller wants no more.
  public init(
    of net: Net, rates: [Rate], limit: Int, goOn: () -> Bool = { true }
  ) throws(NotExplored) {
    guard let space = StateSpace(of: net, bounds: net.places.map { _ in nil }) else {
      throw NotExplored(stop: .memory, markings: 0)
    }
    if let stop = space.explore(Limits(markings: limit), goOn: goOn) {
      throw NotExplored(stop: stop, markings: space.count)
    }
    let markings = (0..<space.count).map { space.marking($0) }
    self.net = net
    self.markings = markings
    steps = markings.indices.map { source in
      space.steps(from: source).map { step in
        let rate = rates[step.transition]
        let degree = rate.servers == .single ? 1 : net.degree(of: step.transition, in: markings[source])
        return Step(transition: step.transition, target: step.target, rate: rate.perUnit * Double(degree))
      }
    }
  }

  /// The markings could not all be found.
  public struct NotExplored: Error, Hashable, Sendable {
    /// Why.
    public let stop: Stop
    /// How many were.
    public let markings: Int
  }
}

extension Net {
  /// How often a transition that is enabled could fire at once, as far as its inputs go; 1 where it has none.
  fileprivate func degree(of transition: Int, in marking: Marking) -> Int {
    arcs.filter { $0.transition == transition && $0.kind == .input }.map { marking[$0.place] / $0.weight }.min() ?? 1
  }
}
