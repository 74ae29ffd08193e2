import Diagnostics
import NetAnalysis
import PetriNet
import TestNets
import Testing

@Suite struct BoundTests {
  @Test func `an inequality bounds what no equality does`() throws {
    // Whoever works may stop for good, so that the number of workers is no invariant.
    let net = try Net(
      "n", [Place("idle", initial: 6), Place("pair"), Place("done")],
      [.t("meet", .input("idle", 2), .output("pair")), .t("leave", .input("pair"), .output("done"))])
    #expect(LinearFacts(of: net).bounds.map { $0?.most } == [6, 3, 3])
    let lossy = try Net(
      "n", [Place("idle", initial: 7), Place("pair"), Place("log")],
      [
        .t("meet", .input("idle", 2), .output("pair"), .output("log")), .t("leave", .input("pair")),
        .t("part", .input("pair"), .output("idle")),
      ])
    let bounds = LinearFacts(of: lossy).bounds
    // A fraction of a pair is none: 7 / 2.
    #expect(bounds.map { $0?.most } == [7, 3, 7])
    let proof = try #require(bounds[1]?.proof)
    guard case .invariant(let invariant) = proof else { throw Missing(what: "an invariant, not \(proof)") }
    #expect(invariant.words(in: lossy) == "idle + 2·pair ≤ 7")
  }

  @Test func `a place that fills without end has no bound, and a capacity is one`() throws {
    let net = try Net(
      "n", [Place("free"), Place("held", capacity: 4), Place("copy"), Place("never", initial: 2)],
      [
        .t("make", .output("free")), .t("hold", .input("free"), .output("held"), .output("copy")),
        .t("drop", .input("held"), .input("copy")),
      ])
    let bounds = LinearFacts(of: net).bounds
    // The copy is as full as what is held, which the capacity limits: held - copy = 0.
    #expect(bounds.map { $0?.most } == [nil, 4, 4, 2])
    #expect(bounds[1]?.proof == .capacity)
    guard case .invariant(let copy) = bounds[2]?.proof else { throw Missing(what: "the bound of the copy") }
    #expect(copy.words(in: net) == "held - copy = 0" || copy.words(in: net) == "-held + copy = 0")
  }

  @Test func `a reset makes an equality an inequality`() throws {
    let net = try Net(
      "n", [Place("a", initial: 3), Place("b")],
      [.t("go", .input("a"), .output("b")), .t("back", .input("b"), .output("a")), .t("lose", .reset("b"))])
    let bounds = LinearFacts(of: net).bounds
    #expect(bounds.map { $0?.most } == [3, 3])
    guard case .invariant(let invariant) = bounds[1]?.proof else { throw Missing(what: "the bound of b") }
    #expect(invariant.words(in: net) == "a + b ≤ 3")
    // With what it puts back, a reset is bounded by what it needs to be there.
    let refilled = try Net("n", [Place("a", initial: 2)], [.t("t", .reset("a"), .read("a", 2), .output("a", 2))])
    #expect(LinearFacts(of: refilled).bounds.map { $0?.most } == [2])
    let moved = try Net(
      "n", [Place("a", initial: 2), Place("b")],
      [.t("t", .reset("a"), .read("a", 2), .output("a"), .output("b")), .t("u", .input("b"), .output("a"))])
    #expect(LinearFacts(of: moved).bounds.map { $0?.most } == [2, 2])
    // Or by what it puts back, when it leaves nothing else of the sum.
    let filled = try Net("n", [Place("a", initial: 1)], [.t("t", .reset("a"), .output("a", 5)), .t("u", .input("a"))])
    #expect(LinearFacts(of: filled).bounds.map { $0?.most } == [5])
    let beside = try Net(
      "n", [Place("a", initial: 1), Place("b")],
      [.t("t", .reset("a"), .output("a", 5)), .t("u", .input("a"), .output("b"))])
    #expect(LinearFacts(of: beside).bounds.map { $0?.most } == [5, nil])
  }

  @Test func `the same net has the same bounds, and a spent limit leaves what is known`() throws {
    var generator = SeededGenerator(seed: 11)
    let net = Net.dense("n", using: &generator)
    #expect(LinearFacts(of: net) == LinearFacts(of: net))
    let lossy = try Net(
      "n", [Place("idle", initial: 7), Place("pair")],
      [.t("meet", .input("idle", 2), .output("pair")), .t("part", .input("pair"), .output("idle"))])
    #expect(LinearFacts(of: lossy, limit: WorkLimit(steps: 0)).bounds.map { $0?.most } == [nil, nil])
    #expect(LinearFacts(of: lossy, shouldStop: { true }).bounds.map { $0?.most } == [nil, nil])
    #expect(LinearFacts(of: lossy).bounds.map { $0?.most } == [7, 3])
  }

  /// Random nets with arcs of all five kinds, weights and counts at the limits of 64 bits.
  @Test(arguments: 0..<200)
  func `no walk leaves the bounds, or an invariant`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let net = generator.once(in: 2) ? Net.dense("n", using: &generator) : try Net.random("n", using: &generator)
    let proved = LinearFacts(of: net)
    let bounds = proved.bounds
    let facts =
      proved.invariants
      + bounds.compactMap { bound in
        if case .invariant(let invariant) = bound?.proof { invariant } else { nil }
      }
    for _ in 0..<4 {
      var marking = net.initialMarking
      for _ in 0..<60 {
        for (place, bound) in bounds.enumerated() {
          #expect(marking[place] <= bound?.most ?? Int.max, "\(net.places[place].name) by \(String(describing: bound))")
        }
        for fact in facts {
          let sum = fact.terms.reduce(Int128(0)) { $0 + Int128($1.weight) * Int128(marking[$1.index]) }
          let holds = fact.relation == .equal ? sum == Int128(fact.value) : sum <= Int128(fact.value)
          #expect(holds, "\(fact.words(in: net)) is \(sum)")
        }
        guard
          let transition = net.transitions.indices.filter({ net.enables($0, in: marking) }).randomElement(
            using: &generator)
        else { break }
        marking = try net.fire(transition, in: marking)
      }
    }
  }

  @Test(
    .enabled(if: ContestNet.all.count > 0, "the folder of shared nets is not beside the project"),
    arguments: ContestNet.bounded)
  func `a contest's net has no marking beyond the bounds, and they are as good as they can be`(model: String) throws {
    let (bounds, exact) = try #require(ContestNet.bounds[model])
    try #require(bounds.count == exact.count)
    #expect(zip(bounds, exact).allSatisfy { $0 ?? Int.max >= $1 })
    let known = try #require(ContestNet.table("invariants.csv").first { $0["model"] == model })
    let (least, leastExact) = (Int(known["lp_bounded_places"] ?? "") ?? 0, Int(known["lp_exact_places"] ?? "") ?? 0)
    #expect(bounds.count { $0 != nil } >= least)
    #expect(zip(bounds, exact).count { $0 == $1 } >= leastExact)
  }

  @Test(.enabled(if: ContestNet.all.count > 0, "the folder of shared nets is not beside the project"))
  func `of the contest's places 99 in 100 have a bound, and 96 in 100 the exact one`() throws {
    let pairs = ContestNet.bounds.values.flatMap { Array(zip($0.found, $0.exact)) }
    #expect(pairs.count == 1821)
    #expect(pairs.count { $0.0 != nil } * 100 >= pairs.count * 99)
    #expect(pairs.count { $0.0 == $0.1 } * 100 >= pairs.count * 96)
  }
}

/// Something that a test looked for and that is not there.
struct Missing: Error {
  let what: String
}

extension ContestNet {
  /// The models of which the exact maximum of each place is known.
  static let bounded: [String] = table("invariants.csv").compactMap { $0["model"] }

  /// The bounds found of each model, and the exact maxima. The table names places by their identifiers, in the order of
  /// the file.
  static let bounds: [String: (found: [Int?], exact: [Int])] = {
    let exact = Dictionary(grouping: table("place_bounds.csv")) { $0["model"] ?? "" }
    let nets = all.filter { exact[$0.model] != nil }
    let found = nets.map { known in (try? known.net()).map { LinearFacts(of: $0).bounds.map { $0?.most } } ?? [] }
    return Dictionary(
      uniqueKeysWithValues: zip(nets, found).map { known, found in
        (known.model, (found, (exact[known.model] ?? []).compactMap { Int($0["max_tokens"] ?? "") }))
      })
  }()
}
