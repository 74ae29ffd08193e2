import NetAnalysis
import Oracle
import PetriNet
import Testing

/// Nets whose answers are known by formulas, which the firing rule confirms where it comes to an end soon.
@Suite struct FamilyTests {
  @Test(arguments: try Family.all())
  func `a net of a family behaves as the formula says`(_ family: Family) throws {
    let net = family.net
    let bounds = LinearFacts(of: net).bounds
    let behaviour = examine(net, bounds: bounds.map { $0?.most })
    #expect(behaviour.isComplete)
    #expect(behaviour.markings == family.markings)
    #expect(behaviour.edges == family.firings)
    #expect(behaviour.deadlocks == family.deadlocks)
    #expect(behaviour.homeMarkings == family.homeMarkings)
    #expect(behaviour.maxima?.place == family.most)
    #expect(behaviour.deadTransitions == [])
    #expect(behaviour.liveTransitions?.count == (family.isLive ? net.transitions.count : 0))
    let expected: [Claim: Bool] = [
      .bounded: true, .safe: family.most == 1, .deadlockFree: family.deadlocks == 0, .quasiLive: true,
      .live: family.isLive, .reversible: family.homeMarkings == family.markings,
    ]
    for (claim, truth) in expected {
      #expect(NetAnalysisTests.truth(behaviour[claim]) == truth, "\(claim)")
      try check(behaviour[claim], claim, of: net)
    }
    // A bound is proved by what the arcs add and take alone, without inhibitors.
    if !net.arcs.contains(where: { $0.kind == .inhibitor }) {
      #expect(bounds.map { $0?.most } == behaviour.maxima?.places.map { $0 })
    }

    let half = examine(net, bounds: bounds.map { $0?.most }, limits: Limits(markings: max(family.markings / 2, 1)))
    for (claim, truth) in expected {
      #expect([nil, truth].contains(NetAnalysisTests.truth(half[claim])), "\(claim) at a limit")
    }
  }

  @Test(arguments: try Family.all().filter { $0.markings <= 700 })
  func `the firing rule agrees with the formula`(_ family: Family) {
    let naive = NaiveSpace(of: family.net, limit: 1000)
    #expect(naive.markings.count == family.markings)
    #expect(naive.edges == family.firings)
    #expect(naive.dead.count == family.deadlocks)
    #expect(naive.homeMarkings == family.homeMarkings)
    #expect(naive.liveTransitions.count == (family.isLive ? family.net.transitions.count : 0))
    #expect(naive.markings.flatMap(\.counts).max() == family.most)
  }
}
