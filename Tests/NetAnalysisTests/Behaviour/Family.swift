import PetriNet
import TestNets
import Testing

/// A net of a classic family, with the answers that a formula gives for its size.
struct Family: Sendable, CustomTestStringConvertible {
  let net: Net
  let markings: Int
  let firings: Int
  var deadlocks = 0
  var isLive = true
  /// How many markings can be reached from each.
  var homeMarkings: Int
  /// The most tokens in one place.
  let most: Int

  var testDescription: String { net.name }

  static func all() throws -> [Family] {
    try [
      ring(places: 1, tokens: 4), ring(places: 5, tokens: 1), ring(places: 4, tokens: 6), ring(places: 7, tokens: 5),
      ring(places: 70, tokens: 2),
      mutex(processes: 1), mutex(processes: 4), mutex(processes: 11),
      politePhilosophers(3), politePhilosophers(8), politePhilosophers(20),
      philosophers(2), philosophers(3), philosophers(5), philosophers(8),
      counters(1, upTo: 9), counters(3, upTo: 4), counters(13, upTo: 1),
      binaryCounter(bits: 1), binaryCounter(bits: 6), binaryCounter(bits: 13),
      kanban(1), kanban(2), kanban(3),
    ]
  }

  /// Tokens that go round: a marking is a multiset, and a place is marked in as many as there are with a token less.
  private static func ring(places: Int, tokens: Int) throws -> Family {
    let net = try Net(
      "ring of \(places) with \(tokens)", (0..<places).map { Place("p\($0)", initial: $0 == 0 ? tokens : 0) },
      (0..<places).map { .t("t\($0)", .input("p\($0)"), .output("p\(($0 + 1) % places)")) })
    let markings = choose(places + tokens - 1, tokens)
    return Family(
      net: net, markings: markings, firings: places * choose(places + tokens - 2, tokens - 1), homeMarkings: markings,
      most: tokens)
  }

  /// Processes that are idle, wait, or are the one that holds the lock.
  private static func mutex(processes n: Int) throws -> Family {
    let net = try Net(
      "mutual exclusion of \(n)",
      (0..<n).flatMap { [Place("idle\($0)", initial: 1), Place("waits\($0)"), Place("works\($0)")] }
        + [Place("lock", initial: 1)],
      (0..<n).flatMap { process -> [TransitionDraft] in
        [
          .t("ask\(process)", .input("idle\(process)"), .output("waits\(process)")),
          .t("enter\(process)", .input("waits\(process)"), .input("lock"), .output("works\(process)")),
          .t("leave\(process)", .input("works\(process)"), .output("idle\(process)"), .output("lock")),
        ]
      })
    // Without one that works each may do one thing; beside one that works, those that are idle may ask.
    let (free, held) = (power(2, n), n * power(2, n - 1))
    return Family(
      net: net, markings: free + held, firings: n * free + held + held * (n - 1) / 2, homeMarkings: free + held, most: 1
    )
  }

  /// E. W. Dijkstra's philosophers, who take both forks at once: those who eat are no neighbours, so the markings are the
  /// independent sets of a cycle, the Lucas numbers.
  private static func politePhilosophers(_ n: Int) throws -> Family {
    let net = try Net(
      "\(n) polite philosophers",
      (0..<n).flatMap { [Place("fork\($0)", initial: 1), Place("thinks\($0)", initial: 1), Place("eats\($0)")] },
      (0..<n).flatMap { one -> [TransitionDraft] in
        let forks = ["fork\(one)", "fork\((one + 1) % n)"]
        return [
          .t("eat\(one)", [.input("thinks\(one)"), .output("eats\(one)")] + forks.map { .input($0) }),
          .t("think\(one)", [.input("eats\(one)"), .output("thinks\(one)")] + forks.map { .output($0) }),
        ]
      })
    var fibonacci = [0, 1]
    for index in 2...(n + 1) { fibonacci.append(fibonacci[index - 1] + fibonacci[index - 2]) }
    let markings = fibonacci[n - 1] + fibonacci[n + 1]
    return Family(net: net, markings: markings, firings: 2 * n * fibonacci[n - 1], homeMarkings: markings, most: 1)
  }

  /// The same taking forks one by one, in any order, as in the Model Checking Contest: a fork lies on the table or is in
  /// one of two hands, and all hold their left ones, or their right ones, in the two deadlocks.
  private static func philosophers(_ n: Int) throws -> Family {
    let net = try Net(
      "\(n) philosophers",
      (0..<n).flatMap { one in
        [Place("fork\(one)", initial: 1), Place("thinks\(one)", initial: 1)]
          + ["left", "right", "eats"].map { Place("\($0)\(one)") }
      },
      (0..<n).flatMap { one -> [TransitionDraft] in
        let (left, right) = ("fork\(one)", "fork\((one + 1) % n)")
        return [
          .t("left\(one)", .input("thinks\(one)"), .input(left), .output("left\(one)")),
          .t("right\(one)", .input("thinks\(one)"), .input(right), .output("right\(one)")),
          .t("then right\(one)", .input("left\(one)"), .input(right), .output("eats\(one)")),
          .t("then left\(one)", .input("right\(one)"), .input(left), .output("eats\(one)")),
          .t("end\(one)", .input("eats\(one)"), .output("thinks\(one)"), .output(left), .output(right)),
        ]
      })
    // Two hands for each fork on the table, and one end for each who has both.
    return Family(
      net: net, markings: power(3, n), firings: 7 * n * power(3, n - 2), deadlocks: 2, isLive: false, homeMarkings: 0,
      most: 1)
  }

  /// Counters that their capacities stop.
  private static func counters(_ n: Int, upTo most: Int) throws -> Family {
    let net = try Net(
      "\(n) counters up to \(most)", (0..<n).map { Place("c\($0)", capacity: most) },
      (0..<n).flatMap { [.t("up\($0)", .output("c\($0)")), .t("down\($0)", .input("c\($0)"))] })
    let markings = power(most + 1, n)
    return Family(
      net: net, markings: markings, firings: 2 * n * most * power(most + 1, n - 1), homeMarkings: markings, most: most)
  }

  /// A number in binary to which one is added, by inhibitors and resets: one cycle through all.
  private static func binaryCounter(bits: Int) throws -> Family {
    let net = try Net(
      "counter of \(bits) bits", (0..<bits).map { Place("b\($0)") },
      (0..<bits).map { bit in
        .t(
          "to\(bit)",
          (0..<bit).flatMap { [.read("b\($0)"), .reset("b\($0)")] } + [.inhibitor("b\(bit)"), .output("b\(bit)")])
      } + [.t("over", (0..<bits).flatMap { [.read("b\($0)"), .reset("b\($0)")] })])
    let markings = power(2, bits)
    return Family(net: net, markings: markings, firings: markings, homeMarkings: markings, most: 1)
  }

  /// The kanban system of G. Ciardo and M. Tilgner, "On the use of Kronecker operators for the solution of generalized
  /// stochastic Petri nets" (1996): four cells with so many cards each, of which the second and the third get and give
  /// their parts together. The numbers of arcs are those that the literature has.
  private static func kanban(_ cards: Int) throws -> Family {
    func work(_ cell: Int) -> [TransitionDraft] {
      [
        .t("ok\(cell)", .input("machine\(cell)"), .output("out\(cell)")),
        .t("redo\(cell)", .input("machine\(cell)"), .output("back\(cell)")),
        .t("again\(cell)", .input("back\(cell)"), .output("machine\(cell)")),
      ]
    }
    let net = try Net(
      "kanban with \(cards)",
      (1...4).flatMap { cell in
        [Place("cards\(cell)", initial: cards)] + ["machine", "back", "out"].map { Place("\($0)\(cell)") }
      },
      (1...4).flatMap(work) + [
        .t("in", .input("cards1"), .output("machine1")),
        .t(
          "split", .input("out1"), .input("cards2"), .input("cards3"), .output("cards1"), .output("machine2"),
          .output("machine3")),
        .t(
          "join", .input("out2"), .input("out3"), .input("cards4"), .output("cards2"), .output("cards3"),
          .output("machine4")),
        .t("out", .input("out4"), .output("cards4")),
      ])
    let alone = choose(cards + 3, 3)
    let together = (0...cards).reduce(0) { $0 + choose($1 + 2, 2) * choose($1 + 2, 2) }
    let markings = alone * together * alone
    return Family(
      net: net, markings: markings, firings: [0, 616, 28_120, 446_400][cards], homeMarkings: markings, most: cards)
  }
}

/// The binomial coefficient.
private func choose(_ n: Int, _ k: Int) -> Int { k < 0 ? 0 : (0..<k).reduce(1) { $0 * (n - $1) / ($1 + 1) } }

private func power(_ base: Int, _ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * base } }
