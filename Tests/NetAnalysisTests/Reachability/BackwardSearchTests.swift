import Oracle
import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

@Suite struct BackwardSearchTests {
  private func search(_ text: String, _ net: Net, bounds: [Int?]? = nil) throws -> BackwardSearch.State {
    let goals = try #require(try Query(text, of: net).leastMarkings(of: net))
    var search = BackwardSearch(for: goals, in: net, bounds: bounds ?? net.places.map { _ in nil }, bytes: 1 << 24)
    search.run(work: 20_000_000) { true }
    return search.state
  }

  @Test func `what cannot be covered in a net without end is proved so`() throws {
    // A lock, and jobs that come without end.
    let net = try Net(
      "net", [Place("free", initial: 1), Place("jobs"), Place("in")],
      [
        .t("come", .output("jobs")), .t("enter", .input("free"), .input("jobs"), .output("in")),
        .t("leave", .input("in"), .output("free")),
      ])
    guard case .closed(let barrier) = try search("in >= 2", net) else {
      Issue.record("not closed")
      return
    }
    #expect(!barrier.least.isEmpty)
    guard case .met(let path) = try search("in + jobs >= 4", net) else {
      Issue.record("not met")
      return
    }
    #expect(try play(path, in: net).counts[1...].reduce(0, +) >= 4)
  }

  @Test func `a barrier is believed only when it is one`() throws {
    let net = try Net(
      "net", [Place("a", initial: 1), Place("b"), Place("c")],
      [.t("ab", .input("a"), .output("b")), .t("bc", .input("b"), .output("c"))])
    let rules = BackwardRules(of: net, bounds: [nil, nil, nil])
    func barrier(_ least: [[Int]], for goals: [[Int]]) -> Barrier? {
      Barrier(least, for: goals, rules, initial: net.initialMarking.counts) { true }
    }
    #expect(
      barrier([[0, 0, 2], [0, 1, 1], [0, 2, 0], [1, 0, 1], [1, 1, 0], [2, 0, 0]], for: [[0, 0, 2]]) != nil)
    #expect(barrier([[0, 0, 2], [0, 1, 1], [0, 2, 0], [1, 0, 1], [2, 0, 0]], for: [[0, 0, 2]]) == nil)
    #expect(barrier([[0, 0, 1], [0, 1, 0], [1, 0, 0]], for: [[0, 0, 1]]) == nil)
    #expect(barrier([[3, 3, 3]], for: [[0, 0, 2]]) == nil)
  }

  @Test func `what an invariant rules out is not followed`() throws {
    // Work comes without end; at most one token is in a, b and c together, though each alone may have it.
    let net = try Net(
      "net", [Place("free", initial: 1), Place("a"), Place("b"), Place("c"), Place("work")],
      [
        .t("come", .output("work")), .t("a", .input("free"), .input("work"), .output("a")),
        .t("ab", .input("a"), .output("b")), .t("bc", .input("b"), .output("c")),
        .t("done", .input("c"), .output("free")),
      ])
    let incidence = Incidence(of: net)
    let flows = Flows(of: net, incidence: incidence, limit: .invariants) { false }
    let bounds: [Int?] = [1, 1, 1, 1, nil]
    let rules = BackwardRules(of: net, bounds: bounds, invariants: flows.semipositive)
    #expect(rules.isPossible([0, 1, 0, 0, 5]) && !rules.isPossible([0, 1, 1, 0, 0]))
    func count(_ invariants: [Invariant]) -> Int {
      var search = BackwardSearch(
        for: [[0, 1, 0, 1, 3]], in: net, bounds: bounds, invariants: invariants, bytes: 1 << 20)
      search.run(work: 1_000_000) { true }
      guard case .closed = search.state else {
        Issue.record("\(search.state)")
        return -1
      }
      return search.count
    }
    #expect(count(flows.semipositive) == 0)
    #expect(count([]) > 0)
  }

  @Test(arguments: 0..<30)
  func `of random nets it says what the firing rule says`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(31_000 + seed))
    for _ in 0..<8 {
      let net = try Net.random("random", using: &generator)
      let naive = NaiveSpace(of: net, limit: 150)
      let maxima = net.places.indices.map { place in naive.markings.map { $0[place] }.max() ?? 0 }
      for _ in 0..<4 {
        let goal = net.places.map { _ in generator.once(in: 2) ? Int.random(in: 0...4, using: &generator) : 0 }
        guard goal.contains(where: { $0 > 0 }) else { continue }
        let isMet = naive.markings.contains { zip(goal, $0.counts).allSatisfy { $0 <= $1 } }
        let bounds: [Int?] = maxima.map { naive.isComplete && generator.once(in: 2) ? $0 : nil }
        let invariants = generator.once(in: 2) ? LinearFacts(of: net).invariants : []
        var search = BackwardSearch(for: [goal], in: net, bounds: bounds, invariants: invariants, bytes: 1 << 20)
        search.run(work: 200_000) { true }
        if case .closed = search.state { #expect(!isMet, "\(net.arcs) \(goal)") }
        let isPlain = net.places.allSatisfy { $0.capacity == nil } && !net.arcs.contains { $0.kind == .inhibitor }
        if case .met(let path) = search.state, isPlain, naive.isComplete {
          #expect(isMet)
          if let end = try? play(path, in: net) { #expect(zip(goal, end.counts).allSatisfy { $0 <= $1 }) }
        }
      }
    }
  }

  @Test(arguments: 0..<20)
  func `each marking that is meant is as large as a least one`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(32_000 + seed))
    let net = try Net(
      "net", [Place("a"), Place("b"), Place("c")], [.t("t", .input("a", 2), .read("b"), .output("c"))])
    for _ in 0..<40 {
      let signs = ["<", "<=", "=", "<>", ">=", ">"]
      func part() -> String {
        let factors = (0..<3).map { _ in Int.random(in: -2...3, using: &generator) }
        let sign = signs.randomElement(using: &generator) ?? "="
        return
          "\(factors[0]) * a + \(factors[1]) * b + \(factors[2]) * c \(sign) \(Int.random(in: -3...6, using: &generator))"
      }
      let text = "(\(part())) \(generator.once(in: 2) ? "and" : "or") (\(part()))"
      let query = try Query(text, of: net)
      guard let least = query.leastMarkings(of: net) else { continue }
      for number in 0..<216 {
        let counts = [number % 6, number / 6 % 6, number / 36]
        guard query.holds(Marking(counts), of: net) else { continue }
        #expect(least.contains { zip($0, counts).allSatisfy { $0 <= $1 } }, "\(text) \(counts)")
      }
    }
  }
}
