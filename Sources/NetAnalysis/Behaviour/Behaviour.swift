import PetriNet

/// The vital signs of a net.
public struct Behaviour: Sendable {
  /// How many markings were found.
  public let markings: Int
  /// How many pairs of one of them and a transition that it enables.
  public let edges: Int
  /// Why not all were found; nil when all were.
  public let stop: Stop?
  /// The most tokens in the markings found: for each place, and in all.
  public let maxima: Maxima?
  /// The places that can hold any number of tokens, as far as that was found.
  public let unboundedPlaces: [Int]
  /// How many markings enable nothing; nil when not all markings were found.
  public let deadlocks: Int?
  /// The transitions that fire in no reachable marking; nil when that is not known.
  public let deadTransitions: [Int]?
  /// The transitions that can fire again from each reachable marking; nil when that is not known.
  public let liveTransitions: [Int]?
  /// How many markings can be reached from each reachable marking; nil when that is not known.
  public let homeMarkings: Int?
  /// Where cases begin and end, when the net describes cases.
  public let workflow: Workflow?
  /// What is known of each claim.
  private let findings: [Claim: Finding]

  /// Whether all reachable markings were found.
  public var isComplete: Bool { stop == nil }

  /// What is known of a claim.
  public subscript(claim: Claim) -> Finding { findings[claim] ?? Finding(.undecided, "not looked at") }
}

extension Behaviour {
  /// What one sees without looking for markings, when there is no memory for these.
  init(_ facts: PlainFacts, of net: Net) {
    (markings, edges, stop, maxima, unboundedPlaces) = (0, 0, .memory, nil, [])
    (deadlocks, deadTransitions, liveTransitions, homeMarkings) = (nil, nil, nil, nil)
    workflow = try? Workflow(of: net)
    findings = [.deadlockFree: facts.deadlockFree, .quasiLive: facts.quasiLive, .live: facts.live].compactMapValues(
      \.self)
  }

  /// Draws the conclusions.
  ///
  /// - Parameters:
  ///   - evidence: what was found out.
  ///   - stop: why the exploration ended early.
  ///   - graph: how the markings are connected, when all were found.
  ///   - goOn: asked now and then; false ends what is left to look at.
  init(_ evidence: Evidence, stop: Stop?, graph: StateGraph?, goOn: () -> Bool) {
    let space = evidence.space
    markings = space.count
    edges = space.edges
    self.stop = stop
    maxima = evidence.maxima
    unboundedPlaces = evidence.coverability?.unbounded.sorted() ?? []
    deadlocks = stop == nil ? space.deadlocks : nil
    deadTransitions = evidence.deadTransitions
    liveTransitions = evidence.liveTransitions
    homeMarkings = evidence.terminal?.homeMarkings

    var findings: [Claim: Finding] = [
      .bounded: evidence.bounded, .safe: evidence.safe, .deadlockFree: evidence.deadlockFree,
      .quasiLive: evidence.quasiLive, .live: evidence.live, .reversible: evidence.reversible,
    ]
    do {
      let workflow = try Workflow(of: space.net)
      let pump = evidence.bounded.verdict == .refuted ? evidence.bounded : nil
      findings[.sound] = soundness(workflow, space, graph, pump: pump, evidence.effort, goOn: goOn)
      self.workflow = workflow
    } catch {
      workflow = nil
      findings[.sound] = Finding(.undecided, error.words)
    }
    self.findings = findings
  }
}

extension Workflow.Obstacle {
  /// Why soundness is no question of such a net.
  var words: String {
    switch self {
    case .notOneToken: "no workflow: it does not begin with exactly one token"
    case .noEnd: "no workflow: there is no place that nothing is taken from"
    }
  }
}
