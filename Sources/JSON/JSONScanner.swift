/// What is done with the parts of a text as they come, each by its range of bytes.
protocol JSONVisitor {
  mutating func open(_ bracket: JSONBracket, at offset: Int)
  mutating func name(_ range: Range<Int>)
  mutating func scalar(_ range: Range<Int>)
  mutating func close()
}

/// What an object or an array opens with.
enum JSONBracket {
  case object
  case array
}

/// Goes through a text of JSON (RFC 8259) once, without recursion: how deep it nests is up to who wrote it.
struct JSONScanner<Visitor: JSONVisitor> {
  /// What may come next.
  private enum Expectation { case value, valueOrEnd, member, memberOrEnd, commaOrEnd }

  /// Who is told of the parts.
  private(set) var visitor: Visitor
  private let bytes: UnsafeBufferPointer<UInt8>
  /// What the text is in a sentence: `the line`.
  private let title: String
  /// How deep objects and arrays may nest.
  private let deepest: Int
  /// Whether a string may hold U+0000, which JSON has and PostgreSQL's text has not.
  private let allowsZero: Bool
  private var offset = 0
  private var expectation = Expectation.value
  /// The brackets that close what is open.
  private var closing: [UInt8] = []

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, title: String, deepest: Int = .max, allowsZero: Bool = false,
    for visitor: Visitor
  ) {
    self.bytes = bytes
    self.title = title
    self.deepest = deepest
    self.allowsZero = allowsZero
    self.visitor = visitor
  }

  /// Passes the whole text, which is one value.
  mutating func read() throws(JSONFault) {
    skipSpace()
    repeat {
      try step()
      skipSpace()
    } while !closing.isEmpty
    if next != nil { throw fault("the JSON object has ended here") }
  }

  private mutating func step() throws(JSONFault) {
    switch (expectation, next) {
    case (.value, ascii("{")), (.valueOrEnd, ascii("{")):
      try open(.object, until: ascii("}"), expecting: .memberOrEnd)
    case (.value, ascii("[")), (.valueOrEnd, ascii("[")):
      try open(.array, until: ascii("]"), expecting: .valueOrEnd)
    case (.valueOrEnd, ascii("]")), (.memberOrEnd, ascii("}")): close()
    case (.value, _), (.valueOrEnd, _):
      let start = offset
      try scalar()
      visitor.scalar(start..<offset)
      expectation = .commaOrEnd
    case (.member, _), (.memberOrEnd, _):
      try name()
      expectation = .value
    case (.commaOrEnd, ascii(",")):
      offset += 1
      expectation = closing.last == ascii("}") ? .member : .value
    case (.commaOrEnd, _):
      guard next == closing.last else {
        throw fault("a comma or \(closing.last == ascii("}") ? "}" : "]") is missing here")
      }
      close()
    }
  }

  private mutating func open(
    _ bracket: JSONBracket, until end: UInt8, expecting expectation: Expectation
  ) throws(JSONFault) {
    guard closing.count < deepest else { throw fault("values are nested more than \(deepest) deep") }
    visitor.open(bracket, at: offset)
    offset += 1
    closing.append(end)
    self.expectation = expectation
  }

  private mutating func close() {
    visitor.close()
    offset += 1
    closing.removeLast()
    expectation = .commaOrEnd
  }

  /// The byte that comes next; nil at the end.
  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func fault(_ message: String, at place: Int? = nil) -> JSONFault {
    JSONFault(offset: place ?? offset, message: next == nil ? "\(title) ends within a JSON object" : message)
  }

  private mutating func skipSpace() {
    while next?.isSpace == true { offset += 1 }
  }

  /// Passes the name of a member and the colon.
  private mutating func name() throws(JSONFault) {
    guard next == ascii("\"") else { throw fault("a name in quotes is missing here") }
    let start = offset
    try string()
    visitor.name(start..<offset)
    skipSpace()
    guard next == ascii(":") else { throw fault("a colon is missing here") }
    offset += 1
  }

  private mutating func scalar() throws(JSONFault) {
    switch next {
    case ascii("\""): try string()
    case .some(let byte) where byte == ascii("-") || byte.isDigit: try number()
    case ascii("t"): try word("true")
    case ascii("f"): try word("false")
    case ascii("n"): try word("null")
    default: throw fault("a JSON value is missing here")
    }
  }

  private mutating func word(_ word: StaticString) throws(JSONFault) {
    let start = offset
    for index in 0..<word.utf8CodeUnitCount {
      guard next == word.utf8Start[index] else { throw fault("this is no JSON value", at: start) }
      offset += 1
    }
  }

  private mutating func number() throws(JSONFault) {
    if next == ascii("-") { offset += 1 }
    if next == ascii("0") { offset += 1 } else { try digits() }
    if next == ascii(".") {
      offset += 1
      try digits()
    }
    if next == ascii("e") || next == ascii("E") {
      offset += 1
      if next == ascii("+") || next == ascii("-") { offset += 1 }
      try digits()
    }
  }

  private mutating func digits() throws(JSONFault) {
    let start = offset
    while next?.isDigit == true { offset += 1 }
    if offset == start { throw fault("a digit is missing here") }
  }

  private mutating func string() throws(JSONFault) {
    offset += 1
    while let byte = next {
      switch byte {
      case ascii("\""):
        offset += 1
        return
      case ascii("\\"): try escape()
      case 0..<0x20: throw fault("a control character within a string has to be written as \\u\(hexadecimal(byte))")
      default: offset += 1
      }
    }
    throw fault("")
  }

  private mutating func escape() throws(JSONFault) {
    let start = offset
    offset += 1
    switch next {
    case ascii("\""), ascii("\\"), ascii("/"), ascii("b"), ascii("f"), ascii("n"), ascii("r"), ascii("t"): offset += 1
    case ascii("u"):
      let unit = try codeUnit()
      if unit == 0, !allowsZero {
        throw fault("\\u0000 cannot be stored: PostgreSQL's text has no such character", at: start)
      }
      guard UTF16.isSurrogate(unit) else { return }
      let pair = "\\u\(hexadecimal(unit)) is half of a character: its other half is missing"
      guard UTF16.isLeadSurrogate(unit), next == ascii("\\"), offset + 1 < bytes.count, bytes[offset + 1] == ascii("u")
      else { throw fault(pair, at: start) }
      offset += 1
      guard UTF16.isTrailSurrogate(try codeUnit()) else { throw fault(pair, at: start) }
    default: throw fault("this is no escape that JSON has", at: start)
    }
  }

  /// Passes `uXXXX`.
  private mutating func codeUnit() throws(JSONFault) -> UInt16 {
    offset += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("\\u is followed by four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
      offset += 1
    }
    return unit
  }
}

extension UInt8 {
  /// Whether it is one of the four characters that JSON calls white space.
  var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

  fileprivate var isDigit: Bool { (ascii("0")...ascii("9")).contains(self) }
}

private func ascii(_ scalar: Unicode.Scalar) -> UInt8 { UInt8(ascii: scalar) }

private func hexadecimal(_ number: some BinaryInteger) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
