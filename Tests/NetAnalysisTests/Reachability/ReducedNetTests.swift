import Oracle
import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

@Suite struct ReducedNetTests {
  private func reduced(_ net: Net, _ question: ReducedNet.Question) -> ReducedNet? {
    ReducedNet(net, for: question, PlainFacts(of: net, bounds: net.places.map { _ in nil })) { true }
  }

  @Test func `a line of steps becomes none, and its way is found again`() throws {
    let net = try Net(
      "line", (0..<30).map { Place("p\($0)", initial: $0 == 0 ? 2 : 0) },
      (0..<29).map { .t("t\($0)", .input("p\($0)"), .output("p\($0 + 1)")) })
    let smaller = try #require(reduced(net, .deadlock))
    #expect(smaller.net.places.count <= 1 && smaller.net.transitions.count <= 1)
    let (way, marking) = try #require(smaller.original([]))
    #expect(way.count == 58 && marking[29] == 2)
    let seen = try #require(reduced(net, .marking([10])))
    #expect(seen.places.contains(10) && seen.net.transitions.count == 2)
  }

  @Test func `what is put off is fired when nothing else can`() throws {
    // Both ask before they are served, and nobody serves.
    let net = try Net(
      "asking", [Place("a", initial: 3), Place("asked"), Place("server"), Place("served")],
      [
        .t("ask", .input("a"), .output("asked")),
        .t("serve", .input("asked"), .input("server"), .output("served"), .output("server")),
        .t("open", .input("served"), .output("server")),
      ])
    let search = ReducedSearch(
      .deadlock(true), in: net, bounds: net.places.map { _ in nil },
      facts: PlainFacts(of: net, bounds: [nil, nil, nil, nil]),
      Limits()
    ) { true }
    guard case .reachable(let marking, let path) = search.run(1000, Limits(), goOn: { true }) else {
      Issue.record("no deadlock")
      return
    }
    #expect(path == [0, 0, 0] && marking == Marking([0, 3, 0, 0]))
  }

  @Test func `what is put off is among the firings that a way stands for`() throws {
    // Each asks with a pen, so that asking waits until somebody serves; who closes leaves three to ask in vain.
    let net = try Net(
      "asking", [Place("a", initial: 3), Place("pen", initial: 3), Place("asked"), Place("server", initial: 1)],
      [
        .t("ask", .input("a"), .input("pen"), .output("asked")),
        .t("serve", .input("asked"), .input("server"), .output("server")), .t("close", .input("server")),
      ])
    let smaller = try #require(reduced(net, .deadlock))
    #expect(smaller.net.transitions.count == 2)
    let (way, marking) = try #require(smaller.original([0]))
    #expect(way == [2, 0, 0, 0] && marking == Marking([0, 0, 3, 0]))
  }

  @Test func `what an inhibitor forbids is not enabled in the smaller net either`() throws {
    let net = try Net(
      "forbidden", [Place("a", initial: 1), Place("stop"), Place("junk")],
      [.t("end", .input("a"), .output("stop"), .output("junk")), .t("go", .inhibitor("stop"), .output("junk"))])
    let bounds: [Int?] = [1, 1, nil]
    let search = ReducedSearch(
      try Query("not enabled(go)", of: net), in: net, bounds: bounds, facts: PlainFacts(of: net, bounds: bounds),
      Limits(markings: 100)
    ) { true }
    guard case .reachable(_, let path) = search.run(50, Limits(markings: 100), goOn: { true }) else {
      Issue.record("not found")
      return
    }
    #expect(path == [0])
  }

  @Test func `of two places that change together the larger one goes`() throws {
    let net = try Net(
      "both", [Place("few", initial: 1), Place("many", initial: 3), Place("seen")],
      [
        .t("use", .input("few"), .input("many"), .output("seen")),
        .t("back", .input("seen", 2), .output("few"), .output("many")),
      ])
    let smaller = try #require(reduced(net, .marking([2])))
    #expect(smaller.places == [0, 2])
  }

  @Test func `a place that only an inhibitor looks at stays`() throws {
    let net = try Net(
      "stop", [Place("a", initial: 1), Place("stop"), Place("x", initial: 1)],
      [.t("end", .input("a"), .output("stop")), .t("go", .read("x"), .inhibitor("stop"))])
    #expect(NaiveSpace(of: net, limit: 10).dead.count == 1)
    if let smaller = reduced(net, .deadlock) { #expect(NaiveSpace(of: smaller.net, limit: 10).dead.count == 1) }
  }

  @Test(arguments: 0..<60)
  func `a smaller net has the deadlocks and the markings of the net`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(41_000 + seed))
    for round in 0..<10 {
      let net = round % 2 == 0 ? try Net.random("random", using: &generator) : try Net.randomChains(using: &generator)
      let naive = NaiveSpace(of: net, limit: 250)
      guard naive.isComplete else { continue }
      if let smaller = reduced(net, .deadlock) {
        let space = NaiveSpace(of: smaller.net, limit: 2000)
        #expect(space.isComplete)
        #expect(space.dead.isEmpty == naive.dead.isEmpty, "\(net)")
      }
      let facts = PlainFacts(of: net, bounds: net.places.map { _ in nil })
      func answer(_ query: Query) -> Bool? {
        let search = ReducedSearch(query, in: net, bounds: net.places.map { _ in nil }, facts: facts, Limits()) { true }
        var answer: Reachability.Answer?
        while answer == nil, !search.isOver { answer = search.run(10_000, Limits()) { true } }
        switch answer {
        case .reachable(let marking, let path):
          #expect((try? play(path, in: net)) == marking)
          #expect(query.holds(marking, of: net))
          return true
        case .never: return false
        default: return nil
        }
      }
      #expect(answer(.deadlock(true)) == !naive.dead.isEmpty, "\(net)")
      for _ in 0..<4 {
        let place = net.places.randomElement(using: &generator)?.name ?? ""
        let number = Int.random(in: 0...3, using: &generator)
        let sign = ["<", "=", ">"].randomElement(using: &generator) ?? "="
        let transition = net.transitions.randomElement(using: &generator)?.name ?? ""
        for text in ["\(place) \(sign) \(number)", "enabled(\(transition)) and \(place) \(sign) \(number)"] {
          let query = try Query(text, of: net)
          #expect(answer(query) == naive.markings.contains { query.holds($0, of: net) }, "\(text)")
        }
      }
    }
  }
}
