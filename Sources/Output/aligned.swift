internal import SQL

/// Rows of cells as lines, each column as wide as its widest cell; the last column is not padded.
func aligned(_ rows: [[SQL]], between: String = "  ") -> [SQL] {
  let columns = rows.map(\.count).max() ?? 0
  let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0 }
  return rows.map { row in
    var line = ""
    for (column, cell) in row.enumerated() {
      line += cell.text
      guard column < row.count - 1 else { continue }
      line += String(repeating: " ", count: widths[column] - cell.width) + between
    }
    return SQL(verbatim: line)
  }
}

/// Rows for VALUES: aligned, in parentheses, with commas.
func values(_ rows: [[SQL]]) -> SQL {
  aligned(
    rows.map { row in
      row.enumerated().map { $0.offset < row.count - 1 ? "\($0.element)," : $0.element }
    }, between: " "
  ).map { "(\($0))" }.joined(separator: ",\n")
}

/// Pieces on lines of a readable width, with commas or something else between.
func wrapped(_ pieces: [SQL], separator: String = ",", width: Int = 100) -> SQL {
  var lines: [String] = []
  var line = ""
  for (index, piece) in pieces.enumerated() {
    let text = piece.text + (index < pieces.count - 1 ? separator : "")
    if !line.isEmpty, line.count + text.count + 1 > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? text : " " + text
  }
  lines.append(line)
  return SQL(verbatim: lines.joined(separator: "\n"))
}
