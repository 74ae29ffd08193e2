/// Packed markings, each stored once, numbered in the order in which they came.
///
/// An arena of words and an open-addressing hash table of 32-bit slots. A slot is a marking's number plus one in its low
/// bits, as many as the table's size needs, and bits of the hash above, so that most markings that differ are told apart
/// without looking at the arena. That makes 8 bytes a word, and 8 to 16 bytes a marking for the table where markings are
/// short, 5 to 11 where they are long.
struct MarkingStore: ~Copyable {
  /// Words a marking.
  let words: Int
  /// How many markings there are.
  private(set) var count = 0
  /// The words of all of them, after those of one that is none: a slot's number leads to its marking, and zero somewhere.
  private(set) var arena: UnsafeMutablePointer<UInt64>
  private var room: Int
  /// The slots, two to this power.
  private(set) var bits: UInt64
  private(set) var slots: UnsafeMutablePointer<UInt32>
  /// Whether the table leads to all markings; false while filling it anew is stopped.
  private(set) var isIndexed = true
  /// How many markings a table is filled with at once, before it is asked whether to go on.
  var unasked = 1 << 22
  /// Keeps loads whose value does not matter from being left out.
  private var seen: UInt32 = 0

  /// An empty store; nil when there is no memory.
  init?(words: Int, bits: UInt64 = 12) {
    self.words = words
    self.bits = bits
    room = 1 << 10
    guard let arena = enlarged(nil as UnsafeMutablePointer<UInt64>?, to: (room + 1) * words) else { return nil }
    guard let slots = zeroed(UInt32.self, 1 << Int(bits)) else {
      release(arena)
      return nil
    }
    arena.update(repeating: 0, count: words)
    self.arena = arena
    self.slots = slots
  }

  deinit {
    release(arena)
    release(slots)
  }

  /// The words of a marking.
  @inline(__always)
  subscript(index: Int) -> UnsafeMutablePointer<UInt64> { arena + (index &+ 1) &* words }

  /// The bits of a slot that are a marking's number plus one.
  @inline(__always)
  var mask: UInt32 { UInt32(1) &<< UInt32(truncatingIfNeeded: bits) &- 1 }

  /// The bytes in use: what is filled of the arena, and the whole table.
  var bytes: Int { count * words * 8 + (1 << Int(bits)) * 4 }

  /// Whether so many more make the table too full for speed. The emptier it is, the more markings stand where their hash
  /// leads.
  private func isTight(after more: Int) -> Bool {
    words <= 2 ? (count + more) * 2 > (1 << Int(bits)) : (count + more) * 4 > (1 << Int(bits)) * 3
  }

  /// Whether so many more make it so full that looking up takes long.
  private func isFull(after more: Int) -> Bool { (count + more) * 8 > (1 << Int(bits)) * 7 }

  /// Makes room for so many more markings, whose table is filled by their hashes.
  ///
  /// Where there is no memory for a table of twice the size, the one that there is gets fuller.
  ///
  /// - Parameters:
  ///   - more: how many.
  ///   - limit: the most bytes that there may be in use.
  ///   - goOn: asked now and then; false ends it, and then nothing can be stored or found until there is room.
  ///   - hash: the hash of a marking.
  /// - Returns: why there is no room; nil when there is.
  mutating func reserve(
    _ more: Int, within limit: Int, goOn: () -> Bool, hash: (UnsafePointer<UInt64>) -> UInt64
  ) -> Stop? {
    if !isIndexed {
      guard let empty = zeroed(UInt32.self, 1 << Int(bits)) else { return .memory }
      release(slots)
      slots = empty
      isIndexed = placeAll(goOn: goOn, hash: hash)
      guard isIndexed else { return .time }
    }
    let filled = (count + more) * words * 8
    while isTight(after: more), bits < 31, filled + (2 << Int(bits)) * 4 <= limit {
      // Pages that are not touched take no memory, so the old table is given back before the new one fills.
      guard let larger = zeroed(UInt32.self, 2 << Int(bits)) else { break }
      release(slots)
      slots = larger
      bits += 1
      isIndexed = placeAll(goOn: goOn, hash: hash)
      guard isIndexed else { return .time }
    }
    guard !isFull(after: more), filled + (1 << Int(bits)) * 4 <= limit else { return .memory }
    if count + more > room {
      let wanted = max(room + room / 2, count + more)
      guard let larger = enlarged(arena, to: (wanted + 1) * words) else { return .memory }
      arena = larger
      room = wanted
    }
    return nil
  }

  /// Stores a marking when it is new; there must be room.
  @inline(__always)
  mutating func insert(_ marking: UnsafePointer<UInt64>, hash: UInt64, words: Int) {
    let (slots, arena, mask) = (slots, arena, mask)
    let shift = UInt32(truncatingIfNeeded: bits)
    var position = Int(truncatingIfNeeded: hash &>> (64 &- bits))
    let tag = UInt32(truncatingIfNeeded: hash &<< bits)
    while true {
      let slot = slots[position]
      if slot == 0 {
        count &+= 1
        slots[position] = tag | UInt32(truncatingIfNeeded: count)
        let target = arena + count &* words
        var word = 0
        while word < words {
          target[word] = marking[word]
          word &+= 1
        }
        return
      }
      if (slot ^ tag) &>> shift == 0, isEqual(arena + Int(slot & mask) &* words, marking, words: words) { return }
      position = (position &+ 1) & Int(mask)
    }
  }

  /// The number of a marking, or nil when it is not stored.
  func find(_ marking: UnsafePointer<UInt64>, hash: UInt64) -> Int? {
    guard isIndexed else { return nil }
    var position = Int(truncatingIfNeeded: hash &>> (64 &- bits))
    let tag = UInt32(truncatingIfNeeded: hash &<< bits)
    while true {
      let slot = slots[position]
      if slot == 0 { return nil }
      if (slot ^ tag) &>> UInt32(truncatingIfNeeded: bits) == 0 {
        let index = Int(slot & mask) &- 1
        if isEqual(self[index], marking, words: words) { return index }
      }
      position = (position &+ 1) & Int(mask)
    }
  }

  /// Puts all stored markings into an empty table. The slots of some are read before the first is written, so that the
  /// processor fetches them at once.
  ///
  /// - Returns: whether the caller wanted all of them.
  private mutating func placeAll(goOn: () -> Bool, hash: (UnsafePointer<UInt64>) -> UInt64) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { hashes in
      for start in stride(from: 0, to: count, by: hashes.count) {
        if start >= unasked, start & 0xFFFF == 0, !goOn() { return false }
        let some = min(hashes.count, count - start)
        for index in 0..<some { hashes[index] = hash(self[start + index]) }
        for index in 0..<some { seen |= slots[Int(truncatingIfNeeded: hashes[index] &>> (64 &- bits))] }
        for index in 0..<some { place(start + index, hash: hashes[index]) }
      }
      return true
    }
  }

  /// Puts a stored marking into a table where it is not.
  private mutating func place(_ index: Int, hash: UInt64) {
    let mask = Int(mask)
    var position = Int(truncatingIfNeeded: hash &>> (64 &- bits))
    while slots[position] != 0 { position = (position &+ 1) & mask }
    slots[position] = UInt32(truncatingIfNeeded: hash &<< bits) | UInt32(truncatingIfNeeded: index &+ 1)
  }
}

/// Mixes a linear hash, so that its high bits choose a slot and its low bits tell markings in it apart.
@inline(__always)
func mixed(_ linear: UInt64) -> UInt64 {
  let product = (linear ^ (linear >> 32)) &* 0x9E37_79B9_7F4A_7C15
  return product ^ (product >> 32)
}

/// Whether two markings are the same.
@inline(__always)
func isEqual(_ marking: UnsafePointer<UInt64>, _ other: UnsafePointer<UInt64>, words: Int) -> Bool {
  var difference: UInt64 = 0
  var word = 0
  while word < words {
    difference |= marking[word] ^ other[word]
    word &+= 1
  }
  return difference == 0
}
