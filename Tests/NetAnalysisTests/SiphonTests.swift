import NetAnalysis
import PetriNet
import TestNets
import Testing

@Suite struct SiphonTests {
  /// Two philosophers who take the left fork first.
  private func philosophers() throws -> Net {
    try Net(
      "philosophers",
      [
        Place("left", initial: 1), Place("right", initial: 1), Place("a has left"), Place("b has right"),
        Place("a eats"),
        Place("b eats"),
      ],
      [
        .t("a takes", .input("left"), .output("a has left")), .t("b takes", .input("right"), .output("b has right")),
        .t("a begins", .input("a has left"), .input("right"), .output("a eats")),
        .t("b begins", .input("b has right"), .input("left"), .output("b eats")),
        .t("a ends", .input("a eats"), .output("left"), .output("right")),
        .t("b ends", .input("b eats"), .output("left"), .output("right")),
      ])
  }

  @Test func `the siphon that can run dry is found`() throws {
    let net = try philosophers()
    let commoner = Commoner(of: net)
    #expect(commoner.answer == .fails(siphon: [0, 1, 4, 5]))
    #expect(!commoner.isDeadlockFree)
    #expect(commoner.isLive == nil)
    #expect(largestTrap(in: [0, 1, 4, 5], of: net) == [])
    #expect(largestSiphon(in: [1, 2, 3, 4, 5], of: net) == [1, 3, 4, 5])
  }

  @Test func `of a free-choice net liveness is decided`() throws {
    func net(_ tokens: Int, back: String) throws -> Net {
      try Net(
        "n", [Place("p", initial: tokens), Place("q"), Place("r")],
        [
          .t("left", .input("p"), .output("q")), .t("right", .input("p"), .output("r")),
          .t("back", .input(back), .output("p")), .t("return", .input("q"), .output("p")),
        ])
    }
    #expect(Commoner(of: try net(1, back: "r")).isLive == true)
    #expect(Commoner(of: try net(1, back: "r")).isDeadlockFree)
    #expect(Commoner(of: try net(0, back: "r")).isLive == false)
    #expect(Commoner(of: try net(1, back: "q")).isLive == false)
  }

  @Test func `a reset, an inhibitor, a capacity or a weight ends the argument`() throws {
    func net(_ arc: ArcDraft?, capacity: Int? = nil, reads: Bool = false) throws -> Net {
      try Net(
        "n", [Place("p", initial: 1), Place("q", capacity: capacity), Place("alone")],
        [
          .t("s", [.input("p"), .output("q")] + (arc.map { [$0] } ?? []) + (reads ? [.read("p")] : [])),
          .t("t", .input("q"), .output("p")),
        ])
    }
    #expect(Commoner(of: try net(nil)).isDeadlockFree)
    #expect(Commoner(of: try net(nil)).isLive == true)
    #expect(Commoner(of: try net(nil, reads: true)).isDeadlockFree)
    #expect(Commoner(of: try net(nil, reads: true)).isLive == nil)
    #expect(!Commoner(of: try net(.reset("q"))).isDeadlockFree)
    #expect(!Commoner(of: try net(.inhibitor("q"))).isDeadlockFree)
    #expect(!Commoner(of: try net(.input("p", 2))).isDeadlockFree)
    #expect(!Commoner(of: try net(nil, capacity: 1)).isDeadlockFree)
    #expect(Commoner(of: try net(nil, capacity: 1)).isLive == nil)
    #expect(!Commoner(of: try Net("n", [Place("p", initial: 1)], [])).isDeadlockFree)
    #expect(Commoner(of: try net(nil), limit: WorkLimit(steps: 0)).answer == .unknown)
    #expect(minimalSiphons(of: try net(nil), shouldStop: { true }) == nil)
  }

  @Test(arguments: 0..<200)
  func `the minimal siphons of a random net are those among all sets`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let net = try Net.random("n", using: &generator)
    func isSiphon(_ set: Set<Int>) -> Bool {
      net.transitions.indices.allSatisfy { transition in
        let effects = net.effects(of: transition).filter { set.contains($0.place) }
        return !effects.contains { $0.output > 0 } || effects.contains { $0.input > 0 || $0.read != nil }
      }
    }
    let sets = (1..<(1 << net.places.count)).map { code in Set(net.places.indices.filter { code & (1 << $0) != 0 }) }
    let siphons = sets.filter(isSiphon)
    let minimal = siphons.filter { siphon in !siphons.contains { $0.isStrictSubset(of: siphon) } }
    #expect(Set(try #require(minimalSiphons(of: net)).map(Set.init)) == Set(minimal))
    #expect(Set(largestSiphon(in: net.places.indices, of: net)) == siphons.reduce([]) { $0.union($1) })
  }

  @Test(
    .enabled(if: ContestNet.all.count > 0, "the folder of shared nets is not beside the project"),
    arguments: ContestNet.all.filter(\.isCore))
  func `what follows of a contest's net is so`(known: ContestNet) throws {
    let commoner = Commoner(of: try known.net())
    #expect(!(commoner.isDeadlockFree && known.deadlock))
    if let isLive = commoner.isLive { #expect(isLive == known.live) }
  }
}
