import Diagnostics

/// An element of a file: light, because only the readers look at it, and only once.
struct XMLElement: Sendable {
  /// The name without its prefix: all formats can be told apart by local names.
  let name: String
  /// In the order of the file; one with a prefix has it in its name.
  let attributes: [(name: String, value: String)]
  /// The offset of its `<` in the file.
  let offset: Int
  /// The characters between its children, as one text.
  var text = ""
  /// In the order of the file.
  var children: [XMLElement] = []

  /// The value of an attribute; nil when it is not there.
  subscript(attribute name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// The children with a name.
  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The first child with a name.
  func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The text without white space around it; nil when nothing is left.
  var words: String? {
    let trimmed = text.trimmed
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The text of the first child with a name; nil when there is none, or it is empty.
  func words(of name: String) -> String? { first(name)?.words }
}

/// A file as a tree.
struct XMLDocument: Sendable {
  /// The file.
  let source: SourceFile
  /// Its outermost element.
  let root: XMLElement
  /// The namespace of the outermost element.
  let namespace: String?

  /// Where an element begins.
  func location(of element: XMLElement) -> SourceLocation {
    source.location(ofByte: element.offset)
  }

  /// Where the text of an element begins, which is where a wrong number stands.
  func textLocation(of element: XMLElement) -> SourceLocation {
    source.location(ofByte: textOffset(of: element))
  }

  /// Where an attribute stands in the tag of an element; the beginning of the tag when it is not found, or when the tag
  /// has so many that to look for each would take quadratic time.
  func location(of attribute: String, in element: XMLElement) -> SourceLocation {
    guard element.attributes.count < 100 else { return location(of: element) }
    let name = Array(attribute.utf8)
    let bytes = source.bytes
    let found = firstUnquoted(in: element) { offset in
      let end = offset + name.count
      return bytes[offset - 1].isXMLSpace && end < bytes.count && bytes[offset..<end].elementsEqual(name)
        && (bytes[end].isXMLSpace || bytes[end] == UInt8(ascii: "="))
    }
    return source.location(ofByte: found ?? element.offset)
  }

  /// The first byte that is not white space after the start tag.
  private func textOffset(of element: XMLElement) -> Int {
    guard !element.text.isEmpty else { return element.offset }
    let bytes = source.bytes
    guard let end = firstUnquoted(in: element, where: { bytes[$0] == UInt8(ascii: ">") }) else { return element.offset }
    let text = bytes[(end + 1)...].firstIndex { !$0.isXMLSpace }
    return text ?? element.offset
  }

  /// The offset of the first byte of a start tag, after its `<`, that passes and is not part of a value.
  private func firstUnquoted(in element: XMLElement, where passes: (Int) -> Bool) -> Int? {
    let bytes = source.bytes
    var quote: UInt8?
    var offset = element.offset + 1
    while offset < bytes.count {
      let byte = bytes[offset]
      if let open = quote {
        if byte == open { quote = nil }
      } else if passes(offset) {
        return offset
      } else if byte == UInt8(ascii: ">") {
        return nil
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
      offset += 1
    }
    return nil
  }
}

extension UInt8 {
  /// Whether it is one of the four characters that XML calls white space.
  var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D }
}

extension String {
  /// The text without the white space around it.
  var trimmed: String {
    let bytes = utf8
    guard let first = bytes.firstIndex(where: { !$0.isXMLSpace }),
      let last = bytes.lastIndex(where: { !$0.isXMLSpace })
    else { return "" }
    return first == bytes.startIndex && bytes.index(after: last) == bytes.endIndex ? self : String(self[first...last])
  }
}
