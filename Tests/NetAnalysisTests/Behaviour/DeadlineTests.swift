import Oracle
import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

/// A clock that is over from some question on, and counts how often it is asked all the same.
private final class Alarm {
  private let limit: Int
  private(set) var questions = 0
  private(set) var phases: [Progress.Phase: Int] = [:]

  init(after limit: Int) { self.limit = limit }

  var isOver: Bool { questions >= limit }
  var late: Int { max(0, questions - limit) }

  func clock(_ progress: Progress) -> Double {
    questions += 1
    phases[progress.phase, default: 0] += 1
    return isOver ? 2 : 0
  }
}

/// Analyses that are out of time: whatever they are at, they ask, and then they end.
@Suite struct DeadlineTests {
  /// Rings whose tokens go round, each on its own: so many markings as the rings have places, to the power of the rings.
  private func rings(_ count: Int, of places: Int, resets: Bool = false) throws -> Net {
    try Net(
      "rings", (0..<count * places).map { Place("p\($0)", initial: $0 % places == 0 ? 1 : 0) },
      (0..<count * places).map { index in
        let next = index - index % places + (index + 1) % places
        return .t("t\(index)", [.input("p\(index)"), .output("p\(next)")] + (resets ? [.reset("p\(index)")] : []))
      })
  }

  /// Nets that need each of the methods: many markings, pumps, deadlocks far away, reductions, siphons.
  private func nets() throws -> [Net] {
    var generator = SeededGenerator(seed: 61_000)
    var nets = [try rings(6, of: 6), try rings(3, of: 30), try rings(4, of: 8, resets: true)]
    for _ in 0..<12 {
      nets.append(try Net.randomOpen(using: &generator))
      nets.append(try Net.randomMoves(using: &generator))
      nets.append(try Net.randomChains(using: &generator))
    }
    if !ContestNet.all.isEmpty { nets += try ContestNet.all.filter(\.isCore).prefix(12).map { try $0.net() } }
    return nets
  }

  @Test func `claims end a few questions after the time is over, whenever that is`() throws {
    for net in try nets() {
      var questions = 1
      while true {
        let alarm = Alarm(after: questions)
        let behaviour = examine(
          net, bounds: LinearFacts(of: net, shouldStop: { alarm.clock(.bounding) >= 1 }).bounds.map { $0?.most },
          limits: Limits(markings: 4000), clock: alarm.clock)
        #expect(alarm.late <= 100, "\(net.name) after \(questions) questions")
        for claim in Claim.allCases { try check(behaviour[claim], claim, of: net) }
        guard alarm.isOver else { break }
        questions *= 4
      }
    }
  }

  @Test(arguments: ["p0 >= 9", "deadlock", "AF p0 >= 9", "AG EF p0 = 1", "E[p0 >= 0 U (AX p0 = 1)]"])
  func `questions end so, too`(_ text: String) throws {
    for net in try nets() {
      guard let property = try? Property(text, of: net) else { continue }
      var questions = 1
      while true {
        let alarm = Alarm(after: questions)
        let verifier = Verifier(of: net, limits: Limits(markings: 4000)) { clock in
          LinearFacts(of: net, shouldStop: { clock(.bounding) >= 1 }).bounds.map { $0?.most }
        }
        if let query = property.query {
          _ = verifier.reach(query, clock: alarm.clock)
        } else {
          _ = verifier.verify(property, clock: alarm.clock)
        }
        #expect(alarm.late <= 100, "\(net.name) after \(questions) questions")
        guard alarm.isOver else { break }
        questions *= 4
      }
    }
  }

  @Test func `what goes through all markings asks once in so many`() throws {
    // 46,656 markings, each of which enables six transitions.
    let net = try rings(6, of: 6)
    let space = try #require(StateSpace(of: net, bounds: net.places.map { _ in 1 }))
    var asked = 0
    func goOn() -> Bool {
      asked += 1
      return true
    }
    let firings = 46_656 * 6
    #expect(space.explore(goOn: goOn) == nil)
    #expect(asked >= firings / StateSpace.workBetweenQuestions)
    let graph = try #require(StateGraph(of: space, bytes: .max, goOn: goOn))
    let parts = [
      "enabled(t0)", "EX p0 = 1", "E[p0 <= 1 U p3 = 1]", "EG p0 <= 1", "AF p3 = 1", "AG EF p0 = 1",
    ]
    for text in parts {
      asked = 0
      let holds = PropertyGraph(space, graph, goOn: goOn).holds(try Property(text, of: net))
      #expect(holds != nil && asked >= 46_656 / 4096, "\(text)")
    }
    let search = ForwardSearch(try Query("p0 + p1 >= 2", of: net), through: space)
    let between = (1 << 18) / (net.places.count + net.transitions.count + 1)
    asked = 0
    _ = search.run(1, Limits(), goOn: goOn)
    #expect(asked >= 46_656 / between)
  }

  @Test func `the way to a marking is looked for as long as there is time`() throws {
    // 3000 firings one after the other, in a net of as many places.
    let net = try Net(
      "line", (0..<3000).map { Place("p\($0)", initial: $0 == 0 ? 1 : 0) },
      (0..<2999).map { .t("t\($0)", .input("p\($0)"), .output("p\($0 + 1)")) })
    let space = try #require(StateSpace(of: net, bounds: net.places.map { _ in 1 }))
    #expect(space.explore() == nil)
    var asked = 0
    let path = space.path(to: 2999, Effort(.max)) {
      asked += 1
      return true
    }
    #expect(path?.count == 2999)
    #expect(asked >= 2999 * 2999 / StateSpace.workBetweenQuestions)
    #expect(space.path(to: 2999, Effort(.max), goOn: { false }) == nil)
  }
}
