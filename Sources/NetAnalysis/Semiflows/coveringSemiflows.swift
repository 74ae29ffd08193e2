/// For each row of A a vector y ≥ 0 with y·A = 0 that has a part in it, if there is one: minimal in its support, and with
/// the smallest sum of parts. There are no more of these than rows, however many minimal vectors there are.
///
/// It is the dual of a linear program: how many tokens a place can have when all have one in the beginning, and all
/// transitions can fire backwards as well.
///
/// - Parameters:
///   - matrix: the rows of A, each by column.
///   - limit: the work after which it gives up on the rows that are left.
///   - shouldStop: asked between rows; it gives up on those that are left when this says so.
/// - Returns: the vectors, each once.
func coveringSemiflows(of matrix: [SparseVector], limit: WorkLimit, shouldStop: () -> Bool) -> [SparseVector] {
  let width = (matrix.joined().lazy.map(\.index).max() ?? -1) + 1
  let rows = matrix.map { row in
    Tableau.Row(tokens: 1, changes: row + row.map { Weighted($0.index + width, -$0.weight) })
  }
  func fresh(_ steps: Int) -> Tableau { Tableau(rows, transitions: 2 * width, steps: steps) }
  var tableau = fresh(limit.steps)
  var found: [SparseVector] = []
  var isDone = Array(repeating: false, count: matrix.count)
  for row in matrix.indices where !isDone[row] {
    guard tableau.steps > 0, !shouldStop() else { break }
    switch tableau.maximise(tableau.variables.tokens(row)) {
    case .largest, .atZero:
      for equation in tableau.equations where equation.solved < matrix.count && !isDone[equation.solved] {
        guard equation.others.allSatisfy({ $0.weight > 0 }), var vector = tableau.tokenWeights(equation) else {
          continue
        }
        vector.divideByCommonDivisor()
        found.append(vector)
        isDone[equation.solved] = true
      }
    case .unbounded(let direction):
      for equation in tableau.equations where equation.solved < matrix.count && equation.vector[at: direction] < 0 {
        isDone[equation.solved] = true
      }
    case .gaveUp: tableau = fresh(tableau.steps)
    }
  }
  var seen: Set<SparseVector> = []
  return found.filter { seen.insert($0).inserted }
}
