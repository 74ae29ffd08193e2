import PetriNet

extension Query {
  /// Markings of which each marking that is meant is at least as large as one; more markings may be as large.
  ///
  /// - Returns: nil when there would be too many, or when each marking is as large as one of them.
  func leastMarkings(of net: Net) -> [[Int]]? {
    guard let rows = leastCounts(of: net), !rows.contains(where: \.isEmpty) else { return nil }
    return rows.map { row in net.places.indices.map { row[$0] ?? 0 } }
  }

  private static let mostRows = 64

  private func leastCounts(of net: Net) -> [[Int: Int]]? {
    switch self {
    case .any(let parts):
      var rows: [[Int: Int]] = []
      for part in parts {
        guard let more = part.leastCounts(of: net) else { return nil }
        rows += more
      }
      return rows.count <= Self.mostRows ? rows : nil
    case .all(let parts):
      var rows: [[Int: Int]] = [[:]]
      for part in parts {
        guard let more = part.leastCounts(of: net), rows.count * more.count <= Self.mostRows else { return nil }
        rows = rows.flatMap { row in more.map { row.merging($0, uniquingKeysWith: max) } }
      }
      return rows
    case .compare(let sum, let comparison): return sum.leastCounts(comparison)
    case .enabled(let transition, true):
      return [
        net.effects(of: transition).reduce(into: [:]) { if $1.least > 0 { $0[$1.place] = $1.least } }
      ]
    case .enabled(_, false), .deadlock: return [[:]]
    }
  }
}

extension TokenSum {
  /// The least counts with which the sum can compare so: places with factors below zero are taken for empty.
  fileprivate func leastCounts(_ comparison: Query.Comparison) -> [[Int: Int]]? {
    let number = Int128(number)
    switch comparison {
    case .atLeast: return leastCounts(1, -number)
    case .greater: return leastCounts(1, 1 - number)
    case .atMost: return leastCounts(-1, number)
    case .less: return leastCounts(-1, number + 1)
    case .equal: return factors.values.contains { $0 < 0 } ? leastCounts(-1, number) : leastCounts(1, -number)
    case .different: return [[:]]
    }
  }

  /// The least counts of which the sum, times a sign, is at least so much.
  private func leastCounts(_ sign: Int, _ wanted: Int128) -> [[Int: Int]]? {
    let raising = factors.mapValues { Int128($0 * sign) }.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    var rows: [[Int: Int]] = []
    /// Adds to a row what the places from one on need; false when there are too many rows.
    func fill(_ row: [Int: Int], from position: Int, _ left: Int128) -> Bool {
      guard left > 0 else {
        rows.append(row)
        return rows.count <= 64
      }
      guard position < raising.count else { return true }
      let (place, factor) = raising[position]
      let needed = (left + factor - 1) / factor
      guard position + 1 < raising.count else {
        guard let needed = Int(exactly: needed) else { return true }
        rows.append(row.merging([place: needed]) { $1 })
        return rows.count <= 64
      }
      guard needed <= 64 else { return false }
      for tokens in 0...Int(needed) {
        let next = tokens == 0 ? row : row.merging([place: tokens]) { $1 }
        guard fill(next, from: position + 1, left - Int128(tokens) * factor) else { return false }
      }
      return true
    }
    return fill([:], from: 0, wanted) ? rows : nil
  }
}
