/// How much work an analysis may do before it gives up, so that it ends on every net, and on the same net with the same
/// answer. The units are steps on single numbers, some hundred millions a second.
public struct WorkLimit: Hashable, Sendable {
  /// The steps.
  public var steps: Int

  /// A limit.
  public init(steps: Int) {
    self.steps = steps
  }
}

/// The vectors y ≥ 0 with y·A = 0 of minimal support, each as small as whole numbers can be.
///
/// This is Farkas' algorithm: it takes the columns of A in turn and keeps, of all sums of two rows that make the column
/// zero, those whose support includes no other's (J. M. Colom, M. Silva, "Convex geometry and semiflows in P/T nets",
/// LNCS 483 (1990)). Two rows whose joint support includes a third's add up to nothing minimal, so that nothing is made
/// that has to be thrown away again, and the next column is the one that makes the fewest rows.
///
/// - Parameters:
///   - matrix: the rows of A, each by column.
///   - limit: the work after which it gives up: there can be exponentially many.
///   - shouldStop: asked now and then; it gives up when this says so.
/// - Returns: the vectors, by support; nil when it gave up or a number needs more than 64 bits.
func minimalSemiflows(
  of matrix: [SparseVector], limit: WorkLimit, shouldStop: () -> Bool
) -> [SparseVector]? {
  let width = (matrix.joined().lazy.map(\.index).max() ?? -1) + 1
  var rows = Candidates(width: width, supports: matrix.count)
  for row in matrix.indices { rows.insert(Candidate(row: row, of: matrix, width: width)) }
  var columns = Array(0..<width)
  var steps = 0
  while let cheapest = columns.indices.min(by: { (rows.cost(columns[$0]), $0) < (rows.cost(columns[$1]), $1) }) {
    let column = columns.remove(at: cheapest)
    let (positive, negative) = rows.parts(of: column)
    var sums: [Candidate] = []
    for plus in positive {
      for minus in negative {
        steps += plus.vector.count + minus.vector.count
        guard let support = rows.joint(plus, minus, &steps) else { continue }
        guard let sum = plus.adding(minus, without: column, support: support) else { return nil }
        sums.append(sum)
      }
      guard steps <= limit.steps, !shouldStop() else { return nil }
    }
    (positive + negative).forEach { rows.remove($0) }
    sums.forEach { rows.insert($0) }
    steps += columns.count
  }
  return rows.all.map { $0.vector.map { Weighted($0.index - width, $0.weight) } }
    .sorted { $0.lexicographicallyPrecedes($1) { ($0.index, $0.weight) < ($1.index, $1.weight) } }
}

/// The rows that there are, found by column and by support.
private struct Candidates {
  /// By number; nil when it is gone.
  private var rows: [Candidate?] = []
  /// How many rows are positive and negative in each column.
  private var signs: [(positive: Int, negative: Int)]
  /// The rows that are not zero in a column, and some that are gone.
  private var byColumn: [[Int]]
  /// The rows of which this is the first of the support.
  private var byFirst: [[Int]]
  /// The supports of all rows: most of the work is to compare them, and a row that is fetched for it is counted.
  private var supports: [BitSet] = []

  init(width: Int, supports: Int) {
    signs = Array(repeating: (0, 0), count: width)
    byColumn = Array(repeating: [], count: width)
    byFirst = Array(repeating: [], count: supports)
  }

  var all: [Candidate] { rows.compactMap(\.self) }

  /// How many more rows there are when a column is done, at most.
  func cost(_ column: Int) -> Int {
    let (positive, negative) = signs[column]
    return positive * negative - positive - negative
  }

  /// The rows that are positive in a column, and those that are negative.
  func parts(of column: Int) -> (positive: [Candidate], negative: [Candidate]) {
    let parts = byColumn[column].compactMap { rows[$0] }
    return (parts.filter { $0.vector[at: column] > 0 }, parts.filter { $0.vector[at: column] < 0 })
  }

  /// The joint support of two rows; nil when it includes a third's.
  func joint(_ left: Candidate, _ right: Candidate, _ steps: inout Int) -> BitSet? {
    let support = left.support.union(right.support)
    for first in support.members {
      for row in byFirst[first] where row != left.number && row != right.number {
        steps += 1
        if supports[row].isSubset(of: support) { return nil }
      }
    }
    return support
  }

  mutating func insert(_ row: Candidate) {
    var row = row
    row.number = rows.count
    rows.append(row)
    supports.append(row.support)
    byFirst[row.support.first ?? 0].append(row.number)
    count(row, by: 1)
    for part in row.vector where part.index < byColumn.count { byColumn[part.index].append(row.number) }
  }

  mutating func remove(_ row: Candidate) {
    rows[row.number] = nil
    byFirst[row.support.first ?? 0].removeAll { $0 == row.number }
    count(row, by: -1)
  }

  private mutating func count(_ row: Candidate, by change: Int) {
    for part in row.vector where part.index < signs.count {
      if part.weight > 0 { signs[part.index].positive += change } else { signs[part.index].negative += change }
    }
  }
}

/// A sum of rows of A that is zero in the columns done.
private struct Candidate {
  /// What the row is known by.
  var number = 0
  /// What y·A still is in the other columns; after these, y itself.
  let vector: SparseVector
  /// Where y is not zero.
  let support: BitSet

  init(row: Int, of matrix: [SparseVector], width: Int) {
    vector = matrix[row] + [Weighted(width + row, 1)]
    support = BitSet([row], below: matrix.count)
  }

  private init(vector: SparseVector, support: BitSet) {
    self.vector = vector
    self.support = support
  }

  /// The sum of the two that is zero in a column, where one is positive and the other negative; nil when a number needs
  /// more than 64 bits.
  func adding(_ other: Candidate, without column: Int, support: BitSet) -> Candidate? {
    let (a, b) = (vector[at: column].magnitude, other.vector[at: column].magnitude)
    let common = greatestCommonDivisor(a, b)
    guard let factor = Int(exactly: b / common), let otherFactor = Int(exactly: a / common),
      let sum = SparseVector.combining(factor, vector, otherFactor, other.vector)
    else { return nil }
    return Candidate(vector: sum, support: support)
  }
}
