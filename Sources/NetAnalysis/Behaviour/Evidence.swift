import PetriNet

/// All that was found out about a net, and what each claim makes of it.
struct Evidence {
  /// The markings found.
  let space: StateSpace
  /// What was proved beforehand.
  let bounds: [Int?]
  /// What one sees without looking for markings.
  let facts: PlainFacts
  /// Whether all markings were found.
  let isComplete: Bool
  /// The most tokens, when all markings were found and there was time to look.
  let maxima: Maxima?
  /// The first marking found in which a place holds more than one token, and that place.
  let unsafe: (index: Int, place: Int)?
  /// The first marking found that the initial one cannot follow, and the transition after which that is so.
  let departure: (index: Int, transition: Int)?
  /// Where each run ends up, when all markings were found and connected.
  let terminal: TerminalComponents?
  /// The coverability tree, when there was reason for one.
  let coverability: Coverability?
  /// Whether a marking that enables nothing can be reached, when a search in a part of the markings found out.
  let deadlock: Reachability.Answer?
  /// Whether a place can hold more than one token, when such a search found out.
  let crowd: Reachability.Answer?
  /// What siphons and traps say, when not all markings were found.
  let commoner: Commoner?
  /// The work that ways to markings may take.
  let effort = Effort(100_000_000)

  private var net: Net { space.net }

  /// The transitions that fire in no reachable marking; nil when that is not known.
  var deadTransitions: [Int]? {
    let silent = space.firings.indices.filter { space.firings[$0] == 0 }
    if isComplete || silent.isEmpty { return silent }
    let dead = Set(facts.dead)
    if silent.allSatisfy({ dead.contains($0) }) { return silent }
    guard let coverability else { return nil }
    let unseen = silent.filter { !coverability.fires[$0] }
    return coverability.isComplete || unseen.allSatisfy({ dead.contains($0) }) ? unseen : nil
  }

  /// The transitions that can fire again from each reachable marking; nil when that is not known.
  var liveTransitions: [Int]? {
    if let terminal { return terminal.liveTransitions }
    if case .reachable = deadlock { return [] }
    return space.firstDeadlock == nil ? nil : []
  }

  /// What a way to a marking shows; undecided when there is too little time to find the way again.
  private func refuted(_ reason: String, by index: Int, in space: StateSpace, then last: [Int] = []) -> Finding {
    guard let path = space.path(to: index, effort) else {
      return Finding(.undecided, "there was too little time to find the way to a marking again")
    }
    return Finding(.refuted, reason, witness: path + last)
  }

  var bounded: Finding {
    if isComplete {
      let most = maxima.map { "no place ever holds more than \(counted($0.place, "token"))" }
      return Finding(.proved, most ?? "all markings were found")
    }
    if zip(bounds, net.places).allSatisfy({ $0 != nil || $1.capacity != nil }) {
      let most = zip(bounds, net.places).compactMap { [$0, $1.capacity].compactMap(\.self).min() }.max() ?? 0
      return Finding(.proved, "no place can hold more than \(counted(most, "token"))")
    }
    if let coverability, let pump = coverability.pump {
      let places = listed(coverability.pumped.map { net.name(ofPlace: $0) }, upTo: 4)
      return Finding(
        .refuted, "what is repeated puts more and more tokens into \(places)", witness: pump.path, pump: pump.loop)
    }
    if let coverability, coverability.isComplete, coverability.unbounded.isEmpty {
      return Finding(.proved, "the coverability tree is finite, without a place that grows")
    }
    return unknown
  }

  var safe: Finding {
    if let (index, place) = unsafe {
      let tokens = counted(space.tokens(of: place, in: index), "token")
      return refuted("\(net.name(ofPlace: place)) holds \(tokens)", by: index, in: space)
    }
    let isBounded = zip(bounds, net.places).allSatisfy { $0 ?? .max <= 1 || $1.capacity ?? .max <= 1 }
    if isBounded || (isComplete && maxima?.place ?? .max <= 1) {
      return Finding(.proved, "no place ever holds more than 1 token")
    }
    switch crowd {
    case .never(let reason): return Finding(.proved, "no place ever holds more than 1 token: \(reason)")
    case .reachable(let marking, let path):
      let place = net.places.indices.first { marking[$0] > 1 } ?? 0
      return Finding(
        .refuted, "\(net.name(ofPlace: place)) holds \(counted(marking[place], "token"))", witness: path)
    default: return unknown
    }
  }

  var deadlockFree: Finding {
    if let dead = dead({ "stuck with \($0)" }) { return dead }
    if isComplete { return Finding(.proved, "each of the markings enables something") }
    if let finding = facts.deadlockFree { return finding }
    if case .never(let reason) = deadlock { return Finding(.proved, reason) }
    if commoner?.isDeadlockFree == true { return Finding(.proved, "every siphon holds a marked trap") }
    return unknown
  }

  var quasiLive: Finding {
    if let deadTransitions {
      guard !deadTransitions.isEmpty else { return Finding(.proved, "every transition fires somewhere") }
      let names = listed(deadTransitions.map { net.name(ofTransition: $0) }, upTo: 4)
      return Finding(.refuted, "\(names) never \(deadTransitions.count == 1 ? "fires" : "fire")")
    }
    if let finding = facts.quasiLive { return finding }
    let silent = space.firings.count { $0 == 0 }
    return Finding(.undecided, "\(unknown.reason); \(counted(silent, "transition")) did not fire so far")
  }

  var live: Finding {
    if !net.transitions.isEmpty, let dead = dead({ "stuck with \($0)" }) { return dead }
    if let terminal {
      guard let loss = terminal.firstLoss else {
        return Finding(.proved, "every transition can fire again, whatever happened")
      }
      let name = net.name(ofTransition: loss.transition)
      guard space.firings[loss.transition] > 0 else { return Finding(.refuted, "\(name) never fires") }
      return refuted("\(name) never fires again", by: loss.marking, in: space)
    }
    if commoner?.isLive == true {
      return Finding(.proved, "the net is free choice, and every siphon holds a marked trap")
    }
    if let first = deadTransitions?.first {
      return Finding(.refuted, "\(net.name(ofTransition: first)) never fires")
    }
    return facts.live ?? unknown
  }

  var reversible: Finding {
    let reason = "the initial marking cannot be reached again"
    if let terminal {
      guard let index = terminal.firstWithoutReturn else {
        return Finding(.proved, "the initial marking can always be reached again")
      }
      return refuted(reason, by: index, in: space)
    }
    if let dead = dead({ _ in reason }), !dead.witness.isEmpty { return dead }
    if let (index, transition) = departure {
      let place = facts.irreversible.first { $0.transition == transition }.map { net.name(ofPlace: $0.place) } ?? ""
      return refuted(
        "\(reason): no transition undoes what the last one does to \(place)", by: index, in: space,
        then: [transition])
    }
    return unknown
  }

  /// A marking that enables nothing, and a way to it: the shortest, when it is one of the markings found.
  private func dead(_ reason: (String) -> String) -> Finding? {
    if let index = space.firstDeadlock { return refuted(reason(net.words(space.marking(index))), by: index, in: space) }
    guard case .reachable(let marking, let path) = deadlock else { return nil }
    return Finding(.refuted, reason(net.words(marking)), witness: path)
  }

  private var unknown: Finding {
    isComplete
      ? Finding(.undecided, "there was too little time or memory to connect the markings")
      : Finding(.undecided, "not decided by the \(space.count) markings found")
  }
}

private func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }
