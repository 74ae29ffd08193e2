import Foundation
import NetAnalysis
import PetriNet
import TestNets
import Testing

/// Markov chains of nets, held against closed forms.
@Suite struct LongRunTests {
  private func run(_ net: Net, _ rates: [Rate]) throws -> (chain: MarkovChain, run: LongRun) {
    let chain = try MarkovChain(of: net, rates: rates, limit: 10_000)
    return (chain, try #require(LongRun(of: chain)))
  }

  private func isClose(_ first: Double, _ second: Double, _ bound: Double = 1e-12) -> Bool {
    abs(first - second) <= bound * max(1, abs(second))
  }

  @Test(arguments: [(1, 2.0), (3, 0.5), (10, 1), (40, 1e-6), (40, 1e6)])
  func `a queue with one server and limited room`(room: Int, load: Double) throws {
    let net = try Net(
      "queue", [Place("waiting"), Place("free", initial: room)],
      [.t("arrive", .input("free"), .output("waiting")), .t("serve", .input("waiting"), .output("free"))])
    let (chain, run) = try run(net, [Rate(load * 3), Rate(3)])
    let weights = (0...room).map { pow(load, Double($0)) }
    let total = weights.reduce(0, +)
    for (marking, part) in zip(chain.markings, run.distribution) {
      let expected = weights[marking[0]] / total
      #expect(abs(part - expected) <= 1e-12 * expected, "\(marking): \(part), not \(expected)")
    }
    #expect(isClose(run.throughput[0], run.throughput[1]))
    #expect(isClose(run.throughput[1], 3 * (1 - weights[0] / total)))
    let mean = weights.indices.reduce(0) { $0 + Double($1) * weights[$1] } / total
    #expect(isClose(run.meanTokens[0], mean) && isClose(run.meanTokens[1], Double(room) - mean))
    #expect(run.ends.count == 1 && run.ends[0].probability == 1 && run.ends[0].expectedTime == 0)
  }

  @Test func `machines that fail each by itself and are repaired one at a time`() throws {
    let (machines, failing, repairing) = (6, 0.3, 2.0)
    let net = try Net(
      "machines", [Place("up", initial: machines), Place("down")],
      [.t("fail", .input("up"), .output("down")), .t("repair", .input("down"), .output("up"))])
    let (chain, run) = try run(net, [Rate(failing, servers: .infinite), Rate(repairing)])
    var weights = [1.0]
    for down in 1...machines { weights.append(weights[down - 1] * Double(machines - down + 1) * failing / repairing) }
    let total = weights.reduce(0, +)
    for (marking, part) in zip(chain.markings, run.distribution) {
      #expect(isClose(part, weights[marking[1]] / total))
    }
    #expect(isClose(run.throughput[1], repairing * (1 - weights[0] / total)))
  }

  /// Two places between which a token walks: up and down with weights, in a ring with a way out at both ends.
  @Test(arguments: [(5, 2, 0.5), (9, 4, 0.7), (20, 1, 0.51)])
  func `a gambler is ruined, or wins, with the known probability and after the known time`(
    goal: Int, start: Int, up: Double
  ) throws {
    let places = (0...goal).map { Place("has \($0)", initial: $0 == start ? 1 : 0) }
    let transitions = (1..<goal).flatMap { money -> [TransitionDraft] in
      [
        .t("win \(money)", .input("has \(money)"), .output("has \(money + 1)")),
        .t("lose \(money)", .input("has \(money)"), .output("has \(money - 1)")),
      ]
    }
    let net = try Net("gambler", places, transitions)
    let rates = (1..<goal).flatMap { _ in [Rate(10 * up), Rate(10 * (1 - up))] }
    let (chain, run) = try run(net, rates)
    let wins = try #require(run.ends.first { chain.markings[$0.markings[0]][goal] == 1 })
    let loses = try #require(run.ends.first { chain.markings[$0.markings[0]][0] == 1 })
    #expect(run.ends.count == 2 && isClose(wins.probability + loses.probability, 1))
    let (games, probability): (Double, Double)
    if up == 0.5 {
      probability = Double(start) / Double(goal)
      games = Double(start * (goal - start))
    } else {
      let ratio = (1 - up) / up
      probability = (1 - pow(ratio, Double(start))) / (1 - pow(ratio, Double(goal)))
      games = (Double(start) - Double(goal) * probability) / (1 - 2 * up)
    }
    #expect(isClose(wins.probability, probability, 1e-10))
    let time = wins.probability * wins.expectedTime + loses.probability * loses.expectedTime
    #expect(isClose(time, games / 10, 1e-9))
    #expect(isClose(run.distribution[wins.markings[0]], probability, 1e-10))
  }

  @Test func `the time to an end is that of the runs that end there`() throws {
    // Straight to one end, or by a detour to the other.
    let net = try Net(
      "fork", [Place("start", initial: 1), Place("detour"), Place("a"), Place("b")],
      [
        .t("to a", .input("start"), .output("a")), .t("away", .input("start"), .output("detour")),
        .t("to b", .input("detour"), .output("b")), .t("wait", .read("start")),
      ])
    let (chain, run) = try run(net, [Rate(1), Rate(3), Rate(0.5), Rate(100)])
    let a = try #require(run.ends.first { chain.markings[$0.markings[0]][2] == 1 })
    let b = try #require(run.ends.first { chain.markings[$0.markings[0]][3] == 1 })
    #expect(isClose(a.probability, 0.25) && isClose(a.expectedTime, 0.25))
    #expect(isClose(b.probability, 0.75) && isClose(b.expectedTime, 0.25 + 2))
    #expect(run.throughput == [0, 0, 0, 0])
  }

  @Test func `a net without end, or one that is too large, is said to be`() throws {
    let net = try Net("grows", [Place("p")], [.t("t", .output("p"))])
    #expect(throws: MarkovChain.NotExplored.self) { try MarkovChain(of: net, rates: [Rate(1)], limit: 100) }
  }
}
