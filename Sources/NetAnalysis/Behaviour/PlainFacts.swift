import PetriNet

/// What holds of all reachable markings for reasons that one sees without looking for them.
///
/// For each place the fewest and the most tokens that it can have are estimated as if tokens were never taken, and never
/// put, at the same time: a transition that this does not enable never fires; what never fires puts nothing; and so on
/// until nothing changes.
struct PlainFacts {
  private let net: Net
  private let effects: [[Effect]]
  /// Whether each transition may fire, as far as is seen here.
  private var mayFire: [Bool]
  /// For each place a number of tokens that it never has fewer of.
  private var least: [Int]
  /// For each place a number of tokens that it never has more of; nil where there may be any number.
  private var most: [Int?]
  /// The places that a transition that may fire can raise, and those that one can lower.
  private var isRaised: [Bool]
  private var isLowered: [Bool]

  /// Looks at a net, in time that grows with its arcs.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - bounds: for each place a number of tokens that no reachable marking exceeds, as far as one is proved.
  init(of net: Net, bounds: [Int?]) {
    self.net = net
    effects = net.transitions.indices.map { net.effects(of: $0) }
    mayFire = effects.map { _ in false }
    least = net.initialMarking.counts
    most = net.initialMarking.counts
    isRaised = net.places.map { _ in false }
    isLowered = isRaised
    var touching = Array(repeating: [Int](), count: net.places.count)
    for transition in effects.indices {
      for effect in effects[transition] { touching[effect.place].append(transition) }
    }
    var waiting = Array(effects.indices)
    while let transition = waiting.popLast() {
      guard !mayFire[transition], canFire(transition) else { continue }
      mayFire[transition] = true
      for effect in effects[transition] {
        if effect.raises { isRaised[effect.place] = true }
        if effect.lowers { isLowered[effect.place] = true }
        let bound = [bounds[effect.place], effect.capacity].compactMap(\.self).min()
        if spread(over: effect, bound) { waiting += touching[effect.place].filter { !mayFire[$0] } }
      }
    }
  }

  private func canFire(_ transition: Int) -> Bool {
    effects[transition].allSatisfy { effect in
      effect.least <= most[effect.place] ?? .max && least[effect.place] <= effect.most ?? .max
    }
  }

  /// Takes note of what a firing can do to a place; whether that is new.
  private mutating func spread(over effect: Effect, _ bound: Int?) -> Bool {
    let (place, before) = (effect.place, (least[effect.place], most[effect.place]))
    if effect.resets {
      least[place] = min(least[place], effect.output)
      most[place] = most[place].map { max($0, effect.output) }
    } else if effect.change > 0 {
      most[place] = bound.map { max($0, net.places[place].initial) }
    } else if effect.change < 0 {
      least[place] = 0
    }
    return before != (least[place], most[place])
  }

  /// The transitions that never fire.
  var dead: [Int] { mayFire.indices.filter { !mayFire[$0] } }

  /// A transition that is enabled in each reachable marking; nil when none is seen.
  ///
  /// That a place overflows 64 bits keeps transitions from firing, too. It is left out of account where that takes some
  /// thousand million firings at least.
  var alwaysEnabled: Int? {
    let isFar = net.isFarFromOverflow
    return effects.indices.first { transition in
      effects[transition].allSatisfy { effect in
        guard effect.least <= least[effect.place] else { return false }
        guard let ceiling = effect.most, most[effect.place] ?? .max > ceiling else { return true }
        return isFar && effect.inhibitor == nil && effect.capacity == nil
      }
    }
  }

  /// A transition that can fire a number of times only, and the place that says so: it takes from the place, and none
  /// puts.
  var exhausted: (transition: Int, place: Int)? {
    for transition in effects.indices where mayFire[transition] {
      for effect in effects[transition] where !effect.resets && effect.change < 0 && !isRaised[effect.place] {
        return (transition, effect.place)
      }
    }
    return nil
  }

  /// The transitions after which the initial marking cannot come back: they change a place that others change in the same
  /// direction only.
  var irreversible: [(transition: Int, place: Int)] {
    effects.indices.filter { mayFire[$0] }.compactMap { transition in
      effects[transition].first { effect in
        guard !effect.resets else { return false }
        return effect.change < 0 ? !isRaised[effect.place] : effect.change > 0 && !isLowered[effect.place]
      }.map { (transition, $0.place) }
    }
  }
}

extension PlainFacts {
  var deadlockFree: Finding? {
    alwaysEnabled.map { Finding(.proved, "\(net.name(ofTransition: $0)) is enabled in every marking") }
  }

  var quasiLive: Finding? {
    guard !dead.isEmpty else { return nil }
    let names = listed(dead.map { net.name(ofTransition: $0) }, upTo: 4)
    return Finding(
      .refuted, "\(names) never \(dead.count == 1 ? "fires" : "fire"), even if no token were ever taken")
  }

  var live: Finding? {
    if let first = dead.first {
      return Finding(.refuted, "\(net.name(ofTransition: first)) never fires, even if no token were ever taken")
    }
    return exhausted.map { transition, place in
      let name = net.name(ofTransition: transition)
      return Finding(.refuted, "nothing puts tokens into \(net.name(ofPlace: place)), so that \(name) stops firing")
    }
  }
}
