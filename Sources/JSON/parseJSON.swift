/// Turns a text into a tree of values.
///
/// - Parameters:
///   - text: UTF-8.
///   - title: what the text is, in a sentence: `the file`.
///   - deepest: how deep objects and arrays may nest.
///   - allowsZero: whether a string may hold U+0000, which no text of PostgreSQL can hold.
/// - Returns: the value, with where it and all its parts stand.
/// - Throws: the first thing that keeps it from being one value of JSON that PostgreSQL's text can hold.
public func parseJSON(
  _ text: [UInt8], title: String, deepest: Int, allowsZero: Bool = false
) throws(JSONFault) -> JSONNode {
  let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  let result = text.withUnsafeBufferPointer { all -> Result<JSONNode, JSONFault> in
    let bytes = UnsafeBufferPointer(rebasing: all[start...])
    var scanner = JSONScanner(
      bytes, title: title, deepest: deepest, allowsZero: allowsZero, for: TreeBuilder(bytes: bytes, start: start))
    do throws(JSONFault) {
      try scanner.read()
    } catch {
      return .failure(JSONFault(offset: error.offset + start, message: error.message))
    }
    return .success(scanner.visitor.root)
  }
  return try result.get()
}

/// Builds the tree while the scanner reads.
private struct TreeBuilder: JSONVisitor {
  /// An object or an array of which the end has not come.
  private struct Open {
    let bracket: JSONBracket
    let offset: Int
    var name: (text: String, offset: Int) = ("", 0)
    var members: [JSONNode.Member] = []
    var elements: [JSONNode] = []
  }

  let bytes: UnsafeBufferPointer<UInt8>
  /// How many bytes of the file stand before the text.
  let start: Int
  private var open: [Open] = []
  private(set) var root = JSONNode(offset: 0, value: .null)

  init(bytes: UnsafeBufferPointer<UInt8>, start: Int) {
    self.bytes = bytes
    self.start = start
  }

  mutating func open(_ bracket: JSONBracket, at offset: Int) {
    open.append(Open(bracket: bracket, offset: offset + start))
  }

  mutating func name(_ range: Range<Int>) {
    open[open.count - 1].name = (string(range), range.lowerBound + start)
  }

  mutating func scalar(_ range: Range<Int>) {
    let value: JSONNode.Value =
      switch bytes[range.lowerBound] {
      case UInt8(ascii: "\""): .string(string(range))
      case UInt8(ascii: "t"): .boolean(true)
      case UInt8(ascii: "f"): .boolean(false)
      case UInt8(ascii: "n"): .null
      default: .number(String(decoding: bytes[range], as: UTF8.self))
      }
    add(JSONNode(offset: range.lowerBound + start, value: value))
  }

  mutating func close() {
    let closed = open.removeLast()
    switch closed.bracket {
    case .object: add(JSONNode(offset: closed.offset, value: .object(closed.members)))
    case .array: add(JSONNode(offset: closed.offset, value: .array(closed.elements)))
    }
  }

  private mutating func add(_ node: JSONNode) {
    guard let last = open.indices.last else { return root = node }
    switch open[last].bracket {
    case .object:
      let name = open[last].name
      open[last].members.append(JSONNode.Member(name: name.text, offset: name.offset, node: node))
    case .array: open[last].elements.append(node)
    }
  }

  /// The text of a string whose escapes are known to be right.
  private func string(_ range: Range<Int>) -> String {
    let inner = bytes[(range.lowerBound + 1)..<(range.upperBound - 1)]
    guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
    var units: [UInt8] = []
    var surrogate: UInt16?
    var index = inner.startIndex
    while index < inner.endIndex {
      let byte = inner[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        units.append(byte)
        continue
      }
      let escape = inner[index]
      index += 1
      switch escape {
      case UInt8(ascii: "b"): units.append(0x08)
      case UInt8(ascii: "f"): units.append(0x0C)
      case UInt8(ascii: "n"): units.append(0x0A)
      case UInt8(ascii: "r"): units.append(0x0D)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "u"):
        let digits = String(decoding: inner[index..<(index + 4)], as: UTF8.self)
        index += 4
        let unit = UInt16(digits, radix: 16) ?? 0
        if UTF16.isLeadSurrogate(unit) {
          surrogate = unit
        } else {
          units += String(decoding: [surrogate, unit].compactMap { $0 }, as: UTF16.self).utf8
          surrogate = nil
        }
      default: units.append(escape)
      }
    }
    return String(decoding: units, as: UTF8.self)
  }
}
