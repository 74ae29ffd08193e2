import NetAnalysis
import PetriNet

/// Proves what is said of a net, each within the limits; what it finds out on the way it remembers.
final class Prover {
  /// The net.
  let read: ReadNet
  private let patience: Patience
  private var bounds: [Int?]?

  /// How the net behaves.
  private(set) lazy var behaviour: Behaviour = {
    let clock = patience.clock(read.net.name)
    return examine(read.net, bounds: bounds(clock), limits: patience.limits, clock: clock)
  }()

  /// What is known of each thing that the net's file says of it.
  private(set) lazy var findings: [(obligation: Obligation, finding: Finding)] = read.obligations.map { obligation in
    let clock = patience.clock(read.net.name)
    let finding = decide(
      obligation, of: read.net, behaviour: { behaviour }, bounds: bounds(clock), limits: patience.limits, clock: clock)
    return (obligation, finding)
  }

  /// A prover of a net.
  ///
  /// - Parameters:
  ///   - read: the net.
  ///   - bounds: the bounds of its places, where they are proved already.
  ///   - patience: the limits.
  init(of read: ReadNet, bounds: [Int?]? = nil, _ patience: Patience) {
    self.read = read
    self.patience = patience
    self.bounds = bounds
  }

  /// For each place a number of tokens that no reachable marking exceeds, as far as one is proved. Looking for them counts
  /// as time.
  private func bounds(_ clock: Clock) -> [Int?] {
    let known = bounds ?? LinearFacts(of: read.net, shouldStop: { clock(.bounding) >= 1 }).bounds.map { $0?.most }
    bounds = known
    return known
  }

  /// What is not proved: of some claims, and of what the file says.
  func unmet(of claims: [Claim]) -> [UnmetRequirements.Unmet] {
    claims.map { UnmetRequirements.Unmet(read: read, demand: .claim($0), finding: behaviour[$0]) }
      .filter { $0.finding.verdict != .proved }
      + findings.filter { $0.finding.verdict != .proved }.map { obligation, finding in
        let isWorkflow = obligation.meaning != .claim(.sound) || behaviour.workflow != nil
        return UnmetRequirements.Unmet(
          read: read, demand: .obligation(obligation), finding: finding, isApplicable: isWorkflow)
      }
  }
}
