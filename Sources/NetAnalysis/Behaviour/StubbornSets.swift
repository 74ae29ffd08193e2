import PetriNet

/// Which of the enabled transitions must be fired, so that no deadlock is missed.
///
/// A. Valmari, "Stubborn sets for reduced state space generation" (1990). A set is *stubborn* in a marking when whatever
/// the others do, they neither disable nor enable what is in it, nor does the order matter. Then a deadlock that is
/// reachable at all is reachable by a member first. The set is the closure of one enabled transition: of a member that is
/// enabled all that conflict with it are members, of one that is not all that could lift one of its obstacles.
struct StubbornSets {
  private let effects: [[Effect]]
  /// For each transition those with which it does not commute.
  private let conflicts: [[Int]]
  /// For each place the transitions that can raise and that can lower its count.
  private let raisers: [[Int]]
  private let lowerers: [[Int]]

  /// Looks at a net once.
  init(effects: [[Effect]], places: Int) {
    self.effects = effects
    var raising = Array(repeating: [Int](), count: places)
    var lowering = raising
    var touching = Array(repeating: [(Int, Effect)](), count: places)
    for transition in effects.indices {
      for effect in effects[transition] {
        touching[effect.place].append((transition, effect))
        if effect.raises { raising[effect.place].append(transition) }
        if effect.lowers { lowering[effect.place].append(transition) }
      }
    }
    raisers = raising
    lowerers = lowering
    conflicts = effects.indices.map { transition in
      var others: Set<Int> = []
      for effect in effects[transition] {
        for (other, otherEffect) in touching[effect.place] where !effect.commutes(with: otherEffect) {
          others.insert(other)
        }
      }
      others.remove(transition)
      return others.sorted()
    }
  }

  /// The transitions that are enabled in a marking.
  func enabled(in counts: [Int]) -> [Int] { effects.indices.filter { isEnabled($0, in: counts) } }

  /// Whether a transition is enabled in a marking.
  func isEnabled(_ transition: Int, in counts: [Int]) -> Bool {
    effects[transition].allSatisfy { effect in
      let tokens = counts[effect.place]
      return tokens >= effect.least && tokens <= effect.most ?? .max
    }
  }

  /// The transitions that can raise the count of a place.
  func raising(_ place: Int) -> [Int] { raisers[place] }

  /// The transitions that can lower the count of a place.
  func lowering(_ place: Int) -> [Int] { lowerers[place] }

  /// The transitions of which one must fire before another is enabled; none when it is enabled.
  func lifting(_ transition: Int, in counts: [Int]) -> [Int] { obstacle(to: transition, in: counts) ?? [] }

  /// The transitions that can disable another one, itself perhaps among them.
  func disabling(_ transition: Int) -> [Int] {
    effects[transition].flatMap { effect in
      (effect.least > 0 ? lowerers[effect.place] : []) + (effect.most != nil ? raisers[effect.place] : [])
    }
  }

  /// The enabled transitions to fire: as few as any of them leads to.
  func choose(in counts: [Int]) -> [Int] {
    let enabled = enabled(in: counts)
    var best = enabled
    for seed in enabled where best.count > 1 {
      let set = closure(of: [seed], in: counts)
      let chosen = enabled.filter { set[$0] }
      if chosen.count < best.count { best = chosen }
    }
    return best
  }

  /// The smallest stubborn set found that holds some transitions.
  func closure(of seeds: [Int], in counts: [Int]) -> [Bool] {
    var isMember = Array(repeating: false, count: effects.count)
    var waiting: [Int] = []
    func add(_ transitions: [Int]) {
      for transition in transitions where !isMember[transition] {
        isMember[transition] = true
        waiting.append(transition)
      }
    }
    add(seeds)
    while let transition = waiting.popLast() {
      add(obstacle(to: transition, in: counts) ?? conflicts[transition])
    }
    return isMember
  }

  /// The transitions of which one must fire before another is enabled, as few as any of its obstacles leaves; nil when
  /// it is enabled.
  private func obstacle(to transition: Int, in counts: [Int]) -> [Int]? {
    var fewest: [Int]?
    for effect in effects[transition] {
      let tokens = counts[effect.place]
      var lifting: [Int]?
      if tokens < effect.least { lifting = raisers[effect.place] }
      if let most = effect.most, tokens > most { lifting = most < 0 ? [] : lowerers[effect.place] }
      if let lifting, lifting.count < fewest?.count ?? .max { fewest = lifting }
    }
    return fewest
  }
}

extension Effect {
  /// Whether the place can hold more after the firing.
  fileprivate var raises: Bool { resets ? output > 0 : change > 0 }
  /// Whether the place can hold fewer after the firing.
  fileprivate var lowers: Bool { resets || change < 0 }

  /// Whether neither firing disables the other, and both orders lead to the same count.
  fileprivate func commutes(with other: Effect) -> Bool {
    func spares(_ a: Effect, _ b: Effect) -> Bool { !(a.lowers && b.least > 0) && !(a.raises && b.most != nil) }
    let keepsOrder = !(resets && other.changes) && !(other.resets && changes)
    return spares(self, other) && spares(other, self) && keepsOrder
  }
}
