import PetriNet

/// A condition on one word of a packed marking: `(word &+ addend) & mask == expected`.
///
/// With the addend `2^width - n` a field's guard becomes one exactly when its count is at least n, so one condition says
/// for many places at once that they hold at least, or at most, so many tokens.
struct PackedCondition: Equatable {
  var word: Int
  var addend: UInt64 = 0
  var mask: UInt64 = 0
  var expected: UInt64 = 0

  /// Whether a marking meets it.
  @inline(__always)
  func holds(_ marking: UnsafePointer<UInt64>) -> Bool { (marking[word] &+ addend) & mask == expected }
}

/// Conditions that must all hold, as few words as can be.
struct PackedConditions {
  private(set) var all: [PackedCondition] = []
  /// Whether they can hold at all.
  private(set) var canHold = true

  /// At least so many tokens.
  mutating func atLeast(_ count: Int, _ field: MarkingLayout.Field) {
    if count <= 0 { return }
    guard count <= field.most else { return canHold = false }
    guard field.width > 0 else { return }
    add(field, count: count, expected: field.verdict)
  }

  /// At most so many tokens.
  mutating func atMost(_ count: Int, _ field: MarkingLayout.Field) {
    guard count >= 0 else { return canHold = false }
    if field.width == 0, field.constant > count { canHold = false }
    guard count < field.most, field.width > 0 else { return }
    add(field, count: count + 1, expected: 0)
  }

  private mutating func add(_ field: MarkingLayout.Field, count: Int, expected: UInt64) {
    let addend = field.width < 2 ? 0 : (1 << UInt64(field.width) - UInt64(count)) << UInt64(field.shift)
    let free = all.firstIndex { $0.word == field.word && $0.mask & field.verdict == 0 }
    let index = free ?? all.count
    if free == nil { all.append(PackedCondition(word: field.word)) }
    all[index].addend |= addend
    all[index].mask |= field.verdict
    all[index].expected |= expected
  }
}
