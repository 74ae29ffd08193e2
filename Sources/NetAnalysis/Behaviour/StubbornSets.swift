import PetriNet

/// Which of the enabled transitions must be fired, so that no deadlock is missed.
///
/// A. Valmari, "Stubborn sets for reduced state space generation" (1990). A set is *stubborn* in a marking when whatever
/// the others do, they neither disable nor enable what is in it, nor does the order matter. Then a deadlock that is
/// reachable at all is reachable by a member first. The set is the closure of one enabled transition: of a member that is
/// enabled all that conflict with it are members, of one that is not all that could lift one of its obstacles.
///
/// All that a member brings in are whole lists of transitions that do one thing to one place. Each list is gone through
/// once for a closure, which so takes no more time than to read the net.
struct StubbornSets {
  /// What transitions do to a place, or ask of it.
  fileprivate enum Role: Int, CaseIterable {
    /// It can hold more after they fired.
    case raises
    /// It can hold fewer.
    case lowers
    /// They are not enabled when it holds too few tokens.
    case needs
    /// They are not enabled when it holds too many.
    case limits
    /// They reset it.
    case resets
    /// They change it.
    case changes
  }

  private let effects: [[Effect]]
  /// For each effect the most tokens with which it allows a firing, unless no reachable marking has more.
  private let ceilings: [[Int?]]
  /// For each place, role by role, the transitions that have it.
  private let lists: [[Int]]
  private let scratch: Scratch

  /// Looks at a net once.
  ///
  /// - Parameters:
  ///   - effects: `net.effects(of:)` for each transition.
  ///   - bounds: for each place a number of tokens that no reachable marking exceeds, as far as one is proved.
  init(effects: [[Effect]], bounds: [Int?]) {
    self.effects = effects
    ceilings = effects.map {
      $0.map { effect in effect.most.flatMap { $0 >= bounds[effect.place] ?? .max ? nil : $0 } }
    }
    var lists = Array(repeating: [Int](), count: bounds.count * Role.allCases.count)
    for transition in effects.indices {
      for (effect, ceiling) in zip(effects[transition], ceilings[transition]) {
        for role in Role.allCases where effect.has(role, ceiling) {
          lists[Self.list(role, of: effect.place)].append(transition)
        }
      }
    }
    self.lists = lists
    scratch = Scratch(transitions: effects.count, lists: lists.count)
  }

  private static func list(_ role: Role, of place: Int) -> Int { place * Role.allCases.count + role.rawValue }

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
  func raising(_ place: Int) -> [Int] { lists[Self.list(.raises, of: place)] }

  /// The transitions that can lower the count of a place.
  func lowering(_ place: Int) -> [Int] { lists[Self.list(.lowers, of: place)] }

  /// The transitions of which one must fire before another is enabled; none when it is enabled.
  func lifting(_ transition: Int, in counts: [Int]) -> [Int] {
    obstacle(to: transition, in: counts).flatMap { $0.map { lists[$0] } } ?? []
  }

  /// The transitions that can disable another one, itself perhaps among them.
  func disabling(_ transition: Int) -> [Int] {
    zip(effects[transition], ceilings[transition]).flatMap { effect, ceiling in
      (effect.least > 0 ? lowering(effect.place) : []) + (ceiling != nil ? raising(effect.place) : [])
    }
  }

  /// The enabled transitions to fire: as few as any of them leads to, as far as a fixed amount of work finds out.
  func choose(in counts: [Int]) -> [Int] {
    let enabled = enabled(in: counts)
    var best = enabled
    let end = scratch.work + Self.work
    for seed in enabled where best.count > 1 && scratch.work < end {
      let chosen = closure(of: [seed], among: enabled, in: counts)
      if chosen.count < best.count { best = chosen }
    }
    return best
  }

  /// The work that goes into one choice, beyond which a larger set is taken.
  static let work = 1 << 20

  /// The work done so far; a unit is a look at a transition that something brings into a set.
  var work: Int { scratch.work }

  /// Those of the enabled transitions that are in the smallest stubborn set found that holds some transitions.
  func closure(of seeds: some Sequence<Int>, among enabled: [Int], in counts: [Int]) -> [Int] {
    scratch.begin()
    scratch.add(seeds)
    while let transition = scratch.next() {
      if let obstacle = obstacle(to: transition, in: counts) {
        if let list = obstacle { scratch.add(list, lists[list]) }
        continue
      }
      for (effect, ceiling) in zip(effects[transition], ceilings[transition]) {
        for role in conflicting(with: effect, ceiling) {
          let list = Self.list(role, of: effect.place)
          scratch.add(list, lists[list])
        }
      }
    }
    return enabled.filter { scratch.contains($0) }
  }

  /// What others do to a place so that the order matters, or so that one of the two keeps the other from firing.
  private func conflicting(with effect: Effect, _ ceiling: Int?) -> [Role] {
    var roles: [Role] = []
    if effect.lowers { roles.append(.needs) }
    if effect.raises { roles.append(.limits) }
    if effect.least > 0 { roles.append(.lowers) }
    if ceiling != nil { roles.append(.raises) }
    if effect.resets { roles.append(.changes) }
    if effect.changes { roles.append(.resets) }
    return roles
  }

  /// The list of transitions of which one must fire before another is enabled, as few as any of its obstacles leaves: nil
  /// when it is enabled, and no list when nothing enables it.
  private func obstacle(to transition: Int, in counts: [Int]) -> Int?? {
    var fewest: Int??
    for effect in effects[transition] {
      let tokens = counts[effect.place]
      var lifting: Int??
      if tokens < effect.least { lifting = .some(Self.list(.raises, of: effect.place)) }
      if let most = effect.most, tokens > most {
        lifting = most < 0 ? .some(nil) : .some(Self.list(.lowers, of: effect.place))
      }
      guard let lifting else { continue }
      guard let list = lifting else { return .some(nil) }
      if let known = fewest.flatMap(\.self), lists[list].count >= lists[known].count { continue }
      fewest = .some(list)
    }
    return fewest
  }

  /// The members of a set that grows, in memory that is used again for the next one.
  private final class Scratch {
    private var members: [UInt32]
    private var lists: [UInt32]
    private var stamp: UInt32 = 0
    private var waiting: [Int] = []
    private(set) var work = 0

    init(transitions: Int, lists: Int) {
      members = Array(repeating: 0, count: transitions)
      self.lists = Array(repeating: 0, count: lists)
    }

    func begin() {
      if stamp == .max {
        for index in members.indices { members[index] = 0 }
        for index in lists.indices { lists[index] = 0 }
        stamp = 0
      }
      stamp += 1
      waiting.removeAll(keepingCapacity: true)
    }

    func contains(_ transition: Int) -> Bool { members[transition] == stamp }

    func next() -> Int? { waiting.popLast() }

    func add(_ transitions: some Sequence<Int>) {
      for transition in transitions {
        work += 1
        guard members[transition] != stamp else { continue }
        members[transition] = stamp
        waiting.append(transition)
      }
    }

    func add(_ list: Int, _ transitions: [Int]) {
      guard lists[list] != stamp else { return }
      lists[list] = stamp
      add(transitions)
    }
  }
}

extension Effect {
  /// Whether the place can hold more after the firing.
  var raises: Bool { resets ? output > 0 : change > 0 }
  /// Whether the place can hold fewer after the firing.
  var lowers: Bool { resets || change < 0 }

  fileprivate func has(_ role: StubbornSets.Role, _ ceiling: Int?) -> Bool {
    switch role {
    case .raises: raises
    case .lowers: lowers
    case .needs: least > 0
    case .limits: ceiling != nil
    case .resets: resets
    case .changes: changes
    }
  }
}
