import PetriNet

/// A net compiled for packed markings: what each transition asks and does, as operations on words.
///
/// Each transition hangs under one of the places it needs tokens of, its *trigger*: in a marking only the transitions
/// under marked places are looked at, instead of all.
final class PackedNet {
  /// A transition as it is tested: what most tests need, in one cache line.
  struct Entry {
    /// The first of the conditions under which it is enabled; most have one, since words are compared.
    var first: PackedCondition
    /// The sum that it adds to a marking's linear hash; without meaning for one with resets.
    var hash: UInt64
    /// Which transition.
    var transition: UInt32
    /// The other conditions under which it is enabled are `start ..< fit` of all, those under which its outputs fit their
    /// fields `fit ..< end`.
    var start: UInt32
    var fit: UInt32
    var end: UInt32
    /// Whether it has resets, so that words are masked before they are added to.
    var resets: Bool
  }

  let layout: MarkingLayout
  let words: Int
  /// By trigger: those of bit b of word w are `starts[64 * w + b] ..< starts[64 * w + b + 1]`; those without a trigger
  /// come last, from `starts[64 * words]`.
  let entries: UnsafeMutablePointer<Entry>
  let entryCount: Int
  let starts: UnsafeMutablePointer<Int>
  let conditions: UnsafeMutablePointer<PackedCondition>
  /// For each entry, word by word, what is added and what is kept before it.
  let deltas: UnsafeMutablePointer<UInt64>
  let kept: UnsafeMutablePointer<UInt64>
  /// Makes a word of which each field's verdict bit says whether it is marked: add, then mask.
  let markedAddend: UnsafeMutablePointer<UInt64>
  let markedMask: UnsafeMutablePointer<UInt64>
  /// The factors of the linear hash, one a word.
  let factors: UnsafeMutablePointer<UInt64>

  /// Compiles a net.
  ///
  /// - Parameters:
  ///   - effects: `net.effects(of:)` for each transition.
  ///   - layout: where the counts stand.
  ///   - proven: the places whose counts are known to fit; for all others each firing is checked.
  ///   - rarity: how often each place is marked, in any unit; the rarest place of a transition becomes its trigger.
  init(effects: [[Effect]], layout: MarkingLayout, proven: [Bool], rarity: [Int]) {
    self.layout = layout
    words = layout.words
    factors = .allocate(capacity: words)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for word in 0..<words {
      state = (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
      factors[word] = state | 1
    }

    var allConditions: [PackedCondition] = []
    var buckets = Array(repeating: [Compiled](), count: 64 * words + 1)
    for transition in effects.indices {
      let fields = layout.fields
      var enabling = PackedConditions()
      var fitting = PackedConditions()
      var compiled = Compiled(transition: transition, words: words)
      for effect in effects[transition] {
        let field = fields[effect.place]
        enabling.atLeast(effect.least, field)
        if let most = effect.most { enabling.atMost(most, field) }
        if !proven[effect.place], let most = effect.mostToFit(field.most) { fitting.atMost(most, field) }
        compiled.add(effect, field)
      }
      guard enabling.canHold else { continue }
      compiled.first = enabling.all.first ?? PackedCondition(word: 0)
      compiled.start = allConditions.count
      allConditions += enabling.all.dropFirst()
      compiled.fit = allConditions.count
      // A condition that no word meets: the outputs never fit.
      allConditions += fitting.canHold ? fitting.all : [PackedCondition(word: 0, expected: 1)]
      compiled.end = allConditions.count
      let trigger = effects[transition].filter { $0.least > 0 && fields[$0.place].width > 0 }
        .min { rarity[$0.place] < rarity[$1.place] }
      let bucket = trigger.map { effect in
        fields[effect.place].word * 64 + fields[effect.place].verdict.trailingZeroBitCount
      }
      buckets[bucket ?? 64 * words].append(compiled)
    }

    conditions = .allocate(capacity: max(allConditions.count, 1))
    for (index, condition) in allConditions.enumerated() { (conditions + index).initialize(to: condition) }
    entryCount = buckets.reduce(0) { $0 + $1.count }
    entries = .allocate(capacity: max(entryCount, 1))
    deltas = .allocate(capacity: max(entryCount * words, 1))
    kept = .allocate(capacity: max(entryCount * words, 1))
    starts = .allocate(capacity: buckets.count + 1)
    markedAddend = .allocate(capacity: words)
    markedMask = .allocate(capacity: words)
    markedAddend.update(repeating: 0, count: words)
    markedMask.update(repeating: 0, count: words)

    var next = 0
    for (bucket, compiled) in buckets.enumerated() {
      starts[bucket] = next
      for transition in compiled {
        var hash: UInt64 = 0
        for word in 0..<words {
          deltas[next * words + word] = transition.delta[word]
          kept[next * words + word] = transition.kept[word]
          hash &+= transition.delta[word] &* factors[word]
        }
        (entries + next).initialize(
          to: Entry(
            first: transition.first, hash: hash, transition: UInt32(transition.transition),
            start: UInt32(transition.start), fit: UInt32(transition.fit), end: UInt32(transition.end),
            resets: transition.kept.contains { $0 != .max }))
        next += 1
      }
    }
    starts[buckets.count] = next
    for field in layout.fields where field.width > 0 {
      let bit = field.word * 64 + field.verdict.trailingZeroBitCount
      guard starts[bit] < starts[bit + 1] else { continue }
      markedMask[field.word] |= field.verdict
      if field.width > 1 { markedAddend[field.word] |= field.mask }
    }
  }

  /// The bytes in use, about.
  var bytes: Int { Self.bytes(transitions: entryCount, words: words) }

  /// The bytes that a net of so many transitions takes, about, when its markings have so many words.
  static func bytes(transitions: Int, words: Int) -> Int {
    transitions * (words * 16 + 2 * MemoryLayout<Entry>.stride) + words * 8 * 66
  }

  deinit {
    entries.deallocate()
    starts.deallocate()
    conditions.deallocate()
    deltas.deallocate()
    kept.deallocate()
    markedAddend.deallocate()
    markedMask.deallocate()
    factors.deallocate()
  }

  /// Whether the conditions from one to before another all hold.
  @inline(__always)
  func hold(_ start: UInt32, _ end: UInt32, _ marking: UnsafePointer<UInt64>) -> Bool {
    var index = start
    while index < end {
      if !conditions[Int(index)].holds(marking) { return false }
      index &+= 1
    }
    return true
  }

  /// The linear hash of a marking: the sum of its words, each times its factor. Firing adds a constant to it.
  @inline(__always)
  func linearHash(_ marking: UnsafePointer<UInt64>) -> UInt64 { linearHash(marking, words: words) }

  /// The same, with the number of words.
  @inline(__always)
  func linearHash(_ marking: UnsafePointer<UInt64>, words: Int) -> UInt64 {
    var hash: UInt64 = 0
    var word = 0
    while word < words {
      hash &+= marking[word] &* factors[word]
      word &+= 1
    }
    return hash
  }
}

/// A transition on its way into the tables.
private struct Compiled {
  let transition: Int
  var first = PackedCondition(word: 0)
  var (start, fit, end) = (0, 0, 0)
  var delta: [UInt64]
  var kept: [UInt64]

  init(transition: Int, words: Int) {
    self.transition = transition
    delta = Array(repeating: 0, count: words)
    kept = Array(repeating: .max, count: words)
  }

  mutating func add(_ effect: Effect, _ field: MarkingLayout.Field) {
    guard field.width > 0 else { return }
    let change = effect.resets ? effect.output : effect.change
    delta[field.word] &+= UInt64(bitPattern: Int64(change)) << UInt64(field.shift)
    if effect.resets { kept[field.word] &= ~field.mask }
  }
}

extension Effect {
  /// The fewest tokens with which the transition is enabled.
  var least: Int { max(input, read ?? 0) }

  /// The most tokens with which the transition is enabled; nil when any number will do. Negative when none will.
  var most: Int? {
    var most = inhibitor.map { $0 - 1 }
    if output > 0 {
      let room = capacity ?? Int.max
      if resets {
        if output > room { most = -1 }
      } else if change > 0 {
        most = min(most ?? Int.max, room - change)
      }
    }
    return most
  }

  /// The most tokens with which the transition leaves no more than a limit; negative when it always leaves more, nil
  /// when it never does.
  func mostToFit(_ limit: Int) -> Int? {
    if resets { return output > limit ? -1 : nil }
    return change > 0 ? limit - change : nil
  }

  /// Whether the place differs after the transition fired, in some marking.
  var changes: Bool { resets || change != 0 }

  /// The tokens after firing with so many before.
  func after(_ tokens: Int) -> Int { resets ? output : tokens + change }
}
