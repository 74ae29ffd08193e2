import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

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

  @Test func `a demand that can be met does not hide those that cannot`() throws {
    let net = try Net(
      "n", [Place("many"), Place("a", initial: 1), Place("b")],
      [.t("make", .output("many")), .t("go", .input("a"), .output("b"))])
    let some = Demand([Weighted(0, 1)], .atLeast, 3)
    let both = [Demand([Weighted(1, 1)], .atLeast, 1), Demand([Weighted(2, 1)], .atLeast, 1)]
    #expect(StateEquation.refute([some], of: net) == nil)
    #expect(StateEquation.refute([some] + both, of: net)?.multipliers == [0, 1, 1])
    #expect(StateEquation.refute(both + [some], of: net)?.multipliers == [1, 1, 0])
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

  @Test func `a trap that is marked refutes what the state equation alone allows`() throws {
    // Two tokens become one, so that in numbers all can go; the last one cannot.
    let net = try Net(
      "n", [Place("p", initial: 5), Place("q"), Place("alone")],
      [
        .t("merge", .input("p", 2), .output("p")), .t("go", .input("p"), .output("q")),
        .t("back", .input("q", 2), .output("q"), .output("p")),
      ])
    let none = [Demand([Weighted(0, 1), Weighted(1, 1)], .atMost, 0)]
    let proof = try #require(StateEquation.refute(none, of: net))
    #expect(proof.traps.keys.map(\.places) == [[0, 1]])
    #expect(
      proof.words(in: net)
        == "together the demands, with the trap {p, q} that is always marked, ask for 0 ≥ 1, which is at most 0 in any marking"
    )
    #expect(StateEquation.refute([Demand([Weighted(0, 1)], .atMost, 0)], of: net) == nil)
  }

  @Test func `a trap is what stays marked, whatever reads, resets and inhibitors do`() throws {
    func isTrap(_ arcs: ArcDraft...) throws -> Bool {
      let net = try Net("n", [Place("p", initial: 3), Place("q")], [.t("t", arcs)])
      let trap = MarkedTrap([0], of: net)
      #expect((trap != nil) == (largestTrap(in: [0], of: net) == [0]))
      #expect((StateEquation.refute([Demand([Weighted(0, 1)], .atMost, 0)], of: net) != nil) == (trap != nil))
      return trap != nil
    }
    #expect(try isTrap(.read("p")))
    #expect(try isTrap(.input("p", 3), .output("p")))
    #expect(try isTrap(.input("p"), .read("p", 2)))
    #expect(try isTrap(.inhibitor("p"), .output("q")))
    #expect(try !isTrap(.input("p"), .read("p"), .output("q")))
    #expect(try !isTrap(.input("p"), .inhibitor("p", 9)))
    #expect(try !isTrap(.reset("p"), .read("p", 3), .output("q")))
    let net = try Net(
      "n", [Place("p", initial: 1), Place("q")], [.t("t", .input("p"), .read("p"), .output("q"))])
    #expect(!Commoner(of: net).isDeadlockFree)
    #expect(MarkedTrap([1], of: net) == nil)
  }

  @Test func `a transition that never fires is told with the reason`() throws {
    let net = try Net(
      "n", [Place("a", initial: 1), Place("b"), Place("c", capacity: 2)],
      [
        .t("go", .input("a"), .output("b")), .t("both", .input("a"), .input("b")), .t("two", .read("b", 2)),
        .t("full", .output("c", 3)), .t("fits", .output("c", 2)),
        .t("refill", .reset("c"), .output("c", 2)),
      ])
    let refuted = net.transitions.indices.filter { StateEquation.refuteFiring(of: $0, in: net) != nil }
    #expect(refuted.map { net.transitions[$0].name } == ["both", "two", "full"])
    #expect(
      StateEquation.refuteFiring(of: 1, in: net)?.words(in: net)
        == "together the demands ask for a + b ≥ 2, but a + b ≤ 1 in every reachable marking, which allows at most 1")
  }

  @Test(
    .enabled(if: ContestNet.all.count > 0, "the folder of shared nets is not beside the project"),
    arguments: [("Angiogenesis-PT-01", 9), ("Railroad-PT-005", 5), ("SafeBus-PT-03", 9), ("Murphy-PT-D1N010", 0)])
  func `transitions of a contest's net are refuted, and all of these are dead`(model: String, least: Int) throws {
    let known = try #require(ContestNet.all.first { $0.model == model })
    let net = try known.net()
    let refuted = net.transitions.indices.count { StateEquation.refuteFiring(of: $0, in: net) != nil }
    #expect((least...known.deadTransitions).contains(refuted))
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
      for transition in net.transitions.indices where net.enables(transition, in: marking) {
        #expect(StateEquation.refuteFiring(of: transition, in: net) == nil)
      }
      guard
        let transition = net.transitions.indices.filter({ net.enables($0, in: marking) }).randomElement(
          using: &generator)
      else { break }
      marking = try net.fire(transition, in: marking)
    }
  }
}
