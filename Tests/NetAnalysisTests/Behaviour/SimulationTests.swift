import NetAnalysis
import PetriNet
import TestNets
import Testing

@Suite struct SimulationTests {
  @Test func `the same seed gives the same runs, another one others`() throws {
    let net = try Net(
      "net", [Place("a", initial: 3), Place("b")],
      [.t("there", .input("a"), .output("b")), .t("back", .input("b"), .output("a"))])
    let first = Simulation(of: net, runs: 20, steps: 50, seed: 7)
    #expect(first == Simulation(of: net, runs: 20, steps: 50, seed: 7))
    #expect(first != Simulation(of: net, runs: 20, steps: 50, seed: 8))
    #expect(first.firings == 1000)
    #expect(first.counts.reduce(0, +) == 1000)
    #expect(first.most == [3, 3])
    #expect(abs(first.average(0) + first.average(1) - 3) < 1e-9)
  }

  @Test func `a run ends where nothing can fire`() throws {
    let net = try Net("net", [Place("a", initial: 4), Place("b")], [.t("t", .input("a"), .output("b"))])
    let simulation = Simulation(of: net, runs: 5, steps: 100, seed: 1)
    #expect(simulation.stuck == 5)
    #expect(simulation.shortest == 4)
    #expect(simulation.longest == 4)
    #expect(simulation.counts == [20])
    #expect(simulation.average(0) == 2)
  }

  @Test func `each enabled transition is as likely as any other`() throws {
    let net = try Net(
      "net", [Place("a", initial: 1)], (0..<4).map { .t("t\($0)", .input("a"), .output("a")) })
    let simulation = Simulation(of: net, runs: 1, steps: 40_000, seed: 3)
    // Each is binomial with mean 10 000 and deviation 87; the seed is fixed, so it passes always or never.
    for count in simulation.counts { #expect(abs(count - 10_000) < 500) }
  }
}
