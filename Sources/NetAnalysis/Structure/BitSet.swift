/// A set of small whole numbers, one bit each.
struct BitSet: Hashable {
  private var words: [UInt]

  /// The set of some numbers, to which others below `limit` can come.
  init(_ members: some Sequence<Int> = [], below limit: Int) {
    words = Array(repeating: 0, count: (limit + UInt.bitWidth - 1) / UInt.bitWidth)
    for member in members { insert(member) }
  }

  mutating func insert(_ member: Int) {
    words[member / UInt.bitWidth] |= 1 << UInt(member % UInt.bitWidth)
  }

  mutating func remove(_ member: Int) {
    words[member / UInt.bitWidth] &= ~(1 << UInt(member % UInt.bitWidth))
  }

  func contains(_ member: Int) -> Bool {
    words[member / UInt.bitWidth] & 1 << UInt(member % UInt.bitWidth) != 0
  }

  /// Both are sets below the same limit.
  func isSubset(of other: BitSet) -> Bool {
    for index in words.indices where words[index] & ~other.words[index] != 0 { return false }
    return true
  }

  /// Both are sets below the same limit.
  func union(_ other: BitSet) -> BitSet {
    var union = self
    for index in words.indices { union.words[index] |= other.words[index] }
    return union
  }

  /// Takes out what is in the other, which is below the same limit.
  mutating func subtract(_ other: BitSet) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  /// Whether both, below the same limit, have a number in common.
  func intersects(_ other: BitSet) -> Bool {
    for index in words.indices where words[index] & other.words[index] != 0 { return true }
    return false
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The smallest number.
  var first: Int? {
    words.firstIndex { $0 != 0 }.map { $0 * UInt.bitWidth + words[$0].trailingZeroBitCount }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The numbers, rising.
  var members: [Int] {
    var members: [Int] = []
    for (index, word) in words.enumerated() {
      var word = word
      while word != 0 {
        members.append(index * UInt.bitWidth + word.trailingZeroBitCount)
        word &= word - 1
      }
    }
    return members
  }
}
