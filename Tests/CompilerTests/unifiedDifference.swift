/// The lines in which two texts differ, with some of the lines around them, as `diff -u` shows them.
func unifiedDifference(_ old: String, _ new: String, context: Int = 3) -> String {
  let oldLines = old.split(separator: "\n", omittingEmptySubsequences: false)
  let newLines = new.split(separator: "\n", omittingEmptySubsequences: false)
  var removed: Set<Int> = []
  var inserted: Set<Int> = []
  for change in newLines.difference(from: oldLines) {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): inserted.insert(offset)
    }
  }

  var lines: [(mark: String, text: Substring, old: Int, new: Int)] = []
  var (i, j) = (0, 0)
  while i < oldLines.count || j < newLines.count {
    if removed.contains(i) {
      lines.append(("-", oldLines[i], i, j))
      i += 1
    } else if inserted.contains(j) {
      lines.append(("+", newLines[j], i, j))
      j += 1
    } else {
      lines.append((" ", oldLines[i], i, j))
      i += 1
      j += 1
    }
  }

  let changed = lines.indices.filter { lines[$0].mark != " " }
  let shown = Set(changed.flatMap { max(0, $0 - context)...min(lines.count - 1, $0 + context) })
  var text: [String] = []
  for index in lines.indices where shown.contains(index) {
    if !shown.contains(index - 1) { text.append("@@ -\(lines[index].old + 1) +\(lines[index].new + 1) @@") }
    text.append(lines[index].mark + lines[index].text)
  }
  return text.joined(separator: "\n")
}
