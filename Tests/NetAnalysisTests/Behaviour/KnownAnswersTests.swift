import NetAnalysis
import PetriNet
import Testing

/// The small nets of the contest; `make bench` explores the large ones.
@Suite struct KnownAnswersTests {
  @Test(
    .enabled(if: KnownNet.contest.count > 0, "the folder of shared nets is not beside the project"),
    arguments: KnownNet.contest.filter { $0.cells["size"] == "core" })
  func `a contest's net behaves as is known`(_ known: KnownNet) throws {
    let net = try known.net()
    let behaviour = examine(net, bounds: LinearFacts(of: net).bounds.map { $0?.most })
    #expect(behaviour.isComplete)
    #expect(behaviour.markings == known.number("states"))
    #expect(behaviour.edges == known.number("rg_edges"))
    #expect(behaviour.maxima?.place == known.number("max_token_in_place"))
    #expect(behaviour.maxima?.marking == known.number("max_token_per_marking"))
    #expect(behaviour.deadTransitions?.count == known.number("dead_transitions"))
    #expect(behaviour.liveTransitions?.count == known.number("live_transitions"))
    #expect(truth(behaviour[.bounded]) == true)
    #expect(truth(behaviour[.deadlockFree]) == known.truth("deadlock").map { !$0 })
    #expect(truth(behaviour[.safe]) == known.truth("one_safe"))
    #expect(truth(behaviour[.quasiLive]) == known.truth("quasi_live"))
    #expect(truth(behaviour[.live]) == known.truth("live"))
    #expect(truth(behaviour[.reversible]) == known.truth("reversible"))
    for claim in Claim.allCases { try check(behaviour[claim], claim, of: net) }

    let maxima = KnownNet.placeMaxima(of: known.cells["model"] ?? "")
    for (place, maximum) in zip(net.places, behaviour.maxima?.places ?? []) where maxima[place.name] != nil {
      #expect(maximum == maxima[place.name], "\(place.name)")
    }
  }

  @Test(
    .enabled(if: KnownNet.samples.count > 0, "the folder of shared nets is not beside the project"),
    arguments: KnownNet.samples.filter { $0.truth("bounded") != nil && !$0.file.hasSuffix("Subprocesses.pnml") })
  func `a sample of PIPE's or WoPeD's behaves as is known`(_ known: KnownNet) throws {
    let net = try known.net()
    let behaviour = examine(net, bounds: net.places.map { _ in nil }, limits: Limits(markings: 3000))
    #expect(truth(behaviour[.bounded]) == known.truth("bounded"))
    for claim in Claim.allCases { try check(behaviour[claim], claim, of: net) }
    guard known.truth("bounded") == true else { return }
    #expect(behaviour.markings == known.number("states_or_km_nodes"))
    #expect(behaviour.deadlocks == known.number("dead_markings"))
    #expect(behaviour.maxima?.place == known.number("max_per_place"))
  }
}
