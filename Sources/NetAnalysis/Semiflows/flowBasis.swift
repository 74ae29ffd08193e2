/// A basis of the vectors y with y·A = 0, of any signs, each as small as whole numbers can be in its direction.
///
/// Gaussian elimination on the rows of A beside the unit matrix, with the shortest row as pivot so that they stay short.
///
/// - Parameters:
///   - matrix: the rows of A, each by column.
///   - limit: the work after which it gives up.
/// - Returns: the vectors; nil when it gave up or a number needs more than 64 bits.
func flowBasis(of matrix: [SparseVector], limit: WorkLimit) -> [SparseVector]? {
  let width = (matrix.joined().lazy.map(\.index).max() ?? -1) + 1
  var rows = matrix.enumerated().map { $1 + [Weighted(width + $0, 1)] }
  var basis: [SparseVector] = []
  // Rows by the first column in which they are not zero, so that each elimination looks at those alone.
  var byColumn: [Int: [Int]] = [:]
  func file(_ row: Int) {
    let first = rows[row][0].index
    if first < width {
      byColumn[first, default: []].append(row)
    } else {
      basis.append(rows[row].map { Weighted($0.index - width, $0.weight) })
    }
  }
  var steps = 0
  rows.indices.forEach(file)
  for column in 0..<width {
    guard let candidates = byColumn.removeValue(forKey: column),
      let pivot = candidates.min(by: { (rows[$0].count, $0) < (rows[$1].count, $1) })
    else { continue }
    for row in candidates where row != pivot {
      guard let sum = SparseVector.eliminating(column, from: rows[row], with: rows[pivot]) else { return nil }
      steps += sum.count
      guard steps <= limit.steps else { return nil }
      rows[row] = sum
      file(row)
    }
  }
  return basis.map(\.pointingUp)
}

extension SparseVector {
  /// A sum of two vectors that is zero where both are not; nil when a number needs more than 64 bits.
  static func eliminating(_ index: Int, from vector: SparseVector, with pivot: SparseVector) -> SparseVector? {
    let (a, b) = (vector[at: index], pivot[at: index])
    let common = greatestCommonDivisor(a.magnitude, b.magnitude)
    guard let factor = Int(exactly: b.magnitude / common), let other = Int(exactly: a.magnitude / common) else {
      return nil
    }
    return combining(factor, vector, (a < 0) == (b < 0) ? -other : other, pivot)
  }

  /// The vector or its opposite: the one with more weight above zero.
  fileprivate var pointingUp: SparseVector {
    let above = count { $0.weight > 0 }
    guard above * 2 < count || (above * 2 == count && (first?.weight ?? 0) < 0) else { return self }
    let opposite = compactMap { part in Int(exactly: -Int128(part.weight)).map { Weighted(part.index, $0) } }
    return opposite.count == count ? opposite : self
  }
}
