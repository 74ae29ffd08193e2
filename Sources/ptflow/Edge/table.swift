import Diagnostics

/// Rows for people: columns as wide as their widest cell, numbers to the right.
func table(_ head: [String], _ rows: [[String]]) -> Words {
  let all = ([head] + rows).map { $0.map(printable) }
  let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
  let isNumber = head.indices.map { column in
    !rows.isEmpty && rows.allSatisfy { $0[column].isEmpty || Int128($0[column]) != nil }
  }
  return Words(
    printable: all.map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return isNumber[column] ? padding + cell : cell + padding
      }.joined(separator: "  ").trimmingTrailingSpaces
    }.joined(separator: "\n"))
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
