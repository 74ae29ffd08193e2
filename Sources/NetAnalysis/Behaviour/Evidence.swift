import PetriNet

/// All that was found out about a net, and what each claim makes of it.
struct Evidence {
  /// The markings found.
  let space: StateSpace
  /// What was proved beforehand.
  let bounds: [Int?]
  /// Whether all markings were found.
  let isComplete: Bool
  let maxima: Maxima
  /// Where each run ends up, when all markings were found and connected.
  let terminal: TerminalComponents?
  /// The coverability tree, when there was reason for one.
  let coverability: Coverability?
  /// A space explored by stubborn sets, when it is complete or has a deadlock.
  let reduced: StateSpace?
  /// What siphons and traps say, when not all markings were found.
  let commoner: Commoner?

  private var net: Net { space.net }

  /// The transitions that fire in no reachable marking; nil when that is not known.
  var deadTransitions: [Int]? {
    let silent = space.firings.indices.filter { space.firings[$0] == 0 }
    if isComplete || silent.isEmpty { return silent }
    guard let coverability else { return nil }
    let dead = silent.filter { !coverability.fires[$0] }
    return coverability.isComplete || dead.isEmpty ? dead : nil
  }

  /// The transitions that can fire again from each reachable marking; nil when that is not known.
  var liveTransitions: [Int]? {
    if let terminal { return terminal.liveTransitions }
    return dead == nil ? nil : []
  }

  var bounded: Finding {
    if isComplete {
      return Finding(.proved, "no place ever holds more than \(counted(maxima.place, "token"))")
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
    if maxima.place > 1, let (index, place) = space.first(above: 1) {
      let tokens = counted(space.tokens(of: place, in: index), "token")
      return Finding(.refuted, "\(net.name(ofPlace: place)) holds \(tokens)", witness: space.path(to: index))
    }
    let isBounded = zip(bounds, net.places).allSatisfy { $0 ?? .max <= 1 || $1.capacity ?? .max <= 1 }
    if isComplete || isBounded { return Finding(.proved, "no place ever holds more than 1 token") }
    return unknown
  }

  var deadlockFree: Finding {
    if let dead { return Finding(.refuted, "stuck with \(dead.words)", witness: dead.path) }
    if isComplete { return Finding(.proved, "each of the markings enables something") }
    if reduced != nil { return Finding(.proved, "a search by stubborn sets found no deadlock") }
    if commoner?.isDeadlockFree == true { return Finding(.proved, "every siphon holds a marked trap") }
    return unknown
  }

  var quasiLive: Finding {
    guard let deadTransitions else {
      let silent = space.firings.count { $0 == 0 }
      return Finding(.undecided, "\(unknown.reason); \(counted(silent, "transition")) did not fire so far")
    }
    if deadTransitions.isEmpty { return Finding(.proved, "every transition fires somewhere") }
    let names = listed(deadTransitions.map { net.name(ofTransition: $0) }, upTo: 4)
    return Finding(.refuted, "\(names) never \(deadTransitions.count == 1 ? "fires" : "fire")")
  }

  var live: Finding {
    if let dead, !net.transitions.isEmpty { return Finding(.refuted, "stuck with \(dead.words)", witness: dead.path) }
    if let terminal {
      guard let loss = terminal.firstLoss else {
        return Finding(.proved, "every transition can fire again, whatever happened")
      }
      let name = net.name(ofTransition: loss.transition)
      let isDead = space.firings[loss.transition] == 0
      return Finding(
        .refuted, "\(name) never fires\(isDead ? "" : " again")", witness: isDead ? [] : space.path(to: loss.marking))
    }
    if commoner?.isLive == true {
      return Finding(.proved, "the net is free choice, and every siphon holds a marked trap")
    }
    if let first = deadTransitions?.first {
      return Finding(.refuted, "\(net.name(ofTransition: first)) never fires")
    }
    return unknown
  }

  var reversible: Finding {
    if let terminal {
      guard let index = terminal.firstWithoutReturn else {
        return Finding(.proved, "the initial marking can always be reached again")
      }
      return Finding(.refuted, "the initial marking cannot be reached again", witness: space.path(to: index))
    }
    if let dead, !dead.path.isEmpty {
      return Finding(.refuted, "the initial marking cannot be reached again", witness: dead.path)
    }
    return unknown
  }

  /// A marking that enables nothing, and a way to it: the shortest, when it was found without stubborn sets.
  private var dead: (words: String, path: [Int])? {
    for space in [space, reduced].compactMap(\.self) {
      if let index = space.firstDeadlock { return (net.words(space.marking(index)), space.path(to: index)) }
    }
    return nil
  }

  private var unknown: Finding {
    isComplete
      ? Finding(.undecided, "there was too little time or memory to connect the markings")
      : Finding(.undecided, "not decided by the \(space.count) markings found")
  }
}

private func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }
