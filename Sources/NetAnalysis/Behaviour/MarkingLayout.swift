import PetriNet

/// Where each place's count stands in a marking that is packed into 64-bit words.
///
/// A count of more than one bit has a *guard* bit above it that is always zero in a stored marking, so that one addition
/// compares all counts of a word at once (SWAR): the guard of a field tells whether its sum passed the top. A count of
/// one bit needs no guard, a place that cannot change needs no bit at all.
struct MarkingLayout {
  /// The bits of one place.
  struct Field {
    /// Which word of a marking.
    var word: Int
    /// The lowest bit.
    var shift: Int
    /// How many bits hold the count, without the guard.
    var width: Int
    /// The count that the place always has, when it has no bits.
    var constant: Int

    /// The most tokens that fit.
    var most: Int { width == 0 ? constant : MarkingLayout.most(width) }
    /// The count's bits, in place.
    var mask: UInt64 { width == 0 ? 0 : UInt64(most) << UInt64(shift) }
    /// The bit whose value a comparison leaves: the guard, or the only bit.
    var verdict: UInt64 { width < 2 ? mask : 1 << UInt64(shift + width) }

    /// The bits that a field of such a width takes, its guard among them.
    static func bits(_ width: Int) -> Int { width < 2 ? width : width + 1 }
  }

  /// One a place, in the order of the net.
  let fields: [Field]
  /// Words a marking; at least one.
  let words: Int

  /// Lays out places of given widths; where the width is zero the place always holds its constant.
  ///
  /// First fit in the order of the net: places that the author drew one after the other share a word, and a transition
  /// then touches few.
  init(widths: [Int], constants: [Int]) {
    var used: [Int] = []
    fields = zip(widths, constants).map { width, constant in
      let bits = Field.bits(width)
      guard bits > 0 else { return Field(word: 0, shift: 0, width: 0, constant: constant) }
      let word = used.firstIndex { $0 + bits <= 64 } ?? used.count
      if word == used.count { used.append(0) }
      defer { used[word] += bits }
      return Field(word: word, shift: used[word], width: width, constant: 0)
    }
    words = max(used.count, 1)
  }

  /// How wide a field is that holds so many tokens.
  static func width(for tokens: Int) -> Int { Int.bitWidth - tokens.leadingZeroBitCount }

  /// The most tokens that a width holds.
  static func most(_ width: Int) -> Int { Int(UInt64(1) << UInt64(width) - 1) }

  /// The next width to try when a count does not fit: few steps, since each packs all markings anew.
  static func wider(_ width: Int) -> Int { [3, 6, 10, 16, 24, 32].first { $0 > width } ?? 63 }

  /// Packs counts, which must fit.
  func pack(_ counts: [Int], into words: UnsafeMutablePointer<UInt64>) {
    words.update(repeating: 0, count: self.words)
    for (field, count) in zip(fields, counts) where field.width > 0 {
      words[field.word] |= UInt64(count) << UInt64(field.shift)
    }
  }

  /// The tokens of one place.
  func tokens(of place: Int, in words: UnsafePointer<UInt64>) -> Int {
    let field = fields[place]
    guard field.width > 0 else { return field.constant }
    return Int((words[field.word] & field.mask) >> UInt64(field.shift))
  }

  /// Packs a marking that is packed in another way.
  func repack(
    _ source: UnsafePointer<UInt64>, from other: MarkingLayout, into words: UnsafeMutablePointer<UInt64>
  ) {
    words.update(repeating: 0, count: self.words)
    for (field, old) in zip(fields, other.fields) where old.width > 0 {
      words[field.word] |= ((source[old.word] & old.mask) >> UInt64(old.shift)) << UInt64(field.shift)
    }
  }

  /// The counts of a packed marking.
  func unpack(_ words: UnsafePointer<UInt64>) -> [Int] {
    fields.indices.map { tokens(of: $0, in: words) }
  }
}
