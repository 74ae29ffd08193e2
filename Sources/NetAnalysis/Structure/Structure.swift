public import PetriNet

/// What the arcs of a net say without firing anything.
///
/// The classes are those of T. Murata, "Petri nets: properties, analysis and applications", Proceedings of the IEEE 77
/// (1989), section V. They are told of nets with inputs and outputs alone; reads, inhibitors and resets belong to none.
public struct Structure: Hashable, Sendable {
  /// Whether there are only inputs and outputs.
  public let isPlaceTransitionNet: Bool
  /// Whether all weights of inputs and outputs are one.
  public let isOrdinary: Bool
  /// Whether each transition takes from one place and puts into one.
  public let isStateMachine: Bool
  /// Whether each place gets from one transition and gives to one.
  public let isMarkedGraph: Bool
  /// Whether a place that gives to several transitions is the only input of each.
  public let isFreeChoice: Bool
  /// Whether transitions that share an input share all.
  public let isExtendedFreeChoice: Bool
  /// Whether the arcs of inputs and outputs lead from each node to each other one.
  public let isStronglyConnected: Bool
  /// Whether no firing changes the number of tokens in the net.
  public let isConservative: Bool
  /// Whether no firing adds to the number of tokens in the net.
  public let isSubconservative: Bool
  /// The places into which no transition puts tokens, though one takes some.
  public let sourcePlaces: [Int]
  /// The places from which no transition takes tokens, though one puts some.
  public let sinkPlaces: [Int]
  /// The transitions that take no tokens, though they put some.
  public let sourceTransitions: [Int]
  /// The transitions that put no tokens, though they take some.
  public let sinkTransitions: [Int]
  /// The places that no arc touches.
  public let isolatedPlaces: [Int]
  /// The transitions that no arc touches.
  public let isolatedTransitions: [Int]

  /// Looks at the arcs of a net, in time that grows with their number.
  public init(of net: Net) {
    var inputs = Array(repeating: [Int](), count: net.transitions.count)
    var outputs = Array(repeating: [Int](), count: net.transitions.count)
    var consumers = Array(repeating: [Int](), count: net.places.count)
    var producers = Array(repeating: [Int](), count: net.places.count)
    var touchedPlaces = Array(repeating: false, count: net.places.count)
    // A reset takes tokens as well, though it belongs to no class.
    var takes = Array(repeating: false, count: net.transitions.count)
    var isTakenFrom = Array(repeating: false, count: net.places.count)
    for arc in net.arcs {
      touchedPlaces[arc.place] = true
      if arc.kind == .input || arc.kind == .reset {
        takes[arc.transition] = true
        isTakenFrom[arc.place] = true
      }
      switch arc.kind {
      case .input:
        inputs[arc.transition].append(arc.place)
        consumers[arc.place].append(arc.transition)
      case .output:
        outputs[arc.transition].append(arc.place)
        producers[arc.place].append(arc.transition)
      case .read, .inhibitor, .reset: break
      }
    }

    isPlaceTransitionNet = net.arcs.allSatisfy { $0.kind == .input || $0.kind == .output }
    isOrdinary = isPlaceTransitionNet && net.arcs.allSatisfy { $0.weight == 1 }
    isStateMachine =
      isOrdinary && net.transitions.indices.allSatisfy { inputs[$0].count == 1 && outputs[$0].count == 1 }
    isMarkedGraph =
      isOrdinary && net.places.indices.allSatisfy { consumers[$0].count == 1 && producers[$0].count == 1 }
    isFreeChoice =
      isOrdinary && consumers.allSatisfy { $0.count <= 1 || $0.allSatisfy { inputs[$0].count == 1 } }
    isExtendedFreeChoice =
      isOrdinary && consumers.allSatisfy { sharing in sharing.allSatisfy { inputs[$0] == inputs[sharing[0]] } }
    isStronglyConnected = Self.stronglyConnected(consumers: consumers, outputs: outputs)
    let totals = net.transitions.indices.map { transition in
      net.arcs(of: transition).reduce(Int128(0)) { sum, arc in
        switch arc.kind {
        case .input: sum - Int128(arc.weight)
        case .output: sum + Int128(arc.weight)
        case .read, .inhibitor, .reset: sum
        }
      }
    }
    let resets = net.arcs.contains { $0.kind == .reset }
    isConservative = !resets && totals.allSatisfy { $0 == 0 }
    isSubconservative = totals.allSatisfy { $0 <= 0 }
    sourcePlaces = net.places.indices.filter { producers[$0].isEmpty && isTakenFrom[$0] }
    sinkPlaces = net.places.indices.filter { !isTakenFrom[$0] && !producers[$0].isEmpty }
    sourceTransitions = net.transitions.indices.filter { !takes[$0] && !outputs[$0].isEmpty }
    sinkTransitions = net.transitions.indices.filter { outputs[$0].isEmpty && takes[$0] }
    isolatedPlaces = net.places.indices.filter { !touchedPlaces[$0] }
    isolatedTransitions = net.transitions.indices.filter { net.arcs(of: $0).isEmpty }
  }

  /// The classes that the net belongs to, the narrowest first, then what else its arcs say.
  public var words: [String] {
    var words: [String] = []
    if isStateMachine { words.append("state machine") }
    if isMarkedGraph { words.append("marked graph") }
    if isExtendedFreeChoice { words.append(isFreeChoice ? "free choice" : "extended free choice") }
    if isOrdinary { words.append("ordinary") }
    if isStronglyConnected { words.append("strongly connected") }
    if isSubconservative { words.append(isConservative ? "conservative" : "subconservative") }
    return words
  }

  /// The nodes that stand out: `source place start`, `sink places paid, cancelled`, `isolated transition idle`.
  public func outstanding(in net: Net) -> [String] {
    func words(_ kind: String, _ names: [String]) -> [String] {
      names.isEmpty ? [] : ["\(kind)\(names.count == 1 ? "" : "s") \(listed(names, upTo: 6))"]
    }
    let places = [
      ("source place", sourcePlaces), ("sink place", sinkPlaces), ("isolated place", isolatedPlaces),
    ]
    let transitions = [
      ("source transition", sourceTransitions), ("sink transition", sinkTransitions),
      ("isolated transition", isolatedTransitions),
    ]
    return places.flatMap { kind, nodes in words(kind, nodes.map { net.name(ofPlace: $0) }) }
      + transitions.flatMap { kind, nodes in words(kind, nodes.map { net.name(ofTransition: $0) }) }
  }
}

extension Structure {
  /// Whether each node can be reached from each other one: from the first, forwards and backwards.
  private static func stronglyConnected(consumers: [[Int]], outputs: [[Int]]) -> Bool {
    let places = consumers.count
    let forwards = consumers.map { $0.map { places + $0 } } + outputs
    var backwards = Array(repeating: [Int](), count: forwards.count)
    for (node, next) in forwards.enumerated() { next.forEach { backwards[$0].append(node) } }
    return [forwards, backwards].allSatisfy { edges in
      var seen = Array(repeating: false, count: edges.count)
      var waiting = edges.isEmpty ? [] : [0]
      if !edges.isEmpty { seen[0] = true }
      while let node = waiting.popLast() {
        for next in edges[node] where !seen[next] {
          seen[next] = true
          waiting.append(next)
        }
      }
      return seen.allSatisfy(\.self)
    }
  }
}
