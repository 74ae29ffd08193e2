internal import Diagnostics

/// Reads a JSON text (RFC 8259) strictly: UTF-8 alone, no name twice in an object, nothing after the value.
struct JSONReader {
  /// How deep values may nest; what is read here needs three levels.
  private static let depth = 16

  private let bytes: ArraySlice<UInt8>
  private var offset: Int

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  /// The one value that a text is.
  ///
  /// - Parameter bytes: the text.
  /// - Returns: the value; offsets are indices of the bytes.
  /// - Throws: the first thing that keeps the text from being one JSON value.
  static func read(_ bytes: ArraySlice<UInt8>) throws(JSONFault) -> JSONNode {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw JSONFault(offset: bytes.startIndex, message: "this is not UTF-8")
    }
    var reader = JSONReader(bytes)
    let node = try reader.value(within: depth)
    reader.skipSpace()
    if reader.next != nil { throw JSONFault(offset: reader.offset, message: "the JSON value has ended before this") }
    return node
  }

  /// The byte that comes next; nil at the end.
  private var next: UInt8? { offset < bytes.endIndex ? bytes[offset] : nil }

  private mutating func skipSpace() {
    while next == ascii(" ") || next == ascii("\n") || next == ascii("\r") || next == ascii("\t") { offset += 1 }
  }

  /// Takes a byte if it comes next after white space.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private func fault(_ message: Diagnostic.Message, at place: Int? = nil) -> JSONFault {
    JSONFault(offset: place ?? offset, message: next == nil ? "the text ends within a JSON value" : message)
  }

  private mutating func value(within depth: Int) throws(JSONFault) -> JSONNode {
    skipSpace()
    let start = offset
    guard depth > 0 else { throw fault("this nests too deep") }
    let value: JSONNode.Value =
      switch next {
      case ascii("{"): .object(try members(within: depth - 1))
      case ascii("["): .array(try elements(within: depth - 1))
      case ascii("\""): .string(try string())
      case ascii("t"): try word("true", .bool)
      case ascii("f"): try word("false", .bool)
      case ascii("n"): try word("null", .null)
      default: .number(try number())
      }
    return JSONNode(offset: start, value: value)
  }

  private mutating func members(within depth: Int) throws(JSONFault) -> [String: JSONNode.Member] {
    var members: [String: JSONNode.Member] = [:]
    offset += 1
    if take(ascii("}")) { return members }
    repeat {
      skipSpace()
      let start = offset
      guard next == ascii("\"") else { throw fault("a name in quotes is due here") }
      let name = try string()
      guard members[name] == nil else { throw fault("the field \"\(name)\" comes a second time", at: start) }
      guard take(ascii(":")) else { throw fault("a colon is due here") }
      members[name] = JSONNode.Member(offset: start, node: try value(within: depth))
    } while take(ascii(","))
    guard take(ascii("}")) else { throw fault("a comma or } is due here") }
    return members
  }

  private mutating func elements(within depth: Int) throws(JSONFault) -> [JSONNode] {
    var elements: [JSONNode] = []
    offset += 1
    if take(ascii("]")) { return elements }
    repeat { elements.append(try value(within: depth)) } while take(ascii(","))
    guard take(ascii("]")) else { throw fault("a comma or ] is due here") }
    return elements
  }

  private mutating func word(_ word: String, _ value: JSONNode.Value) throws(JSONFault) -> JSONNode.Value {
    guard bytes[offset...].starts(with: word.utf8) else { throw fault("this is no JSON value") }
    offset += word.utf8.count
    return value
  }

  private mutating func number() throws(JSONFault) -> String {
    let start = offset
    if next == ascii("-") { offset += 1 }
    if next == ascii("0") { offset += 1 } else { try digits(since: start) }
    if next == ascii(".") {
      offset += 1
      try digits(since: start)
    }
    if next == ascii("e") || next == ascii("E") {
      offset += 1
      if next == ascii("+") || next == ascii("-") { offset += 1 }
      try digits(since: start)
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func digits(since start: Int) throws(JSONFault) {
    let first = offset
    while let byte = next, (ascii("0")...ascii("9")).contains(byte) { offset += 1 }
    if offset == first { throw fault("a JSON value is due here", at: start) }
  }

  private mutating func string() throws(JSONFault) -> String {
    var string: [UInt8] = []
    offset += 1
    while let byte = next {
      switch byte {
      case ascii("\""):
        offset += 1
        return String(decoding: string, as: UTF8.self)
      case ascii("\\"): string += String(try escape()).utf8
      case ..<0x20: throw fault("a control character has to be escaped in a string")
      default:
        string.append(byte)
        offset += 1
      }
    }
    throw fault("")
  }

  private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
    let start = offset
    offset += 1
    guard let byte = next else { throw fault("") }
    offset += 1
    switch byte {
    case ascii("\""), ascii("\\"), ascii("/"): return Unicode.Scalar(byte)
    case ascii("b"): return "\u{8}"
    case ascii("f"): return "\u{c}"
    case ascii("n"): return "\n"
    case ascii("r"): return "\r"
    case ascii("t"): return "\t"
    case ascii("u"):
      let first = try codeUnit(since: start)
      if let scalar = Unicode.Scalar(first) { return scalar }
      guard bytes[offset...].starts(with: "\\u".utf8) else {
        throw fault("half of a surrogate pair is missing", at: start)
      }
      offset += 2
      let second = try codeUnit(since: start)
      guard UTF16.isLeadSurrogate(first), UTF16.isTrailSurrogate(second) else {
        throw fault("this is no surrogate pair", at: start)
      }
      return UTF16.decode(UTF16.EncodedScalar([first, second]))
    default: throw fault("there is no such escape", at: start)
    }
  }

  private mutating func codeUnit(since start: Int) throws(JSONFault) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw fault("\\u needs four hexadecimal digits", at: start)
      }
      unit = unit << 4 | UInt16(digit)
      offset += 1
    }
    return unit
  }
}

private func ascii(_ scalar: Unicode.Scalar) -> UInt8 { UInt8(ascii: scalar) }
