public import PetriNet

/// What makes a net the description of a case: there are markings in which cases end.
///
/// Those are what its author says (`ends`). Where that is nothing, a net describes cases that begins with one token and has
/// places that nothing is taken from, which may then be the only ones with a token. W. M. P. van der Aalst, "Verification
/// of workflow nets" (1997), asks for one place where a case begins, one where it ends, and every node on a path between
/// them.
public struct Workflow: Hashable, Sendable {
  /// Where cases end.
  public let ends: [End]
  /// Whether it is a workflow net in the narrow sense.
  public let isWorkflowNet: Bool

  /// Why a net describes no cases.
  public enum Obstacle: Error, Hashable, Sendable {
    /// It begins with another number of tokens than one, and nobody says where it ends.
    case notOneToken
    /// From each place a transition takes, and nobody says where it ends.
    case noEnd
  }

  /// Looks at the arcs and the initial marking of a net, and at what its author says.
  public init(of net: Net) throws(Obstacle) {
    let indices = Dictionary(net.places.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let told = net.specification.ends.map { End($0, indices: indices) }
    let marked = net.places.indices.filter { net.places[$0].initial > 0 }
    let hasOneToken = marked.count == 1 && net.places[marked[0]].initial == 1
    guard hasOneToken || !told.isEmpty else { throw .notOneToken }
    let (sinks, isPut) = Self.sinks(of: net)
    guard !sinks.isEmpty || !told.isEmpty else { throw .noEnd }
    ends = told.isEmpty ? sinks.map { End(place: $0) } : told
    isWorkflowNet =
      hasOneToken && sinks.count == 1 && ends == [End(place: sinks[0])] && !isPut[marked[0]]
      && Self.everyNode(of: net, isBetween: marked[0], and: sinks[0])
  }

  /// Whether a marking is the end of a case.
  func isEnd(_ marking: Marking) -> Bool { ends.contains { $0.isReached(in: marking) } }

  /// The places that something puts into and nothing takes from, and whether something puts into each place.
  private static func sinks(of net: Net) -> (sinks: [Int], isPut: [Bool]) {
    var isTaken = Array(repeating: false, count: net.places.count)
    var isPut = isTaken
    for arc in net.arcs {
      switch arc.kind {
      case .input, .reset: isTaken[arc.place] = true
      case .output: isPut[arc.place] = true
      case .read, .inhibitor: break
      }
    }
    return (net.places.indices.filter { isPut[$0] && !isTaken[$0] }, isPut)
  }

  private static func everyNode(of net: Net, isBetween start: Int, and end: Int) -> Bool {
    let forwards = reached(from: start, in: net, along: .input, .output)
    let backwards = reached(from: end, in: net, along: .output, .input)
    return zip(forwards, backwards).allSatisfy { $0 && $1 }
  }

  /// The nodes, places before transitions, to which arcs lead from a place: arcs of one kind from places to transitions,
  /// of the other back.
  private static func reached(
    from place: Int, in net: Net, along leaving: Arc.Kind, _ returning: Arc.Kind
  ) -> [Bool] {
    var following = Array(repeating: [Int](), count: net.places.count + net.transitions.count)
    for arc in net.arcs {
      let transition = net.places.count + arc.transition
      if arc.kind == leaving { following[arc.place].append(transition) }
      if arc.kind == returning { following[transition].append(arc.place) }
    }
    var isReached = Array(repeating: false, count: following.count)
    var waiting = [place]
    isReached[place] = true
    while let node = waiting.popLast() {
      for next in following[node] where !isReached[next] {
        isReached[next] = true
        waiting.append(next)
      }
    }
    return isReached
  }
}
