import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

@Suite struct ReachTests {
  @Test(arguments: 0..<25)
  func `what is reachable of random nets is what the firing rule reaches`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(9000 + seed))
    for _ in 0..<6 {
      let net = try Net.random("random", using: &generator)
      let naive = NaiveSpace(of: net, limit: 100)
      guard naive.isComplete else { continue }
      for _ in 0..<6 {
        let text = randomQuery(net, depth: 2, using: &generator)
        let query = try Query(text, of: net)
        let meant = naive.markings.indices.filter { query.holds(naive.markings[$0], of: net) }
        let found = reach(query, in: net, bounds: net.places.map { _ in nil })
        try compare(found, meant.map { naive.distances[$0] }.min(), query, net, text)
        // By stubborn sets alone.
        let search = try #require(
          ForwardSearch(query, in: net, bounds: net.places.map { _ in nil }, isReduced: true, bytes: .max))
        let answer = try #require(search.run(1000, Limits()) { true })
        let reduced = Reachability(answer: answer, markings: 0)
        try compare(reduced, nil, query, net, text, isReachable: !meant.isEmpty)
      }
    }
  }

  private func compare(
    _ found: Reachability, _ distance: Int?, _ query: Query, _ net: Net, _ text: String, isReachable: Bool? = nil
  ) throws {
    switch found.answer {
    case .reachable(let marking, let path):
      #expect(isReachable ?? (distance != nil), "\(text)")
      #expect(try play(path, in: net) == marking)
      #expect(query.holds(marking, of: net))
      if isReachable == nil { #expect(path.count == distance, "\(text)") }
    case .never: #expect(!(isReachable ?? (distance != nil)), "\(text) \(found)")
    case .undecided: Issue.record("\(text) was not decided")
    }
  }

  private func randomQuery(_ net: Net, depth: Int, using generator: inout SeededGenerator) -> String {
    if depth > 0, generator.once(in: 2) {
      let parts = (0..<2).map { _ in randomQuery(net, depth: depth - 1, using: &generator) }
      return "(\(parts[0]) \(generator.once(in: 2) ? "and" : "or") \(parts[1]))"
    }
    if generator.once(in: 6) { return "not \(randomQuery(net, depth: 0, using: &generator))" }
    if generator.once(in: 8) { return "deadlock" }
    if generator.once(in: 6), let transition = net.transitions.randomElement(using: &generator) {
      return "enabled(\(transition.name))"
    }
    let places = (0..<2).map { _ in net.places.randomElement(using: &generator)?.name ?? "" }
    let sign = ["<", "<=", "=", "<>", ">=", ">"].randomElement(using: &generator) ?? "="
    let number = Int.random(in: 0...6, using: &generator)
    return generator.once(in: 2)
      ? "\(places[0]) \(sign) \(number)" : "\(places[0]) + 2 * \(places[1]) \(sign) \(number)"
  }

  @Test func `the state equation answers where exploring would not end`() throws {
    // Tokens go round without end in number: a and b are made in pairs, so they are equally many.
    let net = try Net(
      "net", [Place("a"), Place("b"), Place("c")],
      [
        .t("make", .output("a"), .output("b")), .t("use", .input("a"), .input("b"), .output("c")),
        .t("lose", .input("c")),
      ])
    let found = reach(try Query("a > b", of: net), in: net, bounds: [nil, nil, nil], limits: Limits(markings: 2000))
    guard case .never = found.answer else {
      Issue.record("\(found)")
      return
    }
    let covered = reach(
      try Query("c > 0 and a > 2 and b < a", of: net), in: net, bounds: [nil, nil, nil], limits: Limits(markings: 5000))
    guard case .never = covered.answer else {
      Issue.record("\(covered)")
      return
    }
    let open = reach(
      try Query("c > 1000000", of: net), in: net, bounds: [nil, nil, nil],
      limits: Limits(markings: 2000, bytes: 1 << 20))
    #expect(open.answer == .undecided(.markings))
  }

  @Test func `what a backward search decides needs no end of the markings`() throws {
    // Requests come without end; of two that serve, one can be at it.
    let net = try Net(
      "net", [Place("lock", initial: 1), Place("asked"), Place("s1"), Place("s2"), Place("done")],
      [
        .t("ask", .output("asked")), .t("one", .input("lock"), .input("asked"), .output("s1")),
        .t("two", .input("lock"), .input("asked"), .output("s2")),
        .t("one done", .input("s1"), .output("done", 2), .output("lock")),
        .t("two done", .input("s2"), .read("done"), .output("done"), .output("lock")),
      ])
    let never = reach(
      try Query("s1 >= 1 and s2 >= 1 and done >= 3", of: net), in: net, bounds: net.places.map { _ in nil })
    guard case .never = never.answer else {
      Issue.record("\(never)")
      return
    }
    let far = reach(try Query("done >= 40 and s2 >= 1", of: net), in: net, bounds: net.places.map { _ in nil })
    guard case .reachable(let marking, let path) = far.answer else {
      Issue.record("\(far)")
      return
    }
    #expect(try play(path, in: net) == marking && marking[4] >= 40)
  }

  @Test(arguments: 0..<20)
  func `what is said of nets without end is true of the part that the firing rule reaches`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(33_000 + seed))
    for _ in 0..<5 {
      let net = try Net.random("random", using: &generator)
      let naive = NaiveSpace(of: net, limit: 300)
      for _ in 0..<4 {
        let text = randomQuery(net, depth: 1, using: &generator)
        let query = try Query(text, of: net)
        let found = reach(
          query, in: net, bounds: net.places.map { _ in nil }, limits: Limits(markings: 3000, bytes: 1 << 23))
        switch found.answer {
        case .reachable(let marking, let path):
          #expect(try play(path, in: net) == marking)
          #expect(query.holds(marking, of: net))
        case .never: #expect(!naive.markings.contains { query.holds($0, of: net) }, "\(text)")
        case .undecided: break
        }
      }
    }
  }
}
