import PetriNet

/// A net on its way to becoming smaller: places and transitions can go, and two transitions can become one.
struct ReductionDraft {
  /// What a transition does to a place. A read is kept as an input that is put back.
  struct Touch: Hashable {
    var input = 0
    var output = 0
    var inhibitor: Int?
    var resets = false

    /// Whether it only takes, or only puts.
    var isPureInput: Bool { input > 0 && output == 0 && inhibitor == nil && !resets }
    var isPureOutput: Bool { input == 0 && output > 0 && inhibitor == nil && !resets }
    /// Whether it leaves the tokens as they are.
    var isNeutral: Bool { input == output && !resets }
  }

  /// A transition, with the firings of the original net that it stands for.
  struct Step {
    var touches: [Int: Touch]
    var sequence: [Int]
  }

  let net: Net
  private(set) var initial: [Int]
  /// The transitions; nil where one is gone.
  private(set) var steps: [Step?]
  /// Whether each place is still there.
  private(set) var isPresent: [Bool]
  /// For each place the transitions that touch it.
  private(set) var touching: [Set<Int>]
  /// The firings that come before all others.
  private(set) var beginning: [Int] = []
  /// Firings that were put off until they are needed, in the order in which the rules did so.
  var delayed: [[Int]] = []

  init(of net: Net) {
    self.net = net
    initial = net.initialMarking.counts
    isPresent = net.places.map { _ in true }
    touching = net.places.map { _ in [] }
    steps = net.transitions.indices.map { transition in
      var touches: [Int: Touch] = [:]
      for effect in net.effects(of: transition) {
        let put = effect.output + (effect.resets ? 0 : effect.least - effect.input)
        touches[effect.place] = Touch(
          input: effect.least, output: put, inhibitor: effect.inhibitor, resets: effect.resets)
      }
      return Step(touches: touches, sequence: [transition])
    }
    for (transition, step) in steps.enumerated() {
      for place in (step?.touches ?? [:]).keys { touching[place].insert(transition) }
    }
  }

  /// How a transition touches a place.
  func touch(_ transition: Int, _ place: Int) -> Touch { steps[transition]?.touches[place] ?? Touch() }

  /// Whether nothing looks at the place from above, and nothing empties it.
  func isPlain(_ place: Int) -> Bool {
    net.places[place].capacity == nil
      && touching[place].allSatisfy { touch($0, place).inhibitor == nil && !touch($0, place).resets }
  }

  mutating func removeTransition(_ transition: Int) {
    for place in (steps[transition]?.touches ?? [:]).keys { touching[place].remove(transition) }
    steps[transition] = nil
  }

  mutating func add(_ step: Step) {
    for place in step.touches.keys { touching[place].insert(steps.count) }
    steps.append(step)
  }

  /// Takes a place away, and all conditions on it.
  mutating func removePlace(_ place: Int) {
    for transition in touching[place] { steps[transition]?.touches[place] = nil }
    touching[place] = []
    isPresent[place] = false
  }

  /// Takes what a transition does to a place away, and its conditions on it.
  mutating func removeTouch(_ transition: Int, _ place: Int) {
    steps[transition]?.touches[place] = nil
    touching[place].remove(transition)
  }

  /// Fires a transition that only takes from a place and puts, as often as the place has tokens, before all others.
  mutating func fireAtOnce(_ transition: Int, from place: Int) {
    guard let step = steps[transition] else { return }
    for _ in 0..<initial[place] {
      for (place, touch) in step.touches { initial[place] += touch.output - touch.input }
      beginning += step.sequence
    }
  }

  /// One transition for two that fire in a row, where a place between them is dropped; nil when a number needs more than
  /// 64 bits. Where both touch a place it has neither inhibitor nor reset nor capacity.
  func joined(_ first: Int, _ second: Int, without place: Int) -> Step? {
    guard let one = steps[first], let two = steps[second] else { return nil }
    var touches = one.touches
    touches[place] = nil
    for (other, touch) in two.touches where other != place {
      guard let known = touches[other] else {
        touches[other] = touch
        continue
      }
      let need = max(Int128(known.input), Int128(known.input) + Int128(touch.input) - Int128(known.output))
      let put =
        need + Int128(known.output) - Int128(known.input) + Int128(touch.output) - Int128(touch.input)
      guard let need = Int(exactly: need), let put = Int(exactly: put) else { return nil }
      touches[other] = Touch(input: need, output: put)
    }
    return Step(touches: touches.filter { $0.value != Touch() }, sequence: one.sequence + two.sequence)
  }
}
