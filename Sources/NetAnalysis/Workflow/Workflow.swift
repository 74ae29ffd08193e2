public import PetriNet

/// What makes a net the description of a case: it begins with one token, and there are places where cases end.
///
/// W. M. P. van der Aalst, "Verification of workflow nets" (1997), asks for one place where a case begins, one where it
/// ends, and every node on a path between them. Soundness can be asked of more: of any net that begins with one token and
/// has places that nothing is taken from.
public struct Workflow: Hashable, Sendable {
  /// The place of the token with which a case begins.
  public let start: Int
  /// The places from which no transition takes: a case has ended when one of them has the only token.
  public let ends: [Int]
  /// Whether it is a workflow net in the narrow sense.
  public let isWorkflowNet: Bool

  /// Why a net describes no cases.
  public enum Obstacle: Error, Hashable, Sendable {
    /// It begins with another number of tokens than one.
    case notOneToken
    /// From each place a transition takes.
    case noEnd
  }

  /// Looks at the arcs and the initial marking of a net.
  public init(of net: Net) throws(Obstacle) {
    let marked = net.places.indices.filter { net.places[$0].initial > 0 }
    guard marked.count == 1, net.places[marked[0]].initial == 1 else { throw .notOneToken }
    var isTaken = Array(repeating: false, count: net.places.count)
    var isPut = isTaken
    for arc in net.arcs {
      switch arc.kind {
      case .input, .reset: isTaken[arc.place] = true
      case .output: isPut[arc.place] = true
      case .read, .inhibitor: break
      }
    }
    start = marked[0]
    ends = net.places.indices.filter { isPut[$0] && !isTaken[$0] }
    guard !ends.isEmpty else { throw .noEnd }
    isWorkflowNet =
      ends.count == 1 && !isPut[marked[0]]
      && Self.everyNode(of: net, isBetween: marked[0], and: ends[0])
  }

  /// Whether a marking is the end of a case.
  func isEnd(_ marking: Marking) -> Bool {
    ends.contains { marking[$0] == 1 } && marking.counts.reduce(Int128(0)) { $0 + Int128($1) } == 1
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
