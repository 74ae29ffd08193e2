import NetAnalysis
import PetriNet
import TestNets
import Testing

@Suite struct BoundRefutationTests {
  /// Two processes that never are in the critical section both.
  private func mutex() throws -> Net {
    try Net(
      "mutex",
      [Place("idle", initial: 2), Place("a"), Place("b"), Place("lock", initial: 1), Place("log", capacity: 5)],
      [
        .t("enter a", .input("idle"), .input("lock"), .output("a")),
        .t("leave a", .input("a"), .output("idle"), .output("lock"), .output("log")),
        .t("enter b", .input("idle"), .input("lock"), .output("b")),
        .t("leave b", .input("b"), .output("idle"), .output("lock")), .t("forget", .reset("log")),
      ])
  }

  @Test func `mutual exclusion is proved, and the proof says why`() throws {
    let net = try mutex()
    let both = [Demand([Weighted(1, 1)], .atLeast, 1), Demand([Weighted(2, 1)], .atLeast, 1)]
    let proof = try #require(StateEquation.refute(both, of: net))
    #expect(proof.multipliers == [1, 1])
    #expect(
      proof.words(in: net)
        == "together the demands ask for a + b ≥ 2, but a + b + lock = 1 in every reachable marking, which allows at most 1"
    )
    #expect(StateEquation.refute([both[0]], of: net) == nil)
    #expect(StateEquation.refute([], of: net) == nil)
  }

  @Test func `equalities and upper limits are demands as well`() throws {
    let net = try mutex()
    #expect(StateEquation.refute([Demand([Weighted(0, 1)], .equal, 0)], of: net) != nil)
    #expect(StateEquation.refute([Demand([Weighted(0, 1)], .equal, 1)], of: net) == nil)
    #expect(StateEquation.refute([Demand([Weighted(0, 1)], .atMost, 0)], of: net) != nil)
    #expect(StateEquation.refute([Demand([Weighted(4, 1)], .atLeast, 6)], of: net)?.invariant == nil)
    #expect(StateEquation.refute([Demand([Weighted(4, 1)], .atLeast, 6)], of: net)?.possible == 5)
    #expect(StateEquation.refute([Demand([Weighted(4, 1)], .atLeast, 5)], of: net) == nil)
    let contradiction = [Demand([Weighted(4, 1)], .atLeast, 3), Demand([Weighted(4, 2)], .atMost, 5)]
    #expect(StateEquation.refute(contradiction, of: net)?.invariant == nil)
    let sums = [
      Demand([Weighted(0, 1), Weighted(1, 1)], .equal, 1), Demand([Weighted(2, 1), Weighted(3, -1)], .atMost, -1),
    ]
    #expect(StateEquation.refute(sums, of: net) != nil)
    #expect(StateEquation.refute([Demand([], .atLeast, 1)], of: net) != nil)
    #expect(StateEquation.refute([Demand([], .atLeast, 0)], of: net) == nil)
  }

  @Test func `what is at the limits of 64 bits, or is no place, is unknown`() throws {
    let net = try mutex()
    for weight in [Int.min, Int.max] {
      for number in [Int.min, Int.max] {
        for relation in [Demand.Relation.atLeast, .atMost, .equal] {
          _ = StateEquation.refute([Demand([Weighted(0, weight), Weighted(4, weight)], relation, number)], of: net)
        }
      }
    }
    #expect(StateEquation.refute([Demand([Weighted(9, 1)], .atLeast, 1)], of: net) == nil)
    let both = [Demand([Weighted(1, 1)], .atLeast, 1), Demand([Weighted(2, 1)], .atLeast, 1)]
    #expect(StateEquation.refute(both, of: net, limit: WorkLimit(steps: 1)) == nil)
  }

  @Test(arguments: 0..<150)
  func `no marking of a walk is refuted`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let net = generator.once(in: 3) ? Net.dense("n", using: &generator) : try Net.random("n", using: &generator)
    var marking = net.initialMarking
    for _ in 0..<12 {
      let demands = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        let terms = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
          Weighted(net.places.indices.randomElement(using: &generator) ?? 0, Int.random(in: -2...3, using: &generator))
        }
        let sum = terms.reduce(Int128(0)) { $0 + Int128($1.weight) * Int128(marking[$1.index]) }
        let number = Int(clamping: sum)
        let relation = [Demand.Relation.atLeast, .atMost, .equal].randomElement(using: &generator) ?? .equal
        return Int128(number) == sum ? Demand(terms, relation, number) : Demand([], .equal, 0)
      }
      #expect(StateEquation.refute(demands, of: net) == nil)
      guard
        let transition = net.transitions.indices.filter({ net.enables($0, in: marking) }).randomElement(
          using: &generator)
      else { break }
      marking = try net.fire(transition, in: marking)
    }
  }
}
