/// Reads the grammar of patterns (ECMA-262, section 22.2.1, with the parameter UnicodeMode).
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0

  /// PostgreSQL repeats a part at most so often.
  static let mostRepetitions = 255
  /// Groups nest at most so deep.
  private static let deepest = 50

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  /// The whole text.
  mutating func pattern() throws(PatternRefusal) -> PatternNode {
    let node = try choice()
    if next == ")" { throw refusal("this ) closes nothing") }
    return node
  }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ word: StaticString) -> Bool {
    let wanted = Array(word.description.unicodeScalars)
    guard scalars[index...].starts(with: wanted) else { return false }
    index += wanted.count
    return true
  }

  private func refusal(_ message: String, at place: Int? = nil) -> PatternRefusal {
    PatternRefusal(column: (place ?? index) + 1, message: message)
  }

  private mutating func choice() throws(PatternRefusal) -> PatternNode {
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternRefusal) -> PatternNode {
    var parts: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" { parts.append(try term()) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func term() throws(PatternRefusal) -> PatternNode {
    if take("^") { return .start }
    if take("$") { return .end }
    if take("\\b") { return .wordBoundary(isNegated: false) }
    if take("\\B") { return .wordBoundary(isNegated: true) }
    if take("(?=") { return .ahead(try group(), isNegated: false) }
    if take("(?!") { return .ahead(try group(), isNegated: true) }
    return try repeated(try atom())
  }

  private mutating func atom() throws(PatternRefusal) -> PatternNode {
    let start = index
    if take("(?<=") || take("(?<!") { throw refusal("looking behind is not supported", at: start) }
    if take("(?<") { throw refusal("names of groups are not supported; write (", at: start) }
    if take("(?:") { return try group() }
    if take("(?") { throw refusal("after (? there is no such group", at: start) }
    if take("(") { return try group() }
    if take("[") { return .character(try characterClass()) }
    if take(".") { return .character(CodePoints.lineEnds.inverted) }
    if take("\\") { return .character(try escape(inClass: false).points) }
    guard let scalar = next else { throw refusal("something is missing here") }
    if "*+?{".unicodeScalars.contains(scalar) { throw refusal("there is nothing to repeat before \(scalar)") }
    if "]}".unicodeScalars.contains(scalar) { throw refusal("a \(scalar) by itself is written \\\(scalar)") }
    index += 1
    return .character(.single(scalar))
  }

  /// The rest of a group whose beginning has been passed.
  private mutating func group() throws(PatternRefusal) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw refusal("groups are nested more than \(Self.deepest) deep") }
    let node = try choice()
    guard take(")") else { throw refusal("a ) is missing here") }
    return node
  }

  private mutating func repeated(_ node: PatternNode) throws(PatternRefusal) -> PatternNode {
    var (least, most): (Int, Int?) = (1, 1)
    if take("*") {
      (least, most) = (0, nil)
    } else if take("+") {
      (least, most) = (1, nil)
    } else if take("?") {
      (least, most) = (0, 1)
    } else if next == "{" {
      let start = index
      index += 1
      least = try number()
      most = least
      if take(",") { most = next == "}" ? nil : try number() }
      guard take("}") else { throw refusal("a } is missing here") }
      if let most, most < least { throw refusal("{\(least),\(most)} has its numbers the wrong way round", at: start) }
    } else {
      return node
    }
    // Whether it takes as much or as little as it can makes no difference to whether it matches.
    _ = take("?")
    return .repetition(node, least: least, most: most)
  }

  private mutating func number() throws(PatternRefusal) -> Int {
    let start = index
    var number = 0
    while let digit = next, CodePoints.digits.contains(digit) {
      number = min(number * 10 + Int(digit.value - 0x30), 10_000)
      index += 1
    }
    guard index > start else { throw refusal("a number is missing here") }
    guard number <= Self.mostRepetitions else {
      throw refusal("PostgreSQL repeats at most \(Self.mostRepetitions) times", at: start)
    }
    return number
  }

  /// The rest of a class whose bracket has been passed.
  private mutating func characterClass() throws(PatternRefusal) -> CodePoints {
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    while !take("]") {
      let first = try classAtom()
      guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
        ranges += first.points.ranges
        continue
      }
      let dash = index
      index += 1
      let last = try classAtom()
      guard let low = first.single, let high = last.single else {
        throw refusal("a range goes from one character to another", at: dash)
      }
      guard low.value <= high.value else { throw refusal("this range goes backwards", at: dash) }
      ranges.append(low.value...high.value)
    }
    let points = CodePoints(ranges)
    return isNegated ? points.inverted : points
  }

  /// A character of a class, or several by an escape.
  private struct ClassAtom {
    let points: CodePoints
    /// The character when it is one.
    var single: Unicode.Scalar?
  }

  private mutating func classAtom() throws(PatternRefusal) -> ClassAtom {
    if take("\\") { return try escape(inClass: true) }
    guard let scalar = next else { throw refusal("a ] is missing here") }
    index += 1
    return ClassAtom(points: .single(scalar), single: scalar)
  }

  /// What stands after a backslash.
  private mutating func escape(inClass: Bool) throws(PatternRefusal) -> ClassAtom {
    let start = index
    guard let scalar = next else { throw refusal("the pattern ends with a backslash") }
    index += 1
    func one(_ value: UInt32) -> ClassAtom? {
      Unicode.Scalar(value).map { ClassAtom(points: .single($0), single: $0) }
    }
    switch scalar {
    case "d": return ClassAtom(points: .digits)
    case "D": return ClassAtom(points: CodePoints.digits.inverted)
    case "w": return ClassAtom(points: .ofWords)
    case "W": return ClassAtom(points: CodePoints.ofWords.inverted)
    case "s": return ClassAtom(points: .space)
    case "S": return ClassAtom(points: CodePoints.space.inverted)
    case "p": return ClassAtom(points: try property())
    case "P": return ClassAtom(points: try property().inverted)
    case "b" where inClass: if let atom = one(0x08) { return atom }
    case "-" where inClass: if let atom = one(0x2D) { return atom }
    case "t": if let atom = one(0x09) { return atom }
    case "n": if let atom = one(0x0A) { return atom }
    case "v": if let atom = one(0x0B) { return atom }
    case "f": if let atom = one(0x0C) { return atom }
    case "r": if let atom = one(0x0D) { return atom }
    case "0" where next.map { !CodePoints.digits.contains($0) } ?? true: if let atom = one(0) { return atom }
    case "c":
      if let letter = next, CodePoints([0x41...0x5A, 0x61...0x7A]).contains(letter), let atom = one(letter.value % 32) {
        index += 1
        return atom
      }
    case "x": if let atom = one(try hexadecimal(2)) { return atom }
    case "u": if let atom = one(try codePoint()) { return atom }
    case "1", "2", "3", "4", "5", "6", "7", "8", "9", "k":
      throw refusal("back references are not supported", at: start - 1)
    default:
      if "^$\\.*+?()[]{}|/".unicodeScalars.contains(scalar), let atom = one(scalar.value) { return atom }
    }
    throw refusal("\\\(scalar) has no meaning", at: start - 1)
  }

  private mutating func hexadecimal(_ count: Int) throws(PatternRefusal) -> UInt32 {
    let text = String(String.UnicodeScalarView(scalars[index...].prefix(count)))
    guard text.utf8.count == count, text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(text, radix: 16)
    else { throw refusal("\(count) hexadecimal digits are missing here") }
    index += count
    return value
  }

  /// What follows `\u`: four digits, two times four that are a surrogate pair, or `{…}`.
  private mutating func codePoint() throws(PatternRefusal) -> UInt32 {
    guard take("{") else {
      let high = try hexadecimal(4)
      let back = index
      guard 0xD800...0xDBFF ~= high, take("\\u") else { return high }
      let low = try hexadecimal(4)
      if 0xDC00...0xDFFF ~= low { return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00) }
      index = back
      return high
    }
    let start = index
    while let scalar = next, scalar != "}", index < start + 8 { index += 1 }
    let value = UInt32(String(String.UnicodeScalarView(scalars[start..<index])), radix: 16)
    guard let value, take("}") else { throw refusal("hexadecimal digits and a } are missing here", at: start) }
    return value
  }

  /// What follows `\p`.
  private mutating func property() throws(PatternRefusal) -> CodePoints {
    let start = index
    guard take("{") else { throw refusal("after \\p the name of a property stands in { }") }
    let first = index
    while let scalar = next, scalar != "}" { index += 1 }
    var name = String(String.UnicodeScalarView(scalars[first..<index]))
    guard take("}") else { throw refusal("a } is missing here") }
    for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
    guard let points = CodePoints(category: name) else {
      throw refusal("of the properties the general categories are supported, such as \\p{Letter} or \\p{Lu}", at: start)
    }
    return points
  }
}
