import Chain
import Foundation
import PetriNet
import TestNets
import Testing

/// The independent check, held against chains that Swift computes.
@Suite(.enabled(if: ChainCheck.isPossible, "there is no python3"))
struct ChainCheckTests {
  private static let beginning = ChainedEvent(at: 5, payload: .text("{}"), action: "", role: "*", actor: "ann")

  /// Events that a net allows, chosen at random.
  private func walk(_ net: Net, _ count: Int, using generator: inout SeededGenerator) -> [ChainedEvent] {
    var marking = net.initialMarking
    var events = [Self.beginning]
    for number in 0..<count {
      let transition = Int.random(in: net.transitions.indices, using: &generator)
      let times = generator.once(in: 3) ? Int.random(in: 1...20, using: &generator) : 1
      guard let next = try? net.fire(transition, times: times, in: marking) else { continue }
      marking = next
      events.append(
        ChainedEvent(
          at: -100_000_000 * (count - number), payload: number % 5 == 0 ? .redacted(Hash(of: [1])) : .text("\"é🐘\""),
          multiple: times, keyHash: number % 2 == 0 ? Hash(of: Array("k\(number)".utf8)) : nil,
          action: net.transitions[transition].name, role: net.roles(of: transition)[0],
          actor: hostileNames.randomElement(using: &generator) ?? "x"))
    }
    events[0].at = .min / 2
    return events
  }

  @Test(arguments: 0..<25 as Range<UInt64>)
  func `chains of all nets that Swift computes are intact in Python`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let net = Net.dense("ä \(hostileNames[Int(seed)])", using: &generator)
    let events = walk(net, 60, using: &generator)
    let id = hostileNames.randomElement(using: &generator) ?? "x"
    let verdict = try ChainCheck.check(ChainExport(net, id: id, events).text)
    #expect(verdict == ChainCheck.Verdict(status: 0, lines: ["intact: 1 instances, \(events.count) events"]))
  }

  @Test func `a firing that Swift refuses is refused in Python`() throws {
    var refused = 0
    for seed in 0..<25 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let net = Net.dense("n", using: &generator)
      let transition = Int.random(in: net.transitions.indices, using: &generator)
      let times = generator.once(in: 2) ? Int.random(in: 1...20, using: &generator) : 1
      guard !net.enables(transition, times: times, in: net.initialMarking) else { continue }
      refused += 1
      var export = try ChainExport(net, id: "a", [Self.beginning, Self.beginning])
      export.change(1) { line in
        line["action"] = net.transitions[transition].name
        line["multiple"] = times
        line["role"] = net.roles(of: transition)[0]
      }
      try export.rehash()
      let verdict = try ChainCheck.check(export.text)
      #expect(verdict.lines == [#""a" seq 1: it is not enabled"#])
    }
    #expect(refused > 5)
  }

  @Test(
    arguments: [
      ([.input("p", 2)], true), ([.input("p", 3)], false), ([.read("p", 2)], true), ([.read("p", 3)], false),
      ([.inhibitor("p", 3)], true), ([.inhibitor("p", 2)], false), ([.output("p", 1)], true),
      ([.output("p", 2)], false),
      ([.input("p", 2), .output("p", 3)], true), ([.input("p", 2), .output("p", 4)], false),
      ([.reset("p"), .output("p", 3)], true), ([.reset("p"), .output("p", 4)], false),
      ([.reset("p"), .input("p", 3)], false),
    ] as [([ArcDraft], Bool)])
  func `each kind of arc has the same limit in Python`(_ arcs: [ArcDraft], _ isEnabled: Bool) throws {
    let net = try Net("n", [Place("p", initial: 2, capacity: 3)], [.t("t", arcs)])
    let after = isEnabled ? try net.fire(0, in: net.initialMarking) : net.initialMarking
    #expect(net.enables(0, in: net.initialMarking) == isEnabled)
    var export = try ChainExport(net, id: "a", [Self.beginning, Self.beginning])
    export.change(1) { ($0["action"], $0["role"], $0["marking"]) = ("t", "default", after.counts) }
    try export.rehash()
    let verdict = try ChainCheck.check(export.text)
    #expect(verdict.lines == [isEnabled ? "intact: 1 instances, 2 events" : #""a" seq 1: it is not enabled"#])
  }

  /// A change of an export, whether its hashes are computed anew, and what is said of it.
  struct Change: Sendable, CustomTestStringConvertible {
    let name: String
    var isRehashed = true
    let problems: [String]
    let change: @Sendable (inout ChainExport) -> Void

    var testDescription: String { name }

    init(
      _ name: String, rehashed: Bool = true, _ problems: [String],
      _ change: @escaping @Sendable (inout ChainExport) -> Void
    ) {
      (self.name, isRehashed, self.problems, self.change) = (name, rehashed, problems, change)
    }
  }

  private static let hash = "its hash is not that of what it says after the event before it"

  static let changes: [Change] = [
    Change("nothing", ["intact: 1 instances, 4 events"]) { _ in },
    Change("payload", rehashed: false, ["2: \(hash)"]) { $0.change(2) { $0["payload"] = "[]" } },
    Change("time", rehashed: false, ["2: \(hash)"]) { $0.change(2) { $0["at"] = 8 } },
    Change("key", rehashed: false, ["2: \(hash)"]) { $0.change(2) { $0["key_hash"] = "\(Hash(of: []))" } },
    Change("actor", rehashed: false, ["0: \(hash)"]) { $0.change(0) { $0["actor"] = "bob" } },
    Change("hash", rehashed: false, ["2: \(hash)", "3: \(hash)"]) { $0.change(2) { $0["hash"] = "\(Hash(of: []))" } },
    Change("id", rehashed: false, ["0: \(hash)"]) { export in
      for seq in -1...3 { export.change(seq) { $0["id"] = "b" } }
    },
    Change("net", rehashed: false, ["0: \(hash)"]) { $0.change(-2) { $0["net"] = "m" } },
    Change(
      "an arc of the net",
      ["0: the digest of its version is not that of the canonical form", "1: its marking", "2: its marking"]
    ) {
      $0.change(-2) {
        $0["canonical_form"] = ($0["canonical_form"] as? String)?.replacing(
          "\"take\" output \"there\" 1", with: "\"take\" output \"there\" 2")
      }
    },
    Change("marking", ["1: its marking", "2: its marking"]) { $0.change(1) { $0["marking"] = [3, 0] } },
    Change("length of the marking", ["3: its marking"]) { $0.change(3) { $0["marking"] = [5, 1, 0] } },
    Change("multiple 0", ["2: it is not enabled"]) { $0.change(2) { $0["multiple"] = 0 } },
    Change("multiple -1", ["2: it is not enabled"]) { $0.change(2) { $0["multiple"] = -1 } },
    Change("multiple", ["2: its marking"]) { $0.change(2) { $0["multiple"] = 2 } },
    Change("too many", ["3: it is not enabled"]) { $0.change(3) { $0["multiple"] = 9 } },
    Change("action", ["1: the net has no such action"]) { $0.change(1) { $0["action"] = "drop" } },
    Change("role", ["1: its role may not fire the action"]) { $0.change(1) { $0["role"] = "default" } },
    Change("no actor", ["3: it has no actor"]) { $0.change(3) { $0["actor"] = "" } },
    Change("early", ["1: it is earlier than the event before it"]) { $0.change(1) { $0["at"] = 4 } },
    Change("version", ["2: its version is not that of the beginning"]) { $0.change(2) { $0["version"] = 2 } },
    Change("a beginning with a key", ["0: it is no beginning"]) { $0.change(0) { $0["key_hash"] = "\(Hash(of: []))" } },
    Change("a beginning with a payload", ["0: it is no beginning"]) { $0.change(0) { $0["payload"] = "[]" } },
    Change("a beginning with an action", ["0: it is no beginning"]) { $0.change(0) { $0["action"] = "take" } },
    Change("the creator's role", ["0: its role may not create"]) { $0.change(0) { $0["role"] = "taker" } },
    Change("no event 2", rehashed: false, ["3: the event before it is missing", "3: its marking"]) { $0.remove(2) },
    Change("no end", rehashed: false, ["intact: 1 instances, 3 events"]) { $0.remove(3) },
    Change("no beginning", rehashed: false, ["1: the instance has no beginning"]) { $0.remove(0) },
    Change("no instance", rehashed: false, ["0: the instance is missing"]) { $0.remove(-1) },
    Change("no events", rehashed: false, ["0: the instance has no beginning"]) { for _ in 0..<4 { $0.remove(0) } },
  ]

  @Test(arguments: changes)
  func `each change is found`(_ change: Change) throws {
    let net = try Net(
      "n", [Place("here", initial: 6), Place("there", capacity: 9)],
      [
        .t("take", by: ["taker"], .input("here"), .output("there")),
        .t("put", by: ["taker"], .input("there"), .output("here")),
      ],
      roles: [Role("maker", mayCreate: true)])
    let events = ["take", "take", "put"].enumerated().map { number, action in
      ChainedEvent(at: 6 + number, payload: .text("{}"), action: action, role: "taker", actor: "ann")
    }
    var beginning = Self.beginning
    beginning.role = "maker"
    var export = try ChainExport(net, id: "a", [beginning] + events)
    change.change(&export)
    if change.isRehashed { try export.rehash() }
    let verdict = try ChainCheck.check(export.text)
    let isIntact = change.problems.first?.hasPrefix("intact") == true
    #expect(verdict.status == (isIntact ? 0 : 1))
    #expect(verdict.lines.count == change.problems.count, "\(verdict.lines)")
    for (line, problem) in zip(verdict.lines, change.problems) {
      #expect(line.hasPrefix(problem) || line.contains(" seq \(problem)"), "\(line)")
    }
  }

  @Test func `what is no export is not called intact`() throws {
    let net = try Net("n", [Place("p")], [.t("t")])
    let good = try ChainExport(net, id: "a", [Self.beginning]).text
    let changes = [
      ("\"encoding\":1", "\"encoding\":2"), ("\"kind\":\"instance\"", "\"kind\":\"frog\""),
      ("\"seq\":0", "\"sequence\":0"),
      ("\"seq\":0", "\"seq\":0,\"seq\":0"), ("\"places\":[\"p\"]", "\"places\":[]"), ("place \\\"p\\\"", "place p"),
      ("\"at\":5", "\"at\":\"5\""), ("\"at\":5", "\"at\":99999999999999999999"), ("\"hash\":\"", "\"hash\":\"x"),
    ]
    for (old, new) in changes {
      #expect(good.contains(old), "\(old) in \(good)")
      #expect(try ChainCheck.check(good.replacing(old, with: new)).status == 2, "\(new)")
    }
    for export in ["", "{}\n", "[]\n", "no json\n", "{\"kind\": \"version\"}\n", "{\"kind\": \"event\"}\n", "1\n"] {
      #expect(try ChainCheck.check(export).status == 2, "\(export)")
    }
  }
}
