import Oracle
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
        let text = net.randomQuery(depth: 2, using: &generator)
        let query = try Query(text, of: net)
        let meant = naive.markings.indices.filter { query.holds(naive.markings[$0], of: net) }
        let found = reach(query, in: net, bounds: net.places.map { _ in nil })
        try compare(found, meant.map { naive.distances[$0] }.min(), query, net, text)
        // By stubborn sets alone.
        let search = try #require(ForwardSearch(query, in: net, bounds: net.places.map { _ in nil }, bytes: .max))
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

  /// Philosophers who take the left fork first.
  private func philosophers(_ count: Int) throws -> Net {
    try Net(
      "philosophers",
      (0..<count).flatMap {
        [Place("fork\($0)", initial: 1), Place("thinks\($0)", initial: 1), Place("waits\($0)"), Place("eats\($0)")]
      },
      (0..<count).flatMap { index -> [TransitionDraft] in
        let right = "fork\((index + 1) % count)"
        return [
          .t("left\(index)", .input("thinks\(index)"), .input("fork\(index)"), .output("waits\(index)")),
          .t("right\(index)", .input("waits\(index)"), .input(right), .output("eats\(index)")),
          .t(
            "back\(index)", .input("eats\(index)"), .output("thinks\(index)"), .output("fork\(index)"),
            .output(right)),
        ]
      })
  }

  @Test func `an estimate leads to a deadlock that is far away`() throws {
    let net = try philosophers(30)
    let search = DirectedSearch(.deadlock(true), in: net, Limits(bytes: 1 << 26))
    let path = try #require(search.run(5000) { true })
    let end = try play(path, in: net)
    #expect(net.transitions.indices.allSatisfy { !net.enables($0, in: end) })
  }

  @Test(arguments: 0..<20)
  func `what an estimate leads to is meant, and it is found in small nets`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(34_000 + seed))
    for _ in 0..<5 {
      let net = try Net.random("random", using: &generator)
      let naive = NaiveSpace(of: net, limit: 100)
      guard naive.isComplete else { continue }
      for _ in 0..<4 {
        let text = net.randomQuery(depth: 2, using: &generator)
        let query = try Query(text, of: net)
        let search = DirectedSearch(query, in: net, Limits())
        let path = search.run(1000) { true }
        #expect((path != nil) == naive.markings.contains { query.holds($0, of: net) }, "\(text)")
        if let path { #expect(query.holds(try play(path, in: net), of: net), "\(text)") }
        #expect(path != nil || search.isOver)
      }
    }
  }

  @Test func `one verifier keeps what it found for the questions that follow`() throws {
    let net = try philosophers(5)
    var asked = 0
    let verifier = Verifier(of: net) { _ in
      asked += 1
      return net.places.map { _ in 1 }
    }
    #expect(verifier.verify(try Property("AG EF thinks0 = 1", of: net)).holds == false)
    let space = try #require(verifier.markings(bytes: .max))
    #expect(space.isComplete)
    #expect(verifier.verify(try Property("AG (eats0 = 1 -> AF thinks0 = 1)", of: net)).holds == false)
    #expect(verifier.verify(try Property("EG eats0 = 0", of: net)).holds == true)
    guard case .reachable(_, let path) = verifier.reach(.deadlock(true)).answer else {
      Issue.record("no deadlock")
      return
    }
    #expect(path.count == 5)
    #expect(verifier.markings(bytes: .max) === space)
    #expect(asked == 1)
  }

  @Test func `whether places are safe is searched for where no bound says so`() throws {
    // Two tokens that could meet in b, but for the inhibitors.
    func net(_ inhibitors: Bool) throws -> Net {
      try Net(
        "net", [Place("a1", initial: 1), Place("a2", initial: 1), Place("b")],
        [
          .t("one", [.input("a1"), .output("b")] + (inhibitors ? [.inhibitor("b")] : [])),
          .t("two", [.input("a2"), .output("b")] + (inhibitors ? [.inhibitor("b")] : [])), .t("off", .input("b")),
        ])
    }
    func finding(_ inhibitors: Bool) throws -> Finding {
      let net = try net(inhibitors)
      let bounds = LinearFacts(of: net).bounds.map { $0?.most }
      #expect(bounds == [1, 1, 2])
      return examine(net, bounds: bounds) { $0.phase == .exploring ? 1 : 0 }[.safe]
    }
    #expect(try finding(true).verdict == .proved)
    let refuted = try finding(false)
    #expect(refuted.verdict == .refuted)
    #expect(try play(refuted.witness, in: net(false)).counts == [0, 0, 2])
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
        let text = net.randomQuery(depth: 1, using: &generator)
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
