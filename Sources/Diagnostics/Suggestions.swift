/// Finds what an author may have meant by a name that nothing has.
///
/// Each search looks at all names, so a file of nothing but mistakes would take quadratic time: the searches share a
/// budget of comparisons, and when it is used up there are no more suggestions.
public struct Suggestions {
  private let names: [String]
  private var budget = 1_000_000

  /// Suggestions out of some names; of equally near ones the first is taken.
  public init(from names: [String]) {
    self.names = names
  }

  /// The name nearest to a wrong one, when it is near enough to be a slip of the pen.
  public mutating func nearest(to wrong: String) -> String? {
    let letters = Array(wrong.utf8)
    guard letters.count < 200 else { return nil }
    let allowed = letters.count < 4 ? 0 : letters.count < 8 ? 1 : 2
    let digits = letters.filter(\.isDigit)
    var best: (name: String, distance: Int)?
    for name in names where abs(name.utf8.count - letters.count) <= max(allowed, 1) {
      budget -= letters.count
      guard budget > 0 else { return nil }
      if sameButForCase(name, wrong) { return name }
      guard allowed > 0 else { continue }
      let candidate = Array(name.utf8)
      // p12 is not a slip of the pen for p13.
      guard candidate.filter(\.isDigit) == digits else { continue }
      let distance = editDistance(letters, candidate)
      if distance <= allowed, distance < (best?.distance ?? .max) { best = (name, distance) }
    }
    return best?.name
  }
}

private func sameButForCase(_ a: String, _ b: String) -> Bool {
  a.utf8.count == b.utf8.count && a.lowercased() == b.lowercased()
}

/// How many letters must be put in, taken out, replaced or swapped with their neighbour to make one text the other.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in b.indices {
      var distance = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, beforeLast[j - 1] + 1) }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
