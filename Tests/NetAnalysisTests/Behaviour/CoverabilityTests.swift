import Oracle
import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

@Suite struct CoverabilityTests {
  private func examined(_ places: [Place], _ transitions: [TransitionDraft], markings: Int = 500) throws -> (
    net: Net, behaviour: Behaviour
  ) {
    let net = try Net("net", places, transitions)
    let behaviour = examine(net, bounds: net.places.map { _ in nil }, limits: Limits(markings: markings))
    for claim in Claim.allCases { try check(behaviour[claim], claim, of: net) }
    return (net, behaviour)
  }

  @Test func `a producer pumps, and the pump is shown`() throws {
    let (_, behaviour) = try examined(
      [Place("on"), Place("off", initial: 1), Place("box")],
      [
        .t("start", .input("off"), .output("on")),
        .t("make", .input("on"), .output("on"), .output("box", 2)),
      ])
    #expect(behaviour[.bounded].witness == [0, 1])
    #expect(behaviour[.bounded].pump == 1..<2)
    #expect(behaviour.unboundedPlaces == [2])
    #expect(behaviour.stop == .unbounded)
  }

  @Test(arguments: [200, 800])
  func `an inhibitor stops what would be a pump without it`(_ limit: Int) throws {
    let (_, behaviour) = try examined(
      [Place("box"), Place("all", initial: 1)],
      [.t("make", .output("box"), .inhibitor("box", 600), .input("all"), .output("all"))], markings: limit)
    #expect(behaviour[.bounded].verdict == (limit > 600 ? .proved : .undecided))
    #expect(behaviour.isComplete == (limit > 600))
  }

  @Test func `what an inhibitor does not look at still pumps`() throws {
    let (_, behaviour) = try examined(
      [Place("lock"), Place("box")],
      [
        .t("lock", .output("lock"), .inhibitor("lock")), .t("unlock", .input("lock"), .output("box")),
      ])
    #expect(behaviour[.bounded].verdict == .refuted)
    #expect(behaviour.unboundedPlaces == [1])
  }

  @Test func `what a test elsewhere looks at pumps all the same`() throws {
    let (_, behaviour) = try examined([Place("p")], [.t("t", .output("p")), .t("u", .inhibitor("p"))])
    #expect(behaviour[.bounded].witness == [0])
    #expect(behaviour[.bounded].pump == 0..<1)
    #expect(behaviour.stop == .unbounded)
  }

  @Test func `a tree that grows where something is tested proves nothing of what it does not show`() throws {
    // In the tree the place holds any number from the first firing on, so that the test never passes there.
    let (net, behaviour) = try examined(
      [Place("p"), Place("on", initial: 1), Place("off"), Place("end")],
      [
        .t("more", .input("on"), .output("on"), .output("p")), .t("less", .input("p"), .read("off")),
        .t("stop", .input("on"), .output("off")), .t("test", .input("off"), .inhibitor("p"), .output("end")),
      ], markings: 40)
    let tree = Coverability(of: net, isDeep: false, limit: 100) { _ in true }
    #expect(tree.pump != nil && !tree.isComplete)
    #expect(behaviour[.bounded].verdict == .refuted)
    #expect(behaviour[.quasiLive].verdict != .refuted)
  }

  @Test func `a capacity stops what would be a pump without it`() throws {
    let (_, behaviour) = try examined(
      [Place("box", capacity: 9000), Place("other")],
      [.t("make", .output("box")), .t("move", .input("box"), .output("other", 2), .inhibitor("other", 4000))],
      markings: 600)
    #expect(behaviour[.bounded].verdict == .undecided)
  }

  @Test(arguments: 0..<20)
  func `of random nets with many markings the pumps are real, and most have one`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(20_000 + seed))
    for _ in 0..<6 {
      let net = try Net.random("random", using: &generator)
      let naive = NaiveSpace(of: net, limit: 400)
      let behaviour = examine(net, bounds: net.places.map { _ in nil }, limits: Limits(markings: 450))
      for claim in Claim.allCases { try check(behaviour[claim], claim, of: net) }
      if naive.isComplete { #expect(truth(behaviour[.bounded]) == true) }
    }
  }

  @Test func `a reset undoes a pump, of the place that it empties`() throws {
    let (_, behaviour) = try examined(
      [Place("a", initial: 1), Place("b"), Place("c")],
      [
        .t("there", .input("a"), .output("b"), .output("c")),
        .t("back", .input("b"), .output("a"), .reset("c")),
      ])
    #expect(behaviour[.bounded].verdict == .proved)
    #expect(behaviour.markings == 2)
  }

  @Test func `a reset beside a pump does not hide it`() throws {
    let (_, behaviour) = try examined(
      [Place("a", initial: 1), Place("b"), Place("c")],
      [
        .t("there", .input("a"), .output("b"), .output("c")),
        .t("back", .input("b"), .output("a", 1), .output("b", 0 + 1), .reset("c")),
      ])
    #expect(behaviour[.bounded].verdict == .refuted)
    #expect(!behaviour.unboundedPlaces.isEmpty)
  }

  @Test func `a transition that a pump alone enables is not dead, one that nothing enables is`() throws {
    let (_, behaviour) = try examined(
      [Place("a", initial: 1), Place("many"), Place("never"), Place("end")],
      [
        .t("make", .input("a"), .output("a"), .output("many")),
        .t("far", .input("many", 3000), .output("end")),
        .t("dead", .input("never"), .output("end")),
      ])
    #expect(behaviour.deadTransitions == [2])
    #expect(behaviour[.quasiLive].verdict == .refuted)
    #expect(behaviour[.live].verdict == .refuted)
    #expect(behaviour[.deadlockFree].verdict != .refuted)
  }

  @Test func `a bounded net whose bound nobody proved is explored to its end`() throws {
    // Two counters of 30 that a reset ties together.
    let (_, behaviour) = try examined(
      [Place("a", initial: 30), Place("b"), Place("c", initial: 30), Place("d")],
      [
        .t("a", .input("a"), .output("b")), .t("c", .input("c"), .output("d")),
        .t("again", .input("b"), .input("d"), .output("a"), .output("c")),
      ], markings: 1200)
    #expect(behaviour.markings == 31 * 31)
    #expect(behaviour[.reversible].verdict == .proved)
  }

  @Test func `the limit of markings ends it, and what is known is said`() throws {
    let net = try Net(
      "net", (0..<20).map { Place("p\($0)", initial: 1, capacity: 1) },
      (0..<20).flatMap { index -> [TransitionDraft] in
        [.t("take\(index)", .input("p\(index)")), .t("put\(index)", .output("p\(index)"))]
      })
    let behaviour = examine(net, bounds: net.places.map { _ in nil }, limits: Limits(markings: 2000))
    #expect(behaviour.stop == .markings)
    #expect(behaviour.markings < 3000)
    #expect(behaviour.deadlocks == nil)
    #expect(behaviour[.bounded].verdict == .proved)
    #expect(behaviour[.safe].verdict == .proved)
    #expect(behaviour[.quasiLive].verdict == .proved)
    #expect(behaviour[.live].verdict == .undecided)
  }

  @Test func `a count of 2^63 - 1 is a count, and no mark for any number`() throws {
    let full = try Net(
      "net", [Place("full", initial: .max), Place("p")],
      [.t("more", .output("full", 5), .read("full", 3)), .t("take", .input("full", 2), .output("p"))])
    let behaviour = examine(full, bounds: [nil, nil], limits: Limits(markings: 200)) { $0.phase == .exploring ? 1 : 0 }
    #expect(behaviour[.bounded].verdict == .undecided)
    #expect(behaviour[.quasiLive].verdict == .undecided)
    #expect(behaviour.unboundedPlaces.isEmpty)
  }

  @Test func `the clock ends it`() throws {
    let net = try Net(
      "net", (0..<40).map { Place("p\($0)", initial: 1, capacity: 1) },
      (0..<40).flatMap { index -> [TransitionDraft] in
        [.t("take\(index)", .input("p\(index)")), .t("put\(index)", .output("p\(index)"))]
      })
    var asked = 0
    let behaviour = examine(net, bounds: net.places.map { _ in nil }) { _ in
      asked += 1
      return Double(asked) / 20
    }
    #expect(behaviour.stop == .time)
    #expect(asked >= 10)
  }

  @Test func `little memory ends it`() throws {
    let net = try Net(
      "net", (0..<40).map { Place("p\($0)", initial: 1, capacity: 1) },
      (0..<40).flatMap { index -> [TransitionDraft] in
        [.t("take\(index)", .input("p\(index)")), .t("put\(index)", .output("p\(index)"))]
      })
    let behaviour = examine(net, bounds: net.places.map { _ in nil }, limits: Limits(bytes: 1 << 17))
    #expect(behaviour.stop == .memory)
    #expect(behaviour.markings > 1000)
  }
}
