import NetAnalysis
import Oracle
import PetriNet
import TestNets
import Testing

/// Small nets with all kinds of arcs, weights, capacities and counts near 2^63, held against the firing rule.
@Suite struct RandomNetsTests {
  @Test(arguments: 0..<40)
  func `what is found of random nets is what the firing rule gives`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<6 {
      let net = try Net.random("random", using: &generator)
      let naive = NaiveSpace(of: net, limit: 200)
      let behaviour = examine(net, bounds: net.places.map { _ in nil }, limits: Limits(markings: 250))
      for claim in Claim.allCases { try check(behaviour[claim], claim, of: net) }
      guard naive.isComplete else { continue }
      try compare(behaviour, naive)
    }
  }

  @Test(arguments: 0..<30)
  func `so is what is found of larger ones, with proved bounds, and what is said at a limit is true`(
    _ seed: Int
  ) throws {
    var generator = SeededGenerator(seed: UInt64(9000 + seed))
    var large = 0
    for _ in 0..<10 {
      let net = try Net.randomMoves(using: &generator)
      let naive = NaiveSpace(of: net, limit: 300)
      guard naive.isComplete else { continue }
      if naive.markings.count > 20 { large += 1 }
      let bounds = LinearFacts(of: net).bounds.map { $0?.most }
      for (place, bound) in bounds.enumerated() {
        guard let bound else { continue }
        #expect(naive.markings.allSatisfy { $0[place] <= bound })
      }
      let behaviour = examine(net, bounds: bounds)
      try compare(behaviour, naive)
      // No time to explore, so that stubborn sets and siphons have to say what they can.
      let limited = examine(net, bounds: bounds) { $0.phase == .exploring ? 1 : 0 }
      #expect(naive.edges == 0 || limited.stop == .time)
      for claim in Claim.allCases {
        try check(limited[claim], claim, of: net)
        #expect([nil, truth(behaviour[claim])].contains(truth(limited[claim])), "\(claim) at a limit")
      }
      #expect(truth(limited[.deadlockFree]) == naive.dead.isEmpty)
    }
    #expect(large > 0, "all nets of this seed are trivial")
  }

  /// Whether all that is said of a net is what the firing rule gives.
  private func compare(_ behaviour: Behaviour, _ naive: NaiveSpace) throws {
    let net = naive.net
    for claim in Claim.allCases { try check(behaviour[claim], claim, of: net) }
    #expect(behaviour.isComplete)
    #expect(behaviour.markings == naive.markings.count)
    #expect(behaviour.edges == naive.edges)
    #expect(behaviour.deadlocks == naive.dead.count)
    #expect(behaviour.deadTransitions == naive.deadTransitions)
    #expect(behaviour.liveTransitions == naive.liveTransitions)
    #expect(behaviour.homeMarkings == naive.homeMarkings)
    #expect(truth(behaviour[.live]) == (naive.liveTransitions.count == net.transitions.count))
    #expect(truth(behaviour[.reversible]) == naive.isReversible)
    #expect(truth(behaviour[.deadlockFree]) == naive.dead.isEmpty)
    #expect(truth(behaviour[.quasiLive]) == naive.deadTransitions.isEmpty)
    #expect(truth(behaviour[.bounded]) == true)
    let maxima = net.places.indices.map { place in naive.markings.map { $0[place] }.max() ?? 0 }
    #expect(behaviour.maxima?.places == maxima)
    let sums = naive.markings.map { $0.counts.reduce(Int128(0)) { $0 + Int128($1) } }
    #expect(behaviour.maxima?.marking.map { Int128($0) } == sums.max().flatMap { $0 > Int128(Int.max) ? nil : $0 })
    #expect(truth(behaviour[.safe]) == maxima.allSatisfy { $0 <= 1 })
    try shortest(behaviour, naive)
  }

  /// Whether the witnesses are as short as can be.
  private func shortest(_ behaviour: Behaviour, _ naive: NaiveSpace) throws {
    func distance(_ passes: (Int) -> Bool) -> Int? {
      naive.markings.indices.filter(passes).map { naive.distances[$0] }.min()
    }
    if behaviour[.deadlockFree].verdict == .refuted {
      #expect(behaviour[.deadlockFree].witness.count == distance { naive.firings[$0].isEmpty })
    }
    if behaviour[.safe].verdict == .refuted {
      #expect(behaviour[.safe].witness.count == distance { naive.markings[$0].counts.contains { $0 > 1 } })
    }
    if behaviour[.reversible].verdict == .refuted {
      let returns = naive.canReach { $0 == 0 }
      let witness = behaviour[.reversible].witness
      #expect(witness.count == distance { !returns[$0] })
      let end = try #require(naive.numbers[try play(witness, in: naive.net)])
      #expect(!returns[end])
    }
    if behaviour[.live].verdict == .refuted {
      let end = try #require(naive.numbers[try play(behaviour[.live].witness, in: naive.net)])
      let isLost = naive.net.transitions.indices.contains { transition in
        !naive.canReach { naive.firings[$0].contains { $0.transition == transition } }[end]
      }
      #expect(isLost)
    }
  }

  @Test(arguments: 0..<20)
  func `bounds that are given change nothing but the width`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(1000 + seed))
    for _ in 0..<6 {
      let net = try Net.random("random", using: &generator)
      let naive = NaiveSpace(of: net, limit: 60)
      guard naive.isComplete else { continue }
      let bounds: [Int?] = net.places.indices.map { place in naive.markings.map { $0[place] }.max() }
      let space = try #require(StateSpace(of: net, bounds: bounds))
      #expect(space.explore() == nil)
      #expect(space.count == naive.markings.count)
      #expect(space.edges == naive.edges)
      for index in 0..<space.count {
        let number = try #require(naive.numbers[space.marking(index)])
        #expect(space.level(of: index) == naive.distances[number])
        let path = space.path(to: index)
        #expect(path.count == naive.distances[number])
        #expect(try play(path, in: net) == space.marking(index))
      }
    }
  }
}
