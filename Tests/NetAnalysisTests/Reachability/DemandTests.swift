import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

@Suite struct DemandTests {
  @Test(arguments: ["<", "<=", "=", "<>", ">=", ">"])
  func `each marking that a comparison means meets its demands, and no other does`(_ sign: String) throws {
    let net = try Net("net", [Place("a"), Place("b")], [.t("t", .input("a"), .output("b"))])
    let query = try Query("a + 2 * b \(sign) 4", of: net)
    let rows = try #require(query.demands(of: net))
    for a in 0..<7 {
      for b in 0..<4 {
        #expect(rows.contains { meets([a, b], $0) } == query.holds(Marking([a, b]), of: net), "\(a) \(b)")
      }
    }
  }

  @Test(arguments: 0..<20)
  func `no marking that is meant is left out`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(700 + seed))
    let net = try Net.random("random", using: &generator)
    let name = net.places.randomElement(using: &generator)?.name ?? ""
    for text in [
      "deadlock", "not deadlock", "enabled(t0)", "not enabled(t0)", "enabled(t0) and \(name) > 2 or deadlock",
      "not (enabled(t1) or \(name) < 3)",
    ] {
      let query = try Query(text, of: net)
      let rows = try #require(query.demands(of: net))
      for _ in 0..<50 {
        let counts = net.places.map { _ in Int.random(in: 0...5, using: &generator) }
        guard query.holds(Marking(counts), of: net) else { continue }
        #expect(rows.contains { meets(counts, $0) }, "\(text) in \(counts)")
      }
    }
  }

  private func meets(_ counts: [Int], _ row: [Demand]) -> Bool {
    row.allSatisfy { demand in
      let sum = demand.terms.reduce(0) { $0 + $1.weight * counts[$1.index] }
      return switch demand.relation {
      case .atLeast: sum >= demand.number
      case .atMost: sum <= demand.number
      case .equal: sum == demand.number
      }
    }
  }
}
