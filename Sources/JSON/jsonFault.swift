/// What keeps a text from being JSON.
public struct JSONFault: Error, Equatable, Sendable {
  /// Where it shows, in bytes from the beginning.
  public let offset: Int
  /// What is wrong, for people.
  public let message: String

  /// Something wrong.
  public init(offset: Int, message: String) {
    self.offset = offset
    self.message = message
  }
}

/// Finds the first thing that keeps a text from being one JSON object (RFC 8259) that `jsonb` can store: it takes
/// neither U+0000 nor half of a surrogate pair. Numbers that are too large for it are left to the database.
///
/// Nothing is made of the text, so that the database gets the bytes as they stand, numbers with all their digits. That
/// it is one object and no more also makes sure that objects put into one array stay as many as they are.
///
/// - Parameters:
///   - text: any bytes.
///   - what: what the object is, in a sentence: `an event`.
///   - title: what the text is, in a sentence: `the line`.
/// - Returns: nil when it is such an object.
public func jsonFault(in text: ArraySlice<UInt8>, of what: String, title: String) -> JSONFault? {
  guard String(validating: text, as: UTF8.self) != nil else {
    return JSONFault(offset: validPrefix(of: text), message: "this is not UTF-8")
  }
  let first = text.firstIndex { !$0.isSpace } ?? text.endIndex
  guard first < text.endIndex, text[first] == UInt8(ascii: "{") else {
    return JSONFault(offset: first - text.startIndex, message: "\(what) is a JSON object, {…}")
  }
  return text.withUnsafeBufferPointer { bytes -> JSONFault? in
    var scanner = JSONScanner(bytes, title: title, for: Nobody())
    do throws(JSONFault) {
      try scanner.read()
      return nil
    } catch {
      return error
    }
  }
}

/// Who does nothing with the parts of a text.
private struct Nobody: JSONVisitor {
  mutating func open(_ bracket: JSONBracket, at offset: Int) {}
  mutating func name(_ range: Range<Int>) {}
  mutating func scalar(_ range: Range<Int>) {}
  mutating func close() {}
}

/// How many bytes are UTF-8.
private func validPrefix(of text: ArraySlice<UInt8>) -> Int {
  var decoder = UTF8()
  var bytes = text.makeIterator()
  var count = 0
  while case .scalarValue(let scalar) = decoder.decode(&bytes) { count += UTF8.width(scalar) }
  return count
}
