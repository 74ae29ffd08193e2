public import JSONSchema
public import SQL

/// Whether a text matches a pattern, in PostgreSQL.
///
/// All classes of characters are written out, and compared by code point, so the database's locale has no say. Beyond
/// ASCII it takes a database in UTF-8.
public func matches(_ text: SQL, _ pattern: Pattern) -> SQL {
  "(\(text) ~ \(string: regularExpression(pattern.root)) COLLATE \"C\")"
}

/// The pattern as an advanced regular expression of PostgreSQL (section 9.7.3 of its manual).
private func regularExpression(_ node: PatternNode) -> String {
  switch node {
  case .character(let points): return bracket(points)
  case .sequence(let parts): return parts.map(grouped).joined()
  case .choice(let branches): return branches.map(regularExpression).joined(separator: "|")
  case .repetition(let part, let least, let most):
    let repeated = if case .character(let points) = part { bracket(points) } else { "(?:\(regularExpression(part)))" }
    return switch (least, most) {
    case (0, nil): repeated + "*"
    case (1, nil): repeated + "+"
    case (0, 1): repeated + "?"
    case (_, nil): "\(repeated){\(least),}"
    case (_, let most?): most == least ? "\(repeated){\(least)}" : "\(repeated){\(least),\(most)}"
    }
  case .start: return "^"
  case .end: return "$"
  case .wordBoundary(let isNegated):
    let word = bracket(.ofWords)
    return isNegated
      ? "(?:(?<=\(word))(?=\(word))|(?<!\(word))(?!\(word)))" : "(?:(?<=\(word))(?!\(word))|(?<!\(word))(?=\(word)))"
  case .ahead(let part, let isNegated): return "(?\(isNegated ? "!" : "=")\(regularExpression(part)))"
  }
}

/// A part of a sequence: a choice needs to be held together.
private func grouped(_ node: PatternNode) -> String {
  if case .choice = node { "(?:\(regularExpression(node)))" } else { regularExpression(node) }
}

/// One of some characters; the class is negated when it is the shorter way to have the last code point in it.
private func bracket(_ points: CodePoints) -> String {
  if points.ranges.count == 1, let range = points.ranges.first, range.count == 1 { return escape(range.lowerBound) }
  let isNegated = points.ranges.last?.upperBound == CodePoints.last
  let ranges = (isNegated ? points.inverted : points).ranges.compactMap { range -> String? in
    // No text holds U+0000.
    let low = max(range.lowerBound, 1)
    guard low <= range.upperBound else { return nil }
    return low == range.upperBound ? escape(low) : "\(escape(low))-\(escape(range.upperBound))"
  }
  guard !ranges.isEmpty else { return isNegated ? "(?:.|\\n)" : "(?!)" }
  return "[\(isNegated ? "^" : "")\(ranges.joined())]"
}

/// A character by itself: letters and digits as they are, all others by their number.
private func escape(_ point: UInt32) -> String {
  if let scalar = Unicode.Scalar(point), scalar.isASCII, scalar.properties.isAlphabetic || 0x30...0x39 ~= point {
    return String(Character(scalar))
  }
  let digits = String(point, radix: 16)
  return point > 0xFFFF
    ? "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
}
