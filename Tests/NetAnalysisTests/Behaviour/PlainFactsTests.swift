import Oracle
import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

@Suite struct PlainFactsTests {
  /// What is found with no time to explore.
  private func glanced(_ places: [Place], _ transitions: [TransitionDraft]) throws -> (net: Net, behaviour: Behaviour) {
    let net = try Net("net", places, transitions)
    let behaviour = examine(net, bounds: net.places.map { _ in nil }) { _ in 1 }
    for claim in Claim.allCases { try check(behaviour[claim], claim, of: net) }
    return (net, behaviour)
  }

  @Test func `a transition that needs nothing keeps the net from getting stuck`() throws {
    let (_, behaviour) = try glanced([Place("a")], [.t("t", .output("a"))])
    #expect(behaviour[.deadlockFree].verdict == .proved)
    #expect(behaviour[.deadlockFree].reason == "t is enabled in every marking")
  }

  @Test func `so does one that needs what is never taken, and is held back by nothing`() throws {
    func verdict(_ more: TransitionDraft) throws -> Finding.Verdict {
      try glanced(
        [Place("key", initial: 2), Place("lock"), Place("box")],
        [.t("make", .read("key", 2), .inhibitor("lock"), .output("box")), more]
      ).behaviour[.deadlockFree].verdict
    }
    #expect(try verdict(.t("more", .output("key"))) == .proved)
    #expect(try verdict(.t("lose", .input("key"))) == .undecided)
    #expect(try verdict(.t("shut", .input("box"), .output("lock"))) == .undecided)
    #expect(try verdict(.t("forget", .input("box"), .reset("key"), .output("key"))) == .undecided)
    #expect(try verdict(.t("forget", .input("box"), .reset("key"), .output("key", 2))) == .proved)
  }

  @Test func `near the end of 64 bits nothing is sure`() throws {
    let (_, behaviour) = try glanced([Place("a", initial: Int.max - 3)], [.t("t", .output("a"))])
    #expect(behaviour[.deadlockFree].verdict == .undecided)
  }

  @Test func `what is not enabled though no token is taken never fires`() throws {
    let (net, behaviour) = try glanced(
      [Place("a"), Place("b"), Place("c"), Place("full", initial: 3)],
      [
        .t("start", .output("a")), .t("go", .input("b"), .output("c")), .t("on", .input("c"), .output("b")),
        .t("late", .inhibitor("full", 3), .output("a")),
      ])
    #expect(PlainFacts(of: net, bounds: net.places.map { _ in nil }).dead == [1, 2, 3])
    #expect(behaviour[.quasiLive].verdict == .refuted)
    #expect(behaviour[.live].verdict == .refuted)
  }

  @Test func `what is never refilled or never emptied does not come back`() throws {
    let (_, behaviour) = try glanced(
      [Place("fuel", initial: 5), Place("a"), Place("b")],
      [.t("burn", .input("fuel"), .output("a")), .t("a", .input("a"), .output("b")), .t("b", .output("a"))])
    #expect(behaviour[.live].reason == "nothing puts tokens into fuel, so that burn stops firing")
    let net = try Net("net", [Place("a")], [.t("t", .output("a"))])
    let raised = examine(net, bounds: [nil], limits: Limits(markings: 10))
    #expect(raised[.reversible].verdict == .refuted)
    #expect(raised[.reversible].witness == [0])
  }

  @Test(arguments: 0..<30)
  func `all of it is true of random nets`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(12_000 + seed))
    for _ in 0..<12 {
      let net = try Net.random("random", using: &generator)
      let naive = NaiveSpace(of: net, limit: 120)
      let bounds: [Int?] = net.places.indices.map { place in
        naive.isComplete && generator.once(in: 2) ? naive.markings.map { $0[place] }.max() : nil
      }
      let facts = PlainFacts(of: net, bounds: bounds)
      if let always = facts.alwaysEnabled {
        #expect(naive.markings.allSatisfy { net.enables(always, in: $0) })
      }
      for firing in naive.firings.joined() { #expect(!facts.dead.contains(firing.transition)) }
      guard naive.isComplete else { continue }
      #expect(facts.dead.allSatisfy { naive.deadTransitions.contains($0) })
      if let exhausted = facts.exhausted { #expect(!naive.liveTransitions.contains(exhausted.transition)) }
      for (transition, _) in facts.irreversible where !naive.deadTransitions.contains(transition) {
        #expect(!naive.isReversible)
      }
    }
  }
}
