import Oracle
import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

@Suite struct StubbornSetsTests {
  @Test(arguments: 0..<20)
  func `stubborn sets keep the deadlocks of random nets`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(5000 + seed))
    for _ in 0..<10 {
      let net = try Net.random("random", using: &generator)
      let naive = NaiveSpace(of: net, limit: 150)
      guard naive.isComplete else { continue }
      let space = try #require(StateSpace(of: net, bounds: net.places.map { _ in nil }))
      let stubborn = StubbornSets(effects: space.effects, bounds: net.places.map { _ in nil })
      let stop = space.explore(Limits(), choosing: { stubborn.choose(in: $0.counts) }, goOn: { true })
      #expect(stop == nil)
      #expect(space.count <= naive.markings.count)
      let dead = Set(
        (0..<space.count).map { space.marking($0) }.filter { marking in
          net.transitions.indices.allSatisfy { !net.enables($0, in: marking) }
        })
      #expect(dead == Set(naive.dead.map { naive.markings[$0] }))
      for index in 0..<space.count {
        #expect(try play(space.path(to: index), in: net) == space.marking(index))
      }
    }
  }

  @Test func `of many independent steps one order is enough`() throws {
    let net = try Net(
      "net", (0..<16).flatMap { [Place("a\($0)", initial: 1), Place("b\($0)")] },
      (0..<16).map { .t("t\($0)", .input("a\($0)"), .output("b\($0)")) })
    let space = try #require(StateSpace(of: net, bounds: net.places.map { _ in 1 }))
    let stubborn = StubbornSets(effects: space.effects, bounds: net.places.map { _ in nil })
    #expect(space.explore(Limits(), choosing: { stubborn.choose(in: $0.counts) }, goOn: { true }) == nil)
    #expect(space.count == 17)
    #expect(space.deadlocks == 1)
  }

  @Test func `a choice among thousands ends after a fixed amount of work`() throws {
    // All take from one place, so that each one's closure is all of them.
    let count = 3000
    let net = try Net(
      "net", [Place("all", initial: 5)] + (0..<count).map { Place("p\($0)") },
      (0..<count).map { .t("t\($0)", .input("all"), .output("p\($0)")) })
    let effects = net.transitions.indices.map { net.effects(of: $0) }
    let stubborn = StubbornSets(effects: effects, bounds: net.places.map { _ in nil })
    #expect(stubborn.choose(in: net.initialMarking.counts).count == count)
    #expect(stubborn.work < StubbornSets.work + 10 * count)
  }

  @Test func `a proved bound keeps those that only capacities could tie apart`() throws {
    let net = try Net(
      "net", [Place("a", initial: 1), Place("b", initial: 1), Place("sum")],
      [.t("a", .input("a"), .output("sum")), .t("b", .input("b"), .output("sum"))])
    let effects = net.transitions.indices.map { net.effects(of: $0) }
    let bounded = StubbornSets(effects: effects, bounds: [1, 1, 2])
    #expect(bounded.choose(in: net.initialMarking.counts).count == 1)
    #expect(StubbornSets(effects: effects, bounds: [nil, nil, nil]).choose(in: [1, 1, 0]).count == 2)
  }
}
