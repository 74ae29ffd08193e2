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
      let stubborn = StubbornSets(effects: space.effects, places: net.places.count)
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
    let stubborn = StubbornSets(effects: space.effects, places: net.places.count)
    #expect(space.explore(Limits(), choosing: { stubborn.choose(in: $0.counts) }, goOn: { true }) == nil)
    #expect(space.count == 17)
    #expect(space.deadlocks == 1)
  }
}
