import Chain
import Diagnostics
import PetriNet
import TestNets
import Testing

@Suite struct ProofTests {
  /// The problems of a proof against the anchor that it was made with.
  private func problems(_ events: [ChainedEvent], canonicalForm: String = Example.canonicalForm) throws
    -> [ProofProblem]
  {
    let proof = Example.proof(events, canonicalForm: canonicalForm)
    return proof.problems(against: proof.root)
  }

  private func changed(_ event: ChainedEvent, _ change: (inout ChainedEvent) -> Void) -> ChainedEvent {
    var event = event
    change(&event)
    return event
  }

  @Test func `a proof leads to the root of its anchor`() {
    let proof = Example.proof()
    #expect(proof.head.seq == 1)
    #expect("\(proof.head.hash)" == "45192c334cf8e121bb47c3aa971517d7201dc0fdb28087f5726cede5d643e7f5")
    let anchor = MerkleTree(Example.heads(proof)).root
    #expect(proof.root == anchor)
    #expect(proof.problems(against: anchor) == [])

    var redacted = proof
    redacted.events[1].payload = .redacted(proof.events[1].payload.hash)
    #expect(redacted.problems(against: anchor) == [])
    redacted.events[0].payload = .redacted(proof.events[0].payload.hash)
    #expect(redacted.problems(against: anchor) == [])
  }

  @Test func `any change of a proof leads to another root`() {
    let proof = Example.proof()
    let anchor = MerkleTree(Example.heads(proof)).root
    let changes: [(inout Proof) -> Void] = [
      { $0.net = "shuttlf" }, { $0.id = "trip 2" }, { $0.canonicalForm += " " }, { $0.events[1].at += 1 },
      { $0.canonicalForm.replace("initial 0", with: "initial 1") }, { $0.events.removeLast() }, { $0.path = [] },
      { $0.events[1].payload = .text("{}") }, { $0.events[1].actor = "bob" }, { $0.events[1].role = "*" },
      { $0.events[1].keyHash = nil }, { $0.events[0].actor = "bob" }, { $0.path.reverse() },
      { $0.path[1] = .right(Hash(of: [])) }, { $0.path.removeLast() },
    ]
    for (number, change) in changes.enumerated() {
      var changed = proof
      change(&changed)
      let reasons = changed.problems(against: anchor).map(\.reason)
      #expect(reasons.contains { if case .root = $0 { true } else { false } }, "change \(number): \(reasons)")
    }
  }

  @Test func `an anchored history that the net does not allow is told event by event`() throws {
    let (beginning, take) = (Example.beginning, Example.take)
    let later = changed(take) { $0.at += 1 }
    let failure = try #require(Example.net).obstacles(to: 0, in: Marking([0, 1])).map {
      ProofProblem.Failure(place: "here", obstacle: $0)
    }
    #expect(failure.count == 1)
    #expect(try problems([beginning, take, later]) == [ProofProblem(seq: 2, reason: .notEnabled("take", failure))])
    // Without a marking, the events after it are checked for the rest.
    #expect(
      try problems([beginning, take, later, changed(later) { $0.actor = "" }])
        == [ProofProblem(seq: 2, reason: .notEnabled("take", failure)), ProofProblem(seq: 3, reason: .actor)])

    let twice = try problems([beginning, changed(take) { $0.multiple = 2 }])
    #expect(twice.map(\.seq) == [1] && twice.map(\.reason) != [.multiple(2)])
    for multiple in [0, -1, Int.min] {
      #expect(
        try problems([beginning, changed(take) { $0.multiple = multiple }, later])
          == [ProofProblem(seq: 1, reason: .multiple(multiple))])
    }
    #expect(try problems([beginning, changed(take) { $0.multiple = .max }]).count == 1)

    let cases: [((inout ChainedEvent) -> Void, ProofProblem.Reason)] = [
      ({ $0.action = "put" }, .action("put")), ({ $0.action = "" }, .action("")),
      ({ $0.role = "default" }, .role("default", allowed: ["carrier", "*"])),
      ({ $0.role = "" }, .role("", allowed: ["carrier", "*"])), ({ $0.actor = "" }, .actor),
      ({ $0.at = beginning.at - 1 }, .time),
    ]
    for (change, reason) in cases {
      #expect(try problems([beginning, changed(take, change)]) == [ProofProblem(seq: 1, reason: reason)])
    }
    #expect(try problems([beginning, changed(take) { $0.role = "*" }]) == [])
    #expect(try problems([beginning, changed(take) { $0.at = beginning.at }]) == [])
  }

  @Test func `a chain begins with a beginning, by a role that may create`() throws {
    #expect(try problems([]) == [ProofProblem(reason: .empty)])
    #expect(try problems([Example.beginning]) == [])
    let changes: [(inout ChainedEvent) -> Void] = [
      { $0.action = "take" }, { $0.multiple = 2 }, { $0.payload = .text("{} ") }, { $0.keyHash = Hash(of: []) },
      { $0.payload = .redacted(Hash(of: [])) },
    ]
    for change in changes {
      #expect(
        try problems([changed(Example.beginning, change), Example.take]) == [ProofProblem(seq: 0, reason: .beginning)])
    }
    let nobody = changed(Example.beginning) { ($0.actor, $0.role) = ("", "nobody") }
    #expect(
      try problems([nobody])
        == [
          ProofProblem(seq: 0, reason: .role("nobody", allowed: ["carrier", "default", "*"])),
          ProofProblem(seq: 0, reason: .actor),
        ])

    let net = try Net(
      "shuttle", [], [.t("take", by: ["carrier"])],
      roles: [Role("maker", mayCreate: true), Role("x", mayDestroy: true)])
    for (role, may) in [("maker", true), ("*", true), ("carrier", false), ("x", false), ("default", false)] {
      let found = try problems([changed(Example.beginning) { $0.role = role }], canonicalForm: net.canonicalForm)
      #expect(found.isEmpty == may, "\(role)")
    }
    let unmarked = try Net("shuttle", [], [.t("take", by: ["carrier"])], roles: [Role("idle")])
    #expect(
      try problems([changed(Example.beginning) { $0.role = "idle" }], canonicalForm: unmarked.canonicalForm) == [])
  }

  @Test func `a canonical form that is none is a problem of the whole`() throws {
    for form in ["x", "place \"p\"", Example.canonicalForm.replacing("\"", with: "'"), Example.canonicalForm + "\n"] {
      let found = try problems([Example.beginning], canonicalForm: form)
      #expect(found.count == 1 && found[0].seq == nil)
      #expect(found.first.map { if case .net = $0.reason { true } else { false } } == true, "\(found)")
    }
  }

  @Test func `a name in another Unicode normal form is another name`() throws {
    let net = try Net("shuttle", [], [.t("\u{e9}", by: ["\u{e9}"])])
    let event = changed(Example.take) { ($0.action, $0.role) = ("\u{e9}", "\u{e9}") }
    let beginning = changed(Example.beginning) { $0.role = "*" }
    #expect(try problems([beginning, event], canonicalForm: net.canonicalForm) == [])
    let action = try problems([beginning, changed(event) { $0.action = "e\u{301}" }], canonicalForm: net.canonicalForm)
    let role = try problems([beginning, changed(event) { $0.role = "e\u{301}" }], canonicalForm: net.canonicalForm)
    #expect(action.count == 1 && role.count == 1)
    let head = Head(net: "\u{e9}", id: "x", seq: 0, hash: Hash(of: []))
    #expect(head.belongs(to: "\u{e9}", "x") && !head.belongs(to: "e\u{301}", "x"))
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `what a net allows is proved, of all nets`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let net = Net.dense("shuttle", using: &generator)
    let reread = try Net(canonicalForm: net.canonicalForm, name: "shuttle")
    var marking = reread.initialMarking
    var events = [changed(Example.beginning) { $0.role = "*" }]
    for number in 0..<30 {
      let transition = Int.random(in: reread.transitions.indices, using: &generator)
      let times = generator.once(in: 4) ? Int.random(in: 1...9, using: &generator) : 1
      let event = ChainedEvent(
        at: Example.beginning.at + number, payload: .text("{\"n\": \(number)}"), multiple: times,
        action: reread.transitions[transition].name, role: reread.roles(of: transition)[0], actor: "ann")
      do {
        marking = try reread.fire(transition, times: times, in: marking)
        events.append(event)
      } catch {
        let refused = try problems(events + [event], canonicalForm: net.canonicalForm)
        #expect(refused.map(\.seq) == [events.count])
      }
    }
    #expect(try problems(events, canonicalForm: net.canonicalForm) == [])
  }
}
