import NetAnalysis
import Oracle
import PetriNet
import TestNets

/// One net: its claims, markings and runs, asked in several ways.
struct Trial {
  private let net: Net
  private let seed: UInt64
  private var generator: SeededGenerator
  private let naive: NaiveSpace
  private let unknown: [Int?]
  private let proved: [Int?]
  private var outcome = Outcome()

  init(_ net: Net, seed: UInt64, using generator: SeededGenerator) {
    self.net = net
    self.seed = seed
    self.generator = generator
    naive = NaiveSpace(of: net, limit: 400)
    unknown = net.places.map { _ in nil }
    proved = LinearFacts(of: net).bounds.map { $0?.most }
    outcome.isComplete = naive.isComplete
  }

  mutating func run() -> Outcome {
    for (place, bound) in proved.enumerated() {
      if let bound, naive.markings.contains(where: { $0[place] > bound }) { differ("bound \(bound) of place \(place)") }
    }
    examineAll()
    askAll()
    verifyAll()
    return outcome
  }

  private mutating func differ(_ what: String) {
    outcome.differences.append("seed \(seed): \(what)\n\(net.canonicalForm)")
  }

  private mutating func note(_ kind: String, _ isDecided: Bool) {
    if isDecided { outcome.decided.append(kind) } else { outcome.undecided.append(kind) }
  }

  private func play(_ path: some Sequence<Int>, from marking: Marking? = nil) -> Marking? {
    try? path.reduce(marking ?? net.initialMarking) { try net.fire($1, in: $0) }
  }
}

extension Trial {
  /// Claims: with all markings, and with so little of something that other methods have to decide.
  private mutating func examineAll() {
    let few = Int.random(in: 1...12, using: &generator)
    let ways: [(String, Limits, Clock)] = [
      ("all", Limits(markings: 5000), { _ in 0 }),
      ("few", Limits(markings: few), { _ in 0 }),
      ("no time", Limits(markings: 5000), { $0.phase == .exploring ? 1 : 0 }),
      ("no time, plain", Limits(markings: 5000, reduces: false), { $0.phase == .exploring ? 1 : 0 }),
    ]
    for (name, limits, clock) in ways {
      let behaviour = examine(
        net, bounds: generatorOnce ? proved : unknown, limits: limits, clock: clock)
      for claim in Claim.allCases {
        let finding = behaviour[claim]
        note("\(name) \(claim.rawValue)", finding.verdict != .undecided)
        guard finding.verdict != .undecided else { continue }
        let holds = finding.verdict == .proved
        if let truth = truth(of: claim), truth != holds {
          differ("\(name): \(claim.rawValue) \(finding.verdict), \(finding.reason)")
        }
        if !holds, !isShown(finding, claim) { differ("\(name): the witness of \(claim.rawValue) shows nothing") }
      }
    }
  }

  private var generatorOnce: Bool { seed % 2 == 0 }

  /// What the firing rule says of a claim; nil where too few markings are known to say.
  private func truth(of claim: Claim) -> Bool? {
    switch claim {
    case .bounded: return naive.isComplete ? true : nil
    case .safe:
      if naive.markings.contains(where: { $0.counts.contains { $0 > 1 } }) { return false }
      return naive.isComplete ? true : nil
    case .deadlockFree:
      if naive.firings.contains(where: \.isEmpty) { return false }
      return naive.isComplete ? true : nil
    case .quasiLive:
      let dead = naive.deadTransitions
      if dead.isEmpty { return true }
      return naive.isComplete ? false : nil
    case .live:
      if naive.firings.contains(where: \.isEmpty), !net.transitions.isEmpty { return false }
      return naive.isComplete ? naive.liveTransitions.count == net.transitions.count : nil
    case .reversible: return naive.isComplete ? naive.isReversible : nil
    case .sound: return naive.isComplete ? isSound : nil
    }
  }

  /// By its definition; nil where the net describes no cases.
  private var isSound: Bool? {
    guard net.initialMarking.counts.reduce(0, { $0 &+ $1 }) == 1, net.initialMarking.counts.allSatisfy({ $0 >= 0 })
    else { return nil }
    let taken = Set(net.arcs.filter { $0.kind == .input || $0.kind == .reset }.map(\.place))
    let put = Set(net.arcs.filter { $0.kind == .output }.map(\.place))
    let ends = put.subtracting(taken)
    guard !ends.isEmpty else { return nil }
    func isEnd(_ marking: Marking) -> Bool {
      ends.contains { marking[$0] == 1 } && marking.counts.count { $0 > 0 } == 1
    }
    let isClean = naive.markings.allSatisfy { marking in
      !ends.contains { marking[$0] > 0 } || isEnd(marking)
    }
    return isClean && naive.canReach { isEnd(naive.markings[$0]) }.allSatisfy(\.self)
      && naive.deadTransitions.isEmpty
  }

  private func isShown(_ finding: Finding, _ claim: Claim) -> Bool {
    guard let end = play(finding.witness) else { return false }
    switch claim {
    case .bounded:
      guard let loop = finding.pump, loop.upperBound == finding.witness.count,
        let before = play(finding.witness[..<loop.lowerBound])
      else { return false }
      var (last, previous) = (end, before)
      for _ in 0..<100 {
        guard zip(previous.counts, last.counts).allSatisfy({ $0 <= $1 }), previous != last else { return false }
        guard let next = play(finding.witness[loop], from: last) else {
          return last.counts.contains { $0 > 1 << 55 }
        }
        (previous, last) = (last, next)
      }
      return true
    case .safe: return end.counts.contains { $0 > 1 }
    case .deadlockFree: return net.transitions.indices.allSatisfy { !net.enables($0, in: end) }
    case .quasiLive, .live, .reversible, .sound: return true
    }
  }
}

extension Trial {
  /// Queries: with all markings, and with few.
  private mutating func askAll() {
    let verifier = Verifier(of: net, limits: Limits(markings: 4000, bytes: 1 << 24)) { [proved] _ in proved }
    let (net, bounds, proved) = (net, generatorOnce ? proved : unknown, proved)
    for _ in 0..<6 {
      let text = net.randomQuery(depth: 2, using: &generator)
      guard let query = try? Query(text, of: net) else {
        differ("cannot read \(text)")
        continue
      }
      let isMet = naive.markings.contains { query.holds($0, of: net) }
      let few = Limits(markings: Int.random(in: 1...30, using: &generator), bytes: 1 << 24)
      let plain = Limits(markings: few.markings, bytes: 1 << 24, reduces: false)
      let answers = [
        ("all", verifier.reach(query)),
        ("few", reach(query, in: net, bounds: bounds, limits: few)),
        ("few, plain", reach(query, in: net, bounds: proved, limits: plain)),
      ]
      for (name, found) in answers {
        switch found.answer {
        case .reachable(let marking, let path):
          note("\(name) reach", true)
          if play(path) != marking || !query.holds(marking, of: net) { differ("\(name): \(text) is not shown") }
          if naive.isComplete, !isMet { differ("\(name): \(text) is not reachable") }
        case .never(let reason):
          note("\(name) reach", true)
          if isMet { differ("\(name): \(text) is reachable, \(reason)") }
        case .undecided: note("\(name) reach", false)
        }
      }
      refuteAll(query, text, isMet)
    }
  }

  /// What the state equation and marked traps say of the demands of a marking that is reachable.
  private mutating func refuteAll(_ query: Query, _ text: String, _ isMet: Bool) {
    guard let marking = naive.markings.randomElement(using: &generator) else { return }
    let demands = (0..<2).map { _ in
      let terms = (0..<2).map { _ in
        Weighted(net.places.indices.randomElement(using: &generator) ?? 0, Int.random(in: -2...2, using: &generator))
      }
      let sum = terms.reduce(Int128(0)) { $0 + Int128($1.weight) * Int128(marking[$1.index]) }
      let relation = [Demand.Relation.atLeast, .atMost, .equal].randomElement(using: &generator) ?? .equal
      return Int(exactly: sum).map { Demand(terms, relation, $0) } ?? Demand([], .equal, 0)
    }
    if let refutation = StateEquation.refute(demands, of: net) {
      differ("\(demands) of a reachable marking are refuted: \(refutation.words(in: net))")
    }
  }

  /// Properties of runs: one after the other by one verifier, and each by its own.
  private mutating func verifyAll() {
    let verifier = Verifier(of: net, limits: Limits(markings: 4000, bytes: 1 << 24)) { [proved] _ in proved }
    let (net, proved) = (net, proved)
    for _ in 0..<6 {
      let text = net.randomProperty(depth: Int.random(in: 1...3, using: &generator), using: &generator)
      guard let property = try? Property(text, of: net) else {
        differ("cannot read \(text)")
        continue
      }
      let few = Limits(markings: Int.random(in: 1...30, using: &generator), bytes: 1 << 24)
      let expected = naive.isComplete ? naive.labels(property)[0] : nil
      for (name, found) in [
        ("all", verifier.verify(property)), ("few", verify(property, of: net, bounds: proved, limits: few)),
      ] {
        note("\(name) verify", found.holds != nil)
        if let holds = found.holds, let expected, holds != expected {
          differ("\(name): \(text) is not \(holds), \(found.reason)")
        }
        guard let end = play(found.witness) else {
          differ("\(name): the run of \(text) cannot be fired")
          continue
        }
        if let loop = found.loop, play(found.witness[..<loop.lowerBound]) != end {
          differ("\(name): the loop of \(text) does not close")
        }
      }
    }
  }
}
