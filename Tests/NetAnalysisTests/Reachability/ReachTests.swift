import NetAnalysis
import PetriNet
import TestNets
import Testing

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
        // With no time but for stubborn sets: the search before sees one marking, the one after none.
        var isReduced = false
        let reduced = reach(query, in: net, bounds: net.places.map { _ in nil }) { progress in
          isReduced = isReduced || progress.phase == .reducing
          return progress.phase == .reducing ? 0 : isReduced ? 1 : 0.9
        }
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
    let open = reach(
      try Query("c > 1000", of: net), in: net, bounds: [nil, nil, nil], limits: Limits(markings: 2000))
    #expect(open.answer == .undecided(.markings))
  }
}
