import Differential

/// The time that there is, the seeds that are next, and what came of those before.
actor Race {
  private var seed: UInt64
  private var nets: Int
  private let began = ContinuousClock.now
  private let limit: Duration
  private let report: @Sendable (String) -> Void
  private var tally = Tally()
  private var findings = 0
  private var reported = 0

  init(seed: UInt64, seconds: Int, nets: Int, report: @escaping @Sendable (String) -> Void) {
    self.seed = seed
    self.nets = nets
    limit = .seconds(seconds)
    self.report = report
  }

  /// The seeds of the next nets, which share a database; nil when it is time to stop.
  func next() -> [UInt64]? {
    guard findings < 3, nets > 0, ContinuousClock.now - began < limit else { return nil }
    let count = min(nets, 5)
    nets -= count
    let seeds = (0..<UInt64(count)).map { seed &+ $0 }
    seed &+= UInt64(count)
    return seeds
  }

  /// Takes what came of some nets.
  func add(_ tallies: [Tally]) {
    for other in tallies { tally.add(other) }
    let seconds = Int((ContinuousClock.now - began).components.seconds)
    guard seconds - reported >= 5 else { return }
    reported = seconds
    report("\(seconds) s  \(summary)")
  }

  /// Takes a difference.
  func fail(_ finding: String) {
    findings += 1
    report(finding)
  }

  /// Prints the totals; the exit code.
  func end() -> Int32 {
    let elapsed = (ContinuousClock.now - began).components
    let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    report(
      """
      total  \(summary)
      \(tally.events) events in \(tally.instances) instances, \(tally.replays) replays, \(tally.creations) creations
      \(tally.refusals.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
      \(Int(seconds)) s, \(Int(Double(tally.calls) / seconds)) calls/s, \(Int(Double(tally.events) / seconds)) events/s
      \(findings == 0 ? "no difference" : "\(findings) differences")
      """)
    return findings == 0 && tally.calls > 0 ? 0 : 1
  }

  private var summary: String {
    "\(tally.nets) nets, \(tally.calls) calls, \(tally.calls - tally.refused) accepted, \(tally.refused) refused"
  }
}
