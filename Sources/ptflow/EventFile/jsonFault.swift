/// What keeps a text from being a JSON object.
struct JSONFault: Error, Equatable {
  /// Where it shows, in bytes from the beginning.
  let offset: Int
  /// What is wrong, for people.
  let message: String
}

/// Finds the first thing that keeps a text from being one JSON object (RFC 8259) that `jsonb` can store: it takes
/// neither U+0000 nor half of a surrogate pair. Numbers that are too large for it are left to the database.
///
/// Nothing is made of the text, so that the database gets the bytes as they stand, numbers with all their digits. That
/// it is one object and no more also makes sure that objects put into one array stay as many as they are.
///
/// - Returns: nil when it is such an object.
func jsonFault(in text: ArraySlice<UInt8>) -> JSONFault? {
  if String(validating: text, as: UTF8.self) == nil {
    return JSONFault(offset: validPrefix(of: text), message: "this is not UTF-8")
  }
  return text.withUnsafeBufferPointer { bytes -> JSONFault? in
    var scanner = JSONScanner(bytes: bytes)
    do throws(JSONFault) {
      try scanner.object()
      return nil
    } catch {
      return error
    }
  }
}

/// How many bytes are UTF-8.
private func validPrefix(of text: ArraySlice<UInt8>) -> Int {
  var decoder = UTF8()
  var bytes = text.makeIterator()
  var count = 0
  while case .scalarValue(let scalar) = decoder.decode(&bytes) { count += UTF8.width(scalar) }
  return count
}

/// Goes through a text once, without recursion: how deep it nests is up to who wrote it.
private struct JSONScanner {
  /// What may come next.
  private enum Expectation { case value, valueOrEnd, member, memberOrEnd, commaOrEnd }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var expectation = Expectation.value
  /// The brackets that close what is open.
  private var closing: [UInt8] = []

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Passes the whole text.
  mutating func object() throws(JSONFault) {
    skipSpace()
    guard next == ascii("{") else { throw JSONFault(offset: offset, message: "an event is a JSON object, {…}") }
    repeat {
      try step()
      skipSpace()
    } while !closing.isEmpty
    if next != nil { throw fault("the JSON object has ended here") }
  }

  private mutating func step() throws(JSONFault) {
    switch (expectation, next) {
    case (.value, ascii("{")), (.valueOrEnd, ascii("{")): open(until: ascii("}"), expecting: .memberOrEnd)
    case (.value, ascii("[")), (.valueOrEnd, ascii("[")): open(until: ascii("]"), expecting: .valueOrEnd)
    case (.valueOrEnd, ascii("]")), (.memberOrEnd, ascii("}")): close()
    case (.value, _), (.valueOrEnd, _):
      try scalar()
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

  private mutating func open(until bracket: UInt8, expecting expectation: Expectation) {
    offset += 1
    closing.append(bracket)
    self.expectation = expectation
  }

  private mutating func close() {
    offset += 1
    closing.removeLast()
    expectation = .commaOrEnd
  }

  /// The byte that comes next; nil at the end.
  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func fault(_ message: String, at place: Int? = nil) -> JSONFault {
    JSONFault(offset: place ?? offset, message: next == nil ? "the line ends within a JSON object" : message)
  }

  private mutating func skipSpace() {
    while next?.isSpace == true { offset += 1 }
  }

  /// Passes the name of a member and the colon.
  private mutating func name() throws(JSONFault) {
    guard next == ascii("\"") else { throw fault("a name in quotes is missing here") }
    try string()
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
      if unit == 0 { throw fault("\\u0000 cannot be stored: PostgreSQL's text has no such character", at: start) }
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
  fileprivate var isDigit: Bool { (ascii("0")...ascii("9")).contains(self) }
}

private func ascii(_ scalar: Unicode.Scalar) -> UInt8 { UInt8(ascii: scalar) }

private func hexadecimal(_ number: some BinaryInteger) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
