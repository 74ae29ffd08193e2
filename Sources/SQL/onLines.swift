extension SQL {
  /// The same SQL on lines of no more characters than a reader's screen has, as far as that can be.
  ///
  /// A line that is longer is broken where the fewest parentheses are open, and as far to the right as can be; what follows
  /// stands below what is inside the same parentheses. A constant without such a place is cut into pieces that SQL joins
  /// again. Only names are left as they are.
  ///
  /// - Parameter width: the most characters on a line.
  /// - Returns: SQL that PostgreSQL reads as the same tokens.
  public func onLines(of width: Int = 120) -> SQL {
    var text = text
    return text.withUTF8 { bytes in
      var result = ""
      result.reserveCapacity(bytes.count + bytes.count / 16)
      /// Where what has not been added yet begins, and the line that is looked at.
      var (rest, start) = (0, 0)
      for end in bytes.lineEnds + [bytes.count] {
        if end - start > width {
          result += String(decoding: bytes[rest..<start], as: UTF8.self)
          result += broken(Array(String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars), to: width)
          rest = end
        }
        start = end + 1
      }
      return SQL(verbatim: result + String(decoding: bytes[rest...], as: UTF8.self))
    }
  }
}

/// A line as several, none longer than it has to be.
private func broken(_ line: [Unicode.Scalar], to width: Int) -> String {
  let reading = LineReading(of: line)
  var text = ""
  /// What begins the line that is being made, and where in the whole line its rest begins.
  var (prefix, start) = ("", 0)
  /// The columns of what is inside the parentheses that have been passed.
  var columns: [Int: Int] = [:]
  var (cuts, insides) = (reading.cuts[...], reading.insides[...])

  func column(of cut: Cut) -> Int {
    let inside = cut.inside.flatMap { $0 >= start ? prefix.count + $0 - start : columns[$0] } ?? reading.indent + 4
    return inside > 70 ? reading.indent + 8 : inside
  }

  while prefix.count + line.count - start > width {
    var best: Cut?
    for cut in cuts {
      let length = prefix.count + cut.end - start + cut.closing.count
      if length > width, best != nil { break }
      // The rest has to become shorter than the line was.
      let isShorter = column(of: cut) + cut.opening.count < prefix.count + cut.start - start
      if isShorter, best.map({ cut.depth <= $0.depth }) ?? true { best = cut }
    }
    guard let best else { break }
    text += prefix + string(line[start..<best.end]) + best.closing + "\n"
    let next = String(repeating: " ", count: column(of: best)) + best.opening
    while let inside = insides.first, inside <= best.end {
      columns[inside] = prefix.count + inside - start
      insides.removeFirst()
    }
    (prefix, start) = (next, best.start)
    cuts = cuts.drop { $0.end <= best.end }
  }
  return text + prefix + string(line[start...])
}

private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  var text = ""
  for scalar in scalars { text.unicodeScalars.append(scalar) }
  return text
}

/// Where a line can be cut.
private struct Cut {
  /// Where the line ends.
  let end: Int
  /// What ends it besides.
  var closing = ""
  /// Where the rest begins.
  let start: Int
  /// What begins it besides.
  var opening = ""
  /// The beginning of what is inside the innermost parentheses that are open there; nil when none is.
  let inside: Int?
  /// How many parentheses are open there. Words of a comment and constants are cut only where nothing else is.
  let depth: Int
}

/// The tokens of a line, as far as they say where it can be cut.
private struct LineReading {
  /// How many spaces begin the line.
  let indent: Int
  /// Where it can be cut, from left to right.
  private(set) var cuts: [Cut] = []
  /// Where the insides of parentheses begin, from left to right.
  private(set) var insides: [Int] = []

  private let line: [Unicode.Scalar]
  /// Where the next token begins.
  private var index: Int
  /// The insides of the parentheses that are open.
  private var open: [Int] = []

  init(of line: [Unicode.Scalar]) {
    self.line = line
    indent = line.prefix { $0 == " " }.count
    index = indent
    while index < line.count { readToken() }
  }

  private func starts(_ text: [Unicode.Scalar], at index: Int) -> Bool {
    guard line.count - index >= text.count else { return false }
    for offset in text.indices where line[index + offset] != text[offset] { return false }
    return true
  }

  private mutating func readToken() {
    switch line[index] {
    case "'": readConstant()
    case "\"": readName()
    case "-" where starts(["-", "-"], at: index): readComment()
    case " ": readSpace()
    case "(", "[":
      index += 1
      open.append(index)
      insides.append(index)
    case ")", "]":
      index += 1
      if !open.isEmpty { open.removeLast() }
    default: index += 1
    }
  }

  private mutating func readName() {
    index += 1
    while index < line.count, line[index] != "\"" { index += 1 }
    index += 1
  }

  /// What begins a part of a statement.
  private static let parts: [[Unicode.Scalar]] = [
    "AND ", "OR ", "|| ", "IS '", "IS E'", "USING ", "FILTER (", "THEN", "WHEN ", "ELSE ", "FROM ", "JOIN ",
    "CROSS JOIN ", "LEFT JOIN ", "FULL JOIN ", "ON ", "WHERE ", "ORDER BY ", "LIMIT ", "IS DISTINCT ", "-- ",
  ].map { Array($0.unicodeScalars) }

  /// What a part of a statement is no beginning after.
  private static let phrases: [[Unicode.Scalar]] = ["CROSS", "LEFT", "FULL", "ROWS", "DISTINCT"].map {
    Array($0.unicodeScalars)
  }

  /// A line can be cut at a space after a comma, and before a word or an operator that begins a part of a statement, but not
  /// of a phrase such as CROSS JOIN.
  private mutating func readSpace() {
    let end = index
    while index < line.count, line[index] == " " { index += 1 }
    let begin = (line[..<end].lastIndex(of: " ") ?? -1) + 1
    let isPhrase = Self.phrases.contains { $0.elementsEqual(line[begin..<end]) }
    if line[end - 1] == "," || !isPhrase && Self.parts.contains(where: { starts($0, at: index) }) {
      cuts.append(Cut(end: end, start: index, inside: open.last, depth: open.count))
    }
  }

  /// A constant can be cut between any two characters, but not within an escape or a doubled quote. A short one is not.
  private mutating func readConstant() {
    let first = index
    index += 1
    while index < line.count {
      switch line[index] {
      case "'" where index + 1 < line.count && line[index + 1] == "'": index += 2
      case "'":
        index += 1
        return
      // Only `constant` writes backslashes, and never one before a quote.
      case "\\" where !starts(["\\", "'"], at: index): index += starts(["\\", "x"], at: index) ? 4 : 2
      default: index += 1
      }
      if index > first + 40 {
        cuts.append(Cut(end: index, closing: "'", start: index, opening: "'", inside: open.last, depth: 1000))
      }
    }
  }

  /// A comment can be cut between words, and goes on below its beginning.
  private mutating func readComment() {
    let first = index
    while index < line.count {
      if line[index] == " ", index > first + 2 {
        cuts.append(Cut(end: index, start: index + 1, opening: "-- ", inside: first, depth: 500))
      }
      index += 1
    }
    insides.append(first)
  }
}
