import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

/// What a search that went wrong might hand in as a proof.
@Suite struct BoundCertificateTests {
  private func refutation(_ demands: [Demand], _ multipliers: [Int], slack: [Weighted]) throws -> Refutation? {
    let net = try Net(
      "mutex", [Place("a"), Place("b"), Place("lock", initial: 1), Place("log", capacity: 4)],
      [
        .t("enter a", .input("lock"), .output("a")), .t("leave a", .input("a"), .output("lock"), .output("log")),
        .t("enter b", .input("lock"), .output("b")), .t("leave b", .input("b"), .output("lock")),
      ])
    return Refutation(
      of: demands, multipliers: multipliers, slack: slack, in: net, incidence: Incidence(of: net))
  }

  @Test func `a proof of what is not so is none`() throws {
    let (a, b, lock, log) = (Weighted(0, 1), Weighted(1, 1), Weighted(2, 1), Weighted(3, 1))
    // The right one, and with numbers that do not suffice.
    #expect(try refutation([Demand([a], .atLeast, 2)], [1], slack: [b, lock]) != nil)
    #expect(try refutation([Demand([a], .atLeast, 1)], [1], slack: [b, lock]) == nil)
    #expect(try refutation([Demand([a], .atLeast, 2)], [0], slack: [b, lock]) == nil)
    // The demand turned round.
    #expect(try refutation([Demand([lock], .atMost, 5)], [1], slack: [a, b]) == nil)
    #expect(try refutation([Demand([a, b, lock], .equal, 5)], [1], slack: []) != nil)
    #expect(try refutation([Demand([a, b, lock], .equal, 0)], [-1], slack: []) != nil)
    // A sum that grows; tokens that are taken off without a capacity; the same with one.
    #expect(try refutation([Demand([a], .atLeast, 2)], [1], slack: [b]) == nil)
    #expect(try refutation([Demand([a, log], .atLeast, 9)], [1], slack: [Weighted(0, -1), Weighted(3, -1)]) == nil)
    #expect(try refutation([Demand([log], .atLeast, 5)], [1], slack: [Weighted(3, -1)]) != nil)
    #expect(try refutation([Demand([log], .atLeast, 4)], [1], slack: [Weighted(3, -1)]) == nil)
    // Not one multiplier a demand; no such place; more than 64 bits.
    #expect(try refutation([Demand([a], .atLeast, 2)], [1, 1], slack: [b, lock]) == nil)
    #expect(try refutation([Demand([Weighted(9, 1)], .atLeast, 2)], [1], slack: [b, lock]) == nil)
    #expect(try refutation([Demand([Weighted(0, Int.max)], .atLeast, 2)], [2], slack: [b, lock]) == nil)
  }
}
