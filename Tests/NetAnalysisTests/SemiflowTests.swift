import NetAnalysis
import PetriNet
import TestNets
import Testing

@Suite struct SemiflowTests {
  /// Two processes that share a printer; who prints also holds two sheets of paper, which a reset of the waste empties.
  static func printer() throws -> Net {
    try Net(
      "printer",
      [
        Place("idle", initial: 2), Place("printing"), Place("free", initial: 1), Place("paper", initial: 4),
        Place("waste"),
      ],
      [
        .t("start", .input("idle"), .input("free"), .input("paper", 2), .output("printing"), .inhibitor("waste", 9)),
        .t("stop", .input("printing"), .output("idle"), .output("free"), .output("waste", 2)),
        .t("clean", .reset("waste"), .read("idle")),
      ])
  }

  @Test func `minimal P-semiflows are found, and a reset place is in none`() throws {
    let net = try Self.printer()
    let flows = try #require(placeSemiflows(of: net))
    #expect(flows.map { $0.words(in: net) } == ["idle + printing = 2", "printing + free = 1"])
    #expect(flows.allSatisfy { $0.relation == .equal && $0.isSemipositive })
  }

  @Test func `a basis has the flows of mixed signs as well`() throws {
    let net = try Net(
      "n", [Place("a", initial: 3), Place("b"), Place("c", initial: 1)],
      [.t("s", .output("a"), .output("b", 2)), .t("t", .input("a"), .input("b", 2), .input("c"), .output("c"))])
    #expect(LinearFacts(of: net).invariants.map { $0.words(in: net) } == ["c = 1", "2·a - b = 6"])
    #expect(placeSemiflows(of: net)?.map { $0.words(in: net) } == ["c = 1"])
    #expect(transitionSemiflows(of: net) == [[Weighted(0, 1), Weighted(1, 1)]])
  }

  @Test func `a transition with a reset is in no T-semiflow`() throws {
    let net = try Net(
      "n", [Place("p")], [.t("put", .output("p", 2)), .t("take", .input("p", 3)), .t("empty", .reset("p"))])
    #expect(transitionSemiflows(of: net) == [[Weighted(0, 3), Weighted(1, 2)]])
    #expect(placeSemiflows(of: net) == [])
    #expect(LinearFacts(of: net).invariants == [])
  }

  @Test func `a transition that begins anew keeps what it restores`() throws {
    func net(_ again: ArcDraft...) throws -> Net {
      try Net(
        "game", [Place("x", initial: 1), Place("o"), Place("free", initial: 9), Place("moves")],
        [
          .t("X", .input("x"), .output("o"), .input("free"), .output("moves")),
          .t("O", .input("o"), .output("x"), .input("free"), .output("moves")),
          .t("again", [.reset("x"), .reset("o"), .reset("free"), .reset("moves")] + again),
        ])
    }
    let fair = try net(.output("o"), .output("free", 9))
    let facts = LinearFacts(of: fair)
    #expect(facts.invariants.map { $0.words(in: fair) } == ["x + o = 1", "free + moves = 9"])
    #expect(facts.bounds.map { $0?.most } == [1, 1, 9, 9])
    let less = try net(.output("x"), .output("free", 5))
    #expect(LinearFacts(of: less).invariants.map { $0.words(in: less) } == ["x + o = 1"])
    #expect(LinearFacts(of: less).bounds.map { $0?.most } == [1, 1, 9, 9])
    let more = try net(.output("x"), .output("o"), .output("free", 5), .output("moves", 5))
    #expect(LinearFacts(of: more).invariants.isEmpty)
    #expect(LinearFacts(of: more).bounds.prefix(3).map { $0?.most } == [2, 2, 9])
    let signs = Invariant([Weighted(0, 9), Weighted(1, 9), Weighted(2, -1), Weighted(3, -1)], of: fair)
    #expect(signs?.words(in: fair) == "9·x + 9·o - free - moves = 0")
    let part = try Net(
      "part", [Place("x", initial: 1), Place("o")], [.t("t", .reset("x"), .output("x"), .read("o"))])
    #expect(Invariant([Weighted(0, 1), Weighted(1, 1)], of: part) == nil)
    #expect(Invariant([Weighted(0, 1)], of: part)?.relation == .equal)
  }

  @Test func `an invariant cannot be had of a sum that grows`() throws {
    let net = try Self.printer()
    #expect(Invariant([Weighted(0, 1)], of: net) == nil)
    #expect(Invariant([Weighted(3, -1)], of: net) == nil)
    // True, though it says nothing.
    #expect(Invariant([Weighted(4, -1)], of: net)?.words(in: net) == "-waste ≤ 0")
    #expect(Invariant([Weighted(5, 1)], of: net) == nil)
    #expect(Invariant([Weighted(0, 0)], of: net) == nil)
    #expect(Invariant([Weighted(0, Int.max), Weighted(1, Int.max)], of: net)?.words(in: net) == "idle + printing = 2")
    let double = try #require(Invariant([Weighted(0, 2), Weighted(1, 2), Weighted(3, 0)], of: net))
    #expect(double.words(in: net) == "idle + printing = 2")
    #expect(Invariant([Weighted(3, 6)], of: net)?.words(in: net) == "paper ≤ 4")
    let paid = Invariant([Weighted(3, 1), Weighted(1, 2), Weighted(4, 1)], of: net)
    #expect(paid?.words(in: net) == "2·printing + paper + waste ≤ 4")
    #expect(Invariant([Weighted(3, -1), Weighted(1, -2), Weighted(4, -1)], of: net) == nil)
    #expect(Invariant([Weighted(3, 1), Weighted(1, 2), Weighted(4, 1), Weighted(0, 5)], of: net) == nil)
  }

  @Test func `numbers beyond 64 bits are no proof and no crash`() throws {
    let net = try Net(
      "n", [Place("a", initial: Int.max), Place("b", initial: Int.max), Place("c")],
      [
        .t("s", .input("a", Int.max), .output("b", Int.max - 1)), .t("t", .input("b", Int.max - 2), .output("a", 3)),
        .t("u", .reset("a"), .output("c", Int.max)), .t("v", .inhibitor("c", Int.max), .reset("c")),
      ])
    #expect(Invariant([Weighted(0, 1), Weighted(1, 1)], of: net) == nil)
    #expect(Invariant([Weighted(0, Int.min), Weighted(1, Int.min)], of: net) == nil)
    #expect(Invariant([Weighted(2, Int.min), Weighted(1, Int.max)], of: net) == nil)
    #expect(LinearFacts(of: net).invariants == [])
    _ = placeSemiflows(of: net)
    _ = transitionSemiflows(of: net)
  }

  @Test(arguments: 0..<300)
  func `no vector of a random net's is missed, and none is more than minimal`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let places = (0..<5).map { Place("p\($0)") }
    let transitions = (0..<Int.random(in: 1...4, using: &generator)).map { number in
      TransitionDraft.t(
        "t\(number)",
        (0..<Int.random(in: 1...5, using: &generator)).map { _ in
          let kind: Arc.Kind = generator.once(in: 2) ? .input : .output
          return .arc(kind, "p\(Int.random(in: 0..<5, using: &generator))", generator.once(in: 4) ? 2 : 1)
        })
    }
    let net = try Net("random", places, transitions)
    let flows = try #require(placeSemiflows(of: net))
    let supports = flows.map { Set($0.terms.map(\.index)) }
    for (number, support) in supports.enumerated() {
      #expect(!supports.enumerated().contains { $0.offset != number && $0.element.isSubset(of: support) })
    }
    let basis = LinearFacts(of: net).invariants
    for code in 1..<243 {
      let vector = (0..<5).reduce(into: (code, [Int]())) { rest, _ in
        rest.1.append(rest.0 % 3)
        rest.0 /= 3
      }.1
      let isFlow = net.transitions.indices.allSatisfy { transition in
        net.effects(of: transition).reduce(0) { $0 + $1.change * vector[$1.place] } == 0
      }
      guard isFlow else { continue }
      #expect(!basis.isEmpty)
      let support = Set(vector.indices.filter { vector[$0] > 0 })
      #expect(supports.contains { $0.isSubset(of: support) })
    }
    #expect(basis.count >= min(1, flows.count) && Set(basis.map(\.terms)).count == basis.count)
  }

  @Test func `it gives up when told, and at its limit`() throws {
    let net = try Self.printer()
    #expect(placeSemiflows(of: net, limit: WorkLimit(steps: 1)) == nil)
    #expect(placeSemiflows(of: net, shouldStop: { true }) == nil)
  }

  @Test(
    .enabled(if: ContestNet.all.count > 0, "the folder of shared nets is not beside the project"),
    arguments: ContestNet.table("invariants.csv").compactMap { $0["model"] })
  func `a contest's net has the known numbers of semiflows`(model: String) throws {
    let known = try #require(ContestNet.table("invariants.csv").first { $0["model"] == model })
    let net = try #require(ContestNet.all.first { $0.file == model + ".pnml" }).net()
    if let count = known["minimal_p_semiflows"].flatMap({ Int($0) }) {
      let flows = try #require(placeSemiflows(of: net))
      #expect(flows.count == count)
      let covered = Set(flows.flatMap { $0.terms.map(\.index) })
      #expect(covered.count == known["p_semiflow_covered_places"].flatMap { Int($0) })
    }
    if let count = known["minimal_t_semiflows"].flatMap({ Int($0) }) {
      #expect(transitionSemiflows(of: net)?.count == count)
    }
  }
}
