import PetriNet

/// A smaller net that answers the same question: whether some marking can be reached, told by a few places, or whether one
/// can be that enables nothing.
///
/// The rules are those of G. Berthelot, "Transformations and decompositions of nets" (1987), T. Murata, "Petri nets:
/// properties, analysis and applications" (1989), and Y. Thierry-Mieg, "Structural reductions revisited" (Petri Nets 2020),
/// as far as they hold with inhibitors, resets and capacities elsewhere in the net:
///
/// | goes | when |
/// |---|---|
/// | a transition | it can never fire, or another one does the same |
/// | a transition that changes nothing | the question is not whether something is enabled |
/// | a place that never changes | its conditions are known |
/// | a place that nothing needs | |
/// | a place that holds at least as many tokens as another, always by the same firings | |
/// | a place, with the transitions that take from it | these need nothing else: each follows at once what put the token |
/// | a place, with the transitions that put into it | these do nothing else, and nothing else wants what they take: each waits until its token is taken |
///
/// A way in the smaller net is made one of the original by what each transition stands for; it counts only when the firing
/// rule can go it.
struct ReducedNet {
  /// What is asked.
  enum Question {
    /// Whether a marking can be reached, told by these places.
    case marking(Set<Int>)
    /// Whether a marking can be reached that enables nothing.
    case deadlock
  }

  /// The smaller net.
  let net: Net
  /// For each place of it that place of the original.
  let places: [Int]
  private let original: Net
  private let sequences: [[Int]]
  private let beginning: [Int]
  private let delayed: [[Int]]
  private let isDeadlock: Bool

  /// Reduces a net; nil when it stays as it is, or numbers are so large that places may overflow.
  ///
  /// - Parameters:
  ///   - original: the net.
  ///   - question: what is asked.
  ///   - facts: what is seen of it without looking for markings.
  ///   - goOn: asked now and then; false leaves the net as small as it is by then.
  init?(_ original: Net, for question: Question, _ facts: PlainFacts, goOn: () -> Bool) {
    guard original.isFarFromOverflow else { return nil }
    var reduction = Reduction(original, question)
    for transition in facts.dead { reduction.draft.removeTransition(transition) }
    reduction.run(goOn)
    let draft = reduction.draft
    let kept = draft.steps.compactMap(\.self)
    places = original.places.indices.filter { draft.isPresent[$0] }
    guard kept.count < original.transitions.count || places.count < original.places.count else { return nil }
    let numbers = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
    let arcs = kept.enumerated().flatMap { number, step in
      step.touches.flatMap { place, touch -> [Arc] in
        guard let index = numbers[place] else { return [] }
        func arc(_ kind: Arc.Kind, _ weight: Int) -> Arc {
          Arc(kind, place: index, transition: number, weight: weight)
        }
        return (touch.input > 0 ? [arc(.input, touch.input)] : [])
          + (touch.output > 0 ? [arc(.output, touch.output)] : [])
          + (touch.inhibitor.map { [arc(.inhibitor, $0)] } ?? []) + (touch.resets ? [arc(.reset, 1)] : [])
      }
    }
    let smaller = places.map { place in
      var copy = original.places[place]
      copy.initial = draft.initial[place]
      return copy
    }
    let transitions = kept.indices.map { Transition("t\($0)") }
    guard let net = try? Net(name: original.name, places: smaller, transitions: transitions, arcs: arcs) else {
      return nil
    }
    self.net = net
    self.original = original
    sequences = kept.map(\.sequence)
    beginning = draft.beginning
    delayed = draft.delayed
    if case .deadlock = question { isDeadlock = true } else { isDeadlock = false }
  }

  /// The way in the original net that a way in the smaller one stands for, and where it leads; nil when the firing rule
  /// cannot go it.
  func original(_ path: [Int]) -> (path: [Int], marking: Marking)? {
    var marking = original.initialMarking
    var way: [Int] = []
    func fire(_ sequence: [Int]) -> Bool {
      var next = marking
      for transition in sequence {
        guard let after = try? original.fire(transition, in: next) else { return false }
        next = after
      }
      marking = next
      way += sequence
      return true
    }
    guard fire(beginning), path.allSatisfy({ fire(sequences[$0]) }) else { return nil }
    // What was put off until it is needed can still fire where nothing else can.
    if isDeadlock {
      for sequence in delayed.reversed() {
        var count = 0
        while count < 100_000, fire(sequence) { count += 1 }
      }
    }
    return (way, marking)
  }
}

extension Net {
  /// Whether no place overflows 64 bits within some thousand million firings.
  var isFarFromOverflow: Bool {
    let far = 1 << 31
    return places.allSatisfy { $0.initial < far } && arcs.allSatisfy { $0.kind != .output || $0.weight < far }
  }
}

/// The rules, applied until none applies.
private struct Reduction {
  var draft: ReductionDraft
  private let visible: Set<Int>
  private let isDeadlock: Bool

  init(_ net: Net, _ question: ReducedNet.Question) {
    draft = ReductionDraft(of: net)
    switch question {
    case .marking(let places): (visible, isDeadlock) = (places, false)
    case .deadlock: (visible, isDeadlock) = ([], true)
    }
  }

  mutating func run(_ goOn: () -> Bool) {
    var changed = true
    while changed, goOn() {
      changed = removeDuplicates()
      for place in draft.isPresent.indices where draft.isPresent[place] {
        guard goOn() else { return }
        changed = fix(place) || ignore(place) || follow(place) || delay(place) || changed
      }
      changed = removeParallel() || changed
    }
  }

  /// Transitions that do the same as another one, or nothing.
  private mutating func removeDuplicates() -> Bool {
    var seen: [[Int: ReductionDraft.Touch]: Int] = [:]
    var changed = false
    for transition in draft.steps.indices {
      guard let step = draft.steps[transition] else { continue }
      if !isDeadlock, step.touches.values.allSatisfy(\.isNeutral) {
        draft.removeTransition(transition)
        changed = true
        continue
      }
      guard let twin = seen[step.touches], let other = draft.steps[twin] else {
        seen[step.touches] = transition
        continue
      }
      let isShorter = step.sequence.count < other.sequence.count
      draft.removeTransition(isShorter ? twin : transition)
      if isShorter { seen[step.touches] = transition }
      changed = true
    }
    return changed
  }

  /// A place that never changes: its conditions hold always, or never.
  private mutating func fix(_ place: Int) -> Bool {
    let transitions = draft.touching[place].sorted()
    guard transitions.allSatisfy({ draft.touch($0, place).isNeutral }) else { return false }
    guard !transitions.isEmpty || !visible.contains(place) else { return false }
    for transition in transitions {
      let touch = draft.touch(transition, place)
      let tokens = draft.initial[place]
      if tokens >= touch.input, tokens < touch.inhibitor ?? .max {
        draft.removeTouch(transition, place)
      } else {
        draft.removeTransition(transition)
      }
    }
    if !visible.contains(place) { draft.removePlace(place) }
    return true
  }

  /// A place that nothing needs and nothing looks at.
  private mutating func ignore(_ place: Int) -> Bool {
    guard draft.isPresent[place], !visible.contains(place), draft.net.places[place].capacity == nil,
      draft.touching[place].allSatisfy({ draft.touch($0, place).input == 0 && draft.touch($0, place).inhibitor == nil })
    else { return false }
    draft.removePlace(place)
    return true
  }

  /// The transitions around a place into which each puts one token and from which each takes one, and nothing else.
  private func ends(of place: Int) -> (producers: [Int], consumers: [Int])? {
    guard draft.isPresent[place], !visible.contains(place), draft.isPlain(place) else { return nil }
    var (producers, consumers) = ([Int](), [Int]())
    for transition in draft.touching[place].sorted() {
      let touch = draft.touch(transition, place)
      if touch == ReductionDraft.Touch(input: 0, output: 1) {
        producers.append(transition)
      } else if touch == ReductionDraft.Touch(input: 1, output: 0) {
        consumers.append(transition)
      } else {
        return nil
      }
    }
    let (before, after) = (producers.count + consumers.count, producers.count * consumers.count)
    guard !consumers.isEmpty, after <= max(before, 6) else { return nil }
    return (producers, consumers)
  }

  private mutating func join(_ producers: [Int], _ consumers: [Int], at place: Int) -> Bool {
    var steps: [ReductionDraft.Step] = []
    for producer in producers {
      for consumer in consumers {
        guard let step = draft.joined(producer, consumer, without: place), step.sequence.count <= 10_000 else {
          return false
        }
        steps.append(step)
      }
    }
    for transition in producers + consumers { draft.removeTransition(transition) }
    draft.removePlace(place)
    for step in steps { draft.add(step) }
    return true
  }

  /// Post-agglomeration: what takes from the place needs nothing else, so it may follow at once what put the token.
  private mutating func follow(_ place: Int) -> Bool {
    guard let (producers, consumers) = ends(of: place) else { return false }
    let isFree = consumers.allSatisfy { consumer in
      (draft.steps[consumer]?.touches ?? [:]).allSatisfy { other, touch in
        other == place || (touch.isPureOutput && draft.isPlain(other) && !visible.contains(other))
      }
    }
    guard isFree else { return false }
    if draft.initial[place] > 0 {
      guard consumers.count == 1, draft.initial[place] <= 1000 else { return false }
      draft.fireAtOnce(consumers[0], from: place)
    }
    return join(producers, consumers, at: place)
  }

  /// Pre-agglomeration: what puts into the place does nothing else, and nothing else wants what it takes, so it may wait
  /// until its token is taken.
  private mutating func delay(_ place: Int) -> Bool {
    guard let (producers, consumers) = ends(of: place), draft.initial[place] == 0 else { return false }
    let own = Set(producers)
    let canWait = producers.allSatisfy { producer in
      let touches = (draft.steps[producer]?.touches ?? [:]).filter { $0.key != place }
      return !touches.isEmpty
        && touches.allSatisfy { other, touch in
          touch.isPureInput && draft.isPlain(other) && !visible.contains(other)
            && draft.touching[other].allSatisfy { own.contains($0) || draft.touch($0, other).isPureOutput }
        }
    }
    guard canWait else { return false }
    let sequences = producers.compactMap { draft.steps[$0]?.sequence }
    guard join(producers, consumers, at: place) else { return false }
    draft.delayed += sequences
    return true
  }

  /// Places that hold at least as many tokens as another one, and change with it.
  private mutating func removeParallel() -> Bool {
    var seen: [[Int: ReductionDraft.Touch]: Int] = [:]
    var changed = false
    for place in draft.isPresent.indices where draft.isPresent[place] && !draft.touching[place].isEmpty {
      guard draft.isPlain(place) else { continue }
      let key = Dictionary(uniqueKeysWithValues: draft.touching[place].map { ($0, draft.touch($0, place)) })
      guard let twin = seen[key] else {
        seen[key] = place
        continue
      }
      let (fewer, more) = draft.initial[place] < draft.initial[twin] ? (place, twin) : (twin, place)
      let removed = visible.contains(more) && draft.initial[fewer] == draft.initial[more] ? fewer : more
      guard !visible.contains(removed) else { continue }
      draft.removePlace(removed)
      seen[key] = removed == more ? fewer : more
      changed = true
    }
    return changed
  }
}
