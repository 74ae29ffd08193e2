public import PetriNet

/// The reachable markings of a net, found breadth first and kept packed: 8 to 40 bytes each for most nets, no object.
///
/// A marking's number is its place in the order of discovery, so the queue of the search is the store itself, and the
/// first marking with some property is one of the nearest to the initial one. Which firing led to a marking is not
/// stored; `path(to:)` finds it again by firing backwards, level by level.
///
/// Fields are as wide as the bounds that are known; for a place without one the search begins with one bit and packs
/// everything anew, wider, when a count does not fit. So it is exact whatever it is given, as long as the given bounds
/// are true. The design follows what explicit model checkers do (LoLA, LTSmin), with the firing rule evaluated on whole
/// words.
///
/// Speed comes from doing one thing to many markings: a batch of a hundred firings or so is computed, then its slots are
/// looked up, then the markings there, and only then it is merged into the store. The loads of one step do not depend on
/// each other, so the processor waits for memory once a batch instead of once a firing.
public final class StateSpace {
  /// The net.
  public let net: Net
  /// What each transition needs and does.
  let effects: [[Effect]]
  /// For each place the most tokens that are known to be possible.
  private let bounds: [Int?]
  private var widths: [Int]
  private(set) var layout: MarkingLayout
  private(set) var packed: PackedNet
  private(set) var store: MarkingStore

  /// How many markings have been found. It can be asked for while the store is being changed.
  public private(set) var count = 1
  /// How many markings have been expanded: all their firings are counted and their successors stored.
  public private(set) var expanded = 0
  /// How often each transition is enabled in an expanded marking.
  public private(set) var firings: [Int]
  /// How many expanded markings enable nothing.
  public private(set) var deadlocks = 0
  /// The first of them.
  public private(set) var firstDeadlock: Int?
  /// The number of the first marking of each level; a level is all markings equally far from the initial one.
  private(set) var levels = [0]
  private var isTuned = false
  private var batch: Batch

  /// How many pairs there are of an expanded marking and a transition that it enables.
  public var edges: Int { firings.reduce(0, +) }
  /// Whether all reachable markings have been found.
  public var isComplete: Bool { expanded == store.count }
  /// The bytes in use.
  public var bytes: Int { store.bytes + otherBytes }
  /// Those of them that no marking takes.
  private var otherBytes: Int { batch.bytes + packed.bytes }

  /// The initial marking alone; nothing is explored yet. Nil when there is no memory at all.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - bounds: for each place a number of tokens that no reachable marking exceeds, as far as one is proved.
  ///   - initial: where to begin, when not in the net's initial marking.
  ///   - bytes: the memory that there may be in use.
  public init?(of net: Net, bounds: [Int?], from initial: Marking? = nil, bytes: Int = .max) {
    self.net = net
    let initial = initial ?? net.initialMarking
    let effects = net.transitions.indices.map { net.effects(of: $0) }
    self.effects = effects
    var changes = Array(repeating: false, count: net.places.count)
    for effect in effects.joined() where effect.changes { changes[effect.place] = true }
    let bounds = net.places.indices.map { place in
      [bounds[place], net.places[place].capacity].compactMap(\.self).min().map { max($0, initial[place]) }
    }
    self.bounds = bounds
    widths = net.places.indices.map { place in
      changes[place] ? MarkingLayout.width(for: max(bounds[place] ?? initial[place], 1)) : 0
    }
    layout = MarkingLayout(widths: widths, constants: initial.counts)
    // The tables are made anew when the search knows more, and then there are two.
    guard PackedNet.bytes(transitions: effects.count, words: layout.words) <= bytes / 2 else { return nil }
    packed = PackedNet(
      effects: effects, layout: layout, proven: bounds.map { $0 != nil },
      rarity: Self.firstRarity(effects, places: net.places.count))
    guard let store = MarkingStore(words: layout.words),
      let batch = Batch(words: layout.words, transitions: effects.count)
    else { return nil }
    self.store = store
    self.batch = batch
    firings = Array(repeating: 0, count: effects.count)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: layout.words) { words in
      guard let words = words.baseAddress else { return }
      layout.pack(initial.counts, into: words)
      self.store.insert(words, hash: mixed(packed.linearHash(words)), words: layout.words)
    }
  }

  /// Explores until all is found, or a limit is reached, or the caller wants no more. It can be called again, to go on.
  ///
  /// - Parameters:
  ///   - limits: how far.
  ///   - goOn: called every few milliseconds, also while no marking can be looked at; false ends the exploration.
  /// - Returns: why it ended early; nil when all reachable markings are found.
  public func explore(_ limits: Limits = Limits(), goOn: () -> Bool = { true }) -> Stop? {
    var work = Self.workBetweenQuestions
    while expanded < store.count {
      if work >= Self.workBetweenQuestions {
        guard goOn() else { return .time }
        work = 0
      }
      if store.count >= limits.markings { return .markings }
      if !isTuned, expanded > 2000 { tune() }
      if expanded == levels[levels.count - 1] { levels.append(store.count) }
      let end = levels[levels.count - 1]
      switch packed.expand(store[expanded], sources: end - expanded, into: &batch) {
      case .done:
        work += batch.sources * (packed.entryCount / 8 + 1) + batch.count * layout.words
        let room = store.reserve(batch.count, within: limits.bytes - otherBytes, goOn: goOn) { [packed] in
          mixed(packed.linearHash($0))
        }
        if let room { return room }
        merge()
      case .tooNarrow(let source, let transition):
        if let stop = widen(for: transition, in: expanded + source, limits, goOn) { return stop }
      }
    }
    return nil
  }

  /// How much work lies between two questions whether to go on; a unit is a look at a word or at some transitions.
  static let workBetweenQuestions = 1 << 18

  /// The counts of a marking.
  public func marking(_ index: Int) -> Marking { Marking(layout.unpack(store[index])) }

  /// Whether a marking enables a transition.
  func enables(_ transition: Int, in index: Int) -> Bool { net.enables(transition, in: marking(index)) }

  /// The number of a marking, or nil when it has not been found.
  func index(of marking: Marking) -> Int? {
    let fits = zip(layout.fields, marking.counts).allSatisfy { field, tokens in
      field.width == 0 ? tokens == field.constant : (0...field.most).contains(tokens)
    }
    guard fits else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: layout.words) { words in
      guard let words = words.baseAddress else { return nil }
      layout.pack(marking.counts, into: words)
      return store.find(words, hash: mixed(packed.linearHash(words)))
    }
  }
}

extension StateSpace {
  /// Stores the successors of a batch, in order, and counts.
  private func merge() {
    store.touch(&batch)
    store.insert(batch)
    count = store.count
    let (via, count) = (batch.via, batch.count)
    firings.withUnsafeMutableBufferPointer { firings in
      for index in 0..<count { firings[Int(via[index])] &+= 1 }
    }
    var start = 0
    for source in 0..<batch.sources {
      if batch.ends[source] == start {
        deadlocks += 1
        if firstDeadlock == nil { firstDeadlock = expanded + source }
      }
      start = batch.ends[source]
    }
    expanded += batch.sources
  }

  /// Stores the successors of the next marking to be expanded, and counts.
  ///
  /// - Returns: why there was no room for them.
  func add(
    _ successors: [(transition: Int, marking: Marking)], _ limits: Limits, _ goOn: () -> Bool
  ) -> Stop? {
    if expanded == levels[levels.count - 1] { levels.append(store.count) }
    for (transition, marking) in successors {
      if !zip(layout.fields, marking.counts).allSatisfy({ $1 <= $0.most }) {
        if let stop = widen(for: transition, in: expanded, limits, goOn) { return stop }
      }
      let room = store.reserve(1, within: limits.bytes - otherBytes, goOn: goOn) { [packed] in
        mixed(packed.linearHash($0))
      }
      if let room { return room }
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: layout.words) { words in
        guard let words = words.baseAddress else { return }
        layout.pack(marking.counts, into: words)
        store.insert(words, hash: mixed(packed.linearHash(words)), words: layout.words)
      }
      firings[transition] += 1
    }
    count = store.count
    if successors.isEmpty {
      deadlocks += 1
      if firstDeadlock == nil { firstDeadlock = expanded }
    }
    expanded += 1
    return nil
  }

  /// Chooses the triggers anew, by how often each place is marked in a sample of what was found.
  private func tune() {
    isTuned = true
    var rarity = Array(repeating: 0, count: net.places.count)
    for index in stride(from: 0, to: store.count, by: max(store.count / 1000, 1)) {
      for place in rarity.indices where layout.tokens(of: place, in: store[index]) > 0 { rarity[place] += 1 }
    }
    packed = PackedNet(effects: effects, layout: layout, proven: bounds.map { $0 != nil }, rarity: rarity)
  }

  /// Before anything is known a place that few transitions need is taken for rare.
  private static func firstRarity(_ effects: [[Effect]], places: Int) -> [Int] {
    var rarity = Array(repeating: 0, count: places)
    for effect in effects.joined() where effect.least > 0 { rarity[effect.place] += 1 }
    return rarity
  }

  /// Packs all markings anew, in fields wide enough for what a transition puts.
  ///
  /// - Returns: why it could not; then all is as it was.
  private func widen(for transition: Int, in source: Int, _ limits: Limits, _ goOn: () -> Bool) -> Stop? {
    let tokens = marking(source)
    var widths = widths
    for effect in effects[transition] where effect.changes {
      let after = effect.after(tokens[effect.place])
      while after > MarkingLayout.most(widths[effect.place]) {
        widths[effect.place] = MarkingLayout.wider(widths[effect.place])
      }
    }
    let constants = zip(layout.fields, net.places.indices).map { $0.0.constant }
    let wider = MarkingLayout(widths: widths, constants: constants)
    let packed = PackedNet(
      effects: effects, layout: wider, proven: bounds.map { $0 != nil },
      rarity: Self.firstRarity(effects, places: net.places.count))
    guard var store = MarkingStore(words: wider.words, bits: self.store.bits),
      let batch = Batch(words: wider.words, transitions: effects.count)
    else { return .memory }
    // Both stores are there for a while.
    let left = limits.bytes - bytes - packed.bytes - batch.bytes
    if let stop = store.reserve(self.store.count, within: left, goOn: goOn, hash: { _ in 0 }) { return stop }
    let isDone = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wider.words) { words in
      guard let words = words.baseAddress else { return false }
      for index in 0..<self.store.count {
        if index & 0x3FFF == 0x3FFF, !goOn() { return false }
        wider.repack(self.store[index], from: layout, into: words)
        store.insert(words, hash: mixed(packed.linearHash(words)), words: wider.words)
      }
      return true
    }
    guard isDone else { return .time }
    self.widths = widths
    layout = wider
    self.packed = packed
    self.store = store
    self.batch = batch
    isTuned = false
    return nil
  }
}
