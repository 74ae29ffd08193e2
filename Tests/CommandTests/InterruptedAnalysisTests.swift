import TestServer
import Testing

/// Analyses that are stopped by control-C once they have said how far they are.
@Suite struct InterruptedAnalysisTests {
  /// 2^40 markings, which nobody waits for: 40 places of one token each, which is taken and put back.
  private static let large =
    "<document><subnet>"
    + (0..<40).map { place in
      """
      <place><id>p\(place)</id><label>p\(place)</label><tokens>1</tokens><capacity>1</capacity></place>
      <transition><id>t\(place)</id><label>take\(place)</label></transition>
      <transition><id>u\(place)</id><label>put\(place)</label></transition>
      <arc><sourceId>p\(place)</sourceId><destinationId>t\(place)</destinationId></arc>
      <arc><sourceId>u\(place)</sourceId><destinationId>p\(place)</destinationId></arc>
      """
    }.joined() + "</subnet></document>"

  /// Starts the program on the large net, stops it as soon as something can be seen of it, and gives what it left.
  private func stop(
    _ arguments: String..., when isSeen: (Running) throws -> Bool = { try $0.errorsSoFar.contains(" markings, ") }
  ) throws -> Program.Outcome {
    try Bench.with { bench in
      try bench.write(Self.large, to: "large.pflow")
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let running = try Program.ptflow.start(arguments, in: bench.folder)
      while running.isRunning, try !isSeen(running) {}
      running.interrupt()
      return try running.end()
    }
  }

  @Test func `check says what is known so far, and what it did not look at`() throws {
    let run = try stop("check", "large.pflow", "shuttle.pflow", "--time", "600")
    #expect(run.code == 130, "\(run)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("large.pflow: ") == true && !run.output.contains("shuttle"), "\(run)")
    #expect(lines.contains { $0.hasPrefix("  state space incomplete, interrupted; ") }, "\(run)")
    #expect(run.output.contains("  ✓ safe           no place ever holds more than 1 token\n"), "\(run)")
    #expect(run.output.contains("  ✓ quasi-live     every transition fires somewhere\n"), "\(run)")
    #expect(run.output.contains("  ? live           not decided by the "), "\(run)")
    #expect(run.output.contains("  ? reversible     not decided by the "), "\(run)")
    #expect(run.errors.hasPrefix("large: exploring: "), "\(run)")
    #expect(run.errors.hasSuffix("\nshuttle.pflow: not examined\n"), "\(run)")
  }

  @Test func `check tells it to programs, as at a limit`() throws {
    let run = try stop("check", "large.pflow", "--time", "600", "--json", "--require", "live")
    #expect(run.code == 130, "\(run)")
    #expect(run.output.contains("\"stopped_by\": \"interruption\""), "\(run)")
    #expect(run.output.contains("\"safe\": {\"verdict\": \"proved\""), "\(run)")
    #expect(run.output.contains("\"live\": {\"verdict\": \"undecided\""), "\(run)")
    #expect(run.output.contains("\"markings\": null"), "\(run)")
  }

  @Test func `reach says that it does not know`() throws {
    let all = (0..<40).map { "p\($0)" }.joined(separator: " + ")
    let run = try stop("reach", "large.pflow", "\(all) = 0", "--time", "600")
    #expect(run.code == 130, "\(run)")
    #expect(run.output.hasPrefix("undecided after ") && run.output.hasSuffix(" markings: interrupted\n"), "\(run)")
  }

  @Test func `simulate says what it has seen`() throws {
    let run = try stop("simulate", "large.pflow", "--runs", "1000000000", when: { try $0.catchesInterrupts })
    #expect(run.code == 130, "\(run)")
    #expect(run.output.contains(" runs of "), "\(run)")
  }
}
