/// A number at an index: a part of a vector of which most parts are zero.
public struct Weighted: Hashable, Sendable {
  /// The index of the place, or of the transition.
  public var index: Int
  /// The number there; not zero.
  public var weight: Int

  /// A part of a vector.
  public init(_ index: Int, _ weight: Int) {
    self.index = index
    self.weight = weight
  }
}

/// A vector of whole numbers without its zeros, by index.
typealias SparseVector = [Weighted]

extension SparseVector {
  /// The vector whose parts are given in any order, parts of one index added up; nil when a sum needs more than 64 bits.
  init?(summing parts: some Sequence<Weighted>) {
    self = []
    for part in parts.sorted(by: { $0.index < $1.index }) {
      guard let last, last.index == part.index else {
        append(part)
        continue
      }
      let (sum, overflow) = last.weight.addingReportingOverflow(part.weight)
      guard !overflow else { return nil }
      self[count - 1].weight = sum
    }
    removeAll { $0.weight == 0 }
  }

  /// a·u + b·v, divided by the greatest common divisor of its parts; nil when a part needs more than 64 bits.
  static func combining(_ a: Int, _ u: SparseVector, _ b: Int, _ v: SparseVector) -> SparseVector? {
    var sum: SparseVector = []
    sum.reserveCapacity(u.count + v.count)
    var (i, j) = (0, 0)
    while i < u.count || j < v.count {
      let isLeft = j == v.count || (i < u.count && u[i].index <= v[j].index)
      let isRight = i == u.count || (j < v.count && v[j].index <= u[i].index)
      let index = isLeft ? u[i].index : v[j].index
      let left = isLeft ? a.multipliedReportingOverflow(by: u[i].weight) : (partialValue: 0, overflow: false)
      let right = isRight ? b.multipliedReportingOverflow(by: v[j].weight) : (partialValue: 0, overflow: false)
      let (weight, overflow) = left.partialValue.addingReportingOverflow(right.partialValue)
      guard !left.overflow, !right.overflow, !overflow else { return nil }
      if weight != 0 { sum.append(Weighted(index, weight)) }
      if isLeft { i += 1 }
      if isRight { j += 1 }
    }
    sum.divideByCommonDivisor()
    return sum
  }

  /// v - u; nil when a part needs more than 64 bits.
  static func subtracting(_ u: SparseVector, from v: SparseVector) -> SparseVector? {
    guard u.allSatisfy({ $0.weight > Int.min }) else { return nil }
    return SparseVector(summing: v + u.map { Weighted($0.index, -$0.weight) })
  }

  /// Makes the parts as small as whole numbers can be in the same direction.
  mutating func divideByCommonDivisor() {
    var common: UInt = 0
    for part in self {
      common = greatestCommonDivisor(common, part.weight.magnitude)
      if common == 1 { return }
    }
    // 2^63 itself, the magnitude of Int.min alone, is left as it is.
    guard let divisor = Int(exactly: common), divisor > 1 else { return }
    for index in indices { self[index].weight /= divisor }
  }

  /// The number at an index.
  subscript(at index: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].index < index { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].index == index ? self[low].weight : 0
  }
}

/// The greatest number that divides both; that of 0 and n is n.
func greatestCommonDivisor(_ a: UInt, _ b: UInt) -> UInt {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a
}
