/// A hundred firings or so on their way into the store: for each the marking after it, that marking's hash, and the
/// transition.
struct Batch: ~Copyable {
  /// How many firings make a batch; the last marking's may exceed it. What they look up fits the processor's first cache.
  private static let size = 128

  /// Words a marking.
  let words: Int
  /// The markings after the firings.
  let markings: UnsafeMutablePointer<UInt64>
  let hashes: UnsafeMutablePointer<UInt64>
  /// The transitions.
  let via: UnsafeMutablePointer<UInt32>
  /// The slots that the hashes lead to.
  let slots: UnsafeMutablePointer<UInt32>
  /// For each source the number of firings up to its last.
  let ends: UnsafeMutablePointer<Int>
  /// How many firings there are, and of how many sources.
  var count = 0
  var sources = 0
  /// Keeps loads whose value does not matter from being left out.
  var seen: UInt64 = 0
  private let room: Int

  /// An empty batch for nets of so many transitions; nil when there is no memory.
  init?(words: Int, transitions: Int) {
    self.words = words
    room = Self.size + transitions
    guard let markings = zeroed(UInt64.self, room * words), let hashes = zeroed(UInt64.self, room),
      let via = zeroed(UInt32.self, room), let slots = zeroed(UInt32.self, room), let ends = zeroed(Int.self, Self.size)
    else { return nil }
    (self.markings, self.hashes, self.via, self.slots, self.ends) = (markings, hashes, via, slots, ends)
  }

  deinit {
    release(markings)
    release(hashes)
    release(via)
    release(slots)
    release(ends)
  }

  /// The bytes in use.
  var bytes: Int { room * (words * 8 + 16) + Self.size * 8 }

  /// Whether another source may be taken.
  @inline(__always)
  func takes(_ sources: Int, _ firings: Int) -> Bool { sources < Self.size && firings < Self.size }
}

extension PackedNet {
  /// What became of a batch.
  enum Expansion {
    /// It holds all firings of its sources.
    case done
    /// A firing's outputs do not fit: which source, and which transition.
    case tooNarrow(Int, Int)
  }

  /// Fires all that is enabled in some markings that lie one after the other, as many as fill a batch.
  func expand(_ first: UnsafePointer<UInt64>, sources: Int, into batch: inout Batch) -> Expansion {
    switch words {
    case 1: expand(first, sources: sources, into: &batch, OneWord())
    case 2: expand(first, sources: sources, into: &batch, TwoWords())
    case 3: expand(first, sources: sources, into: &batch, ThreeWords())
    case 4: expand(first, sources: sources, into: &batch, FourWords())
    default: expand(first, sources: sources, into: &batch, ManyWords(count: words))
    }
  }

  private func expand(
    _ first: UnsafePointer<UInt64>, sources: Int, into batch: inout Batch, _ width: some WordCount
  ) -> Expansion {
    let words = width.count
    let (entries, deltas, kept, starts) = (entries, deltas, kept, starts)
    let (markings, hashes, via, ends) = (batch.markings, batch.hashes, batch.via, batch.ends)
    var count = 0
    var source = 0

    /// Fires those of some transitions that are enabled; false when an output does not fit.
    @inline(__always)
    func fire(_ range: Range<Int>, _ marking: UnsafePointer<UInt64>, _ linear: UInt64) -> Int {
      var index = range.lowerBound
      while index < range.upperBound {
        defer { index &+= 1 }
        let entry = entries + index
        guard entry.pointee.first.holds(marking), hold(entry.pointee.start, entry.pointee.fit, marking) else {
          continue
        }
        guard hold(entry.pointee.fit, entry.pointee.end, marking) else { return index }
        let target = markings + count &* words
        let delta = deltas + index &* words
        via[count] = entry.pointee.transition
        var word = 0
        if entry.pointee.resets {
          let keep = kept + index &* words
          while word < words {
            target[word] = (marking[word] & keep[word]) &+ delta[word]
            word &+= 1
          }
          hashes[count] = mixed(linearHash(target, words: words))
        } else {
          while word < words {
            target[word] = marking[word] &+ delta[word]
            word &+= 1
          }
          hashes[count] = mixed(linear &+ entry.pointee.hash)
        }
        count &+= 1
      }
      return -1
    }

    while source < sources, batch.takes(source, count) {
      let marking = first + source &* words
      let linear = linearHash(marking, words: words)
      var word = 0
      while word < words {
        var marked = (marking[word] &+ markedAddend[word]) & markedMask[word]
        while marked != 0 {
          let bit = word &* 64 &+ marked.trailingZeroBitCount
          marked &= marked &- 1
          let failed = fire(Range(uncheckedBounds: (starts[bit], starts[bit &+ 1])), marking, linear)
          if failed >= 0 { return .tooNarrow(source, Int(entries[failed].transition)) }
        }
        word &+= 1
      }
      let failed = fire(Range(uncheckedBounds: (starts[words &* 64], starts[words &* 64 &+ 1])), marking, linear)
      if failed >= 0 { return .tooNarrow(source, Int(entries[failed].transition)) }
      ends[source] = count
      source &+= 1
    }
    batch.count = count
    batch.sources = source
    return .done
  }
}

extension MarkingStore {
  /// Stores the markings of a batch that are new, in order; there must be room, and the batch must have been touched.
  ///
  /// Most markings are known, and stand where their hash leads at once. So each is held against the one there, without a
  /// branch that the processor could guess wrongly, and only those that differ are looked up.
  mutating func insert(_ batch: borrowing Batch) {
    switch words {
    case 1: insert(batch, OneWord())
    case 2: insert(batch, TwoWords())
    case 3: insert(batch, ThreeWords())
    case 4: insert(batch, FourWords())
    default: insert(batch, ManyWords(count: words))
    }
  }

  private mutating func insert(_ batch: borrowing Batch, _ width: some WordCount) {
    let words = width.count
    let (markings, hashes, found, count) = (batch.markings, batch.hashes, batch.slots, batch.count)
    let (arena, mask) = (arena, mask)
    var differing = 0
    var index = 0
    while index < count {
      let number = found[index] & mask
      let isKnown = isEqual(arena + Int(number) &* words, markings + index &* words, words: words)
      found[differing] = UInt32(truncatingIfNeeded: index)
      differing &+= isKnown && number != 0 ? 0 : 1
      index &+= 1
    }
    index = 0
    while index < differing {
      let next = Int(found[index])
      insert(markings + next &* words, hash: hashes[next], words: words)
      index &+= 1
    }
  }

  /// Reads what looking a batch up will read, so that the processor fetches all of it at once.
  func touch(_ batch: inout Batch) {
    let (hashes, found, count) = (batch.hashes, batch.slots, batch.count)
    let (slots, arena, words, mask, shift) = (slots, arena, words, mask, 64 &- bits)
    var index = 0
    while index < count {
      found[index] = slots[Int(truncatingIfNeeded: hashes[index] &>> shift)]
      index &+= 1
    }
    var seen: UInt64 = 0
    index = 0
    while index < count {
      seen &+= arena[Int(found[index] & mask) &* words]
      index &+= 1
    }
    batch.seen = seen
  }
}
