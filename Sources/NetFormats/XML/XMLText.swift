import Diagnostics

/// The text of an XML file as UTF-8, and the way back to the file's own bytes.
///
/// Only UTF-8 and ISO-8859-1 are read: the first is what most tools write, the second what PIPE writes.
struct XMLText: Sendable {
  /// The text.
  let utf8: [UInt8]
  /// Whether each character is one byte of the file, and so may be two of the text.
  private let isLatin1: Bool

  /// Finds out the encoding and converts the file.
  init(of source: SourceFile) throws(Diagnostics) {
    let bytes = source.bytes
    func fail(_ message: Diagnostic.Message, at offset: Int) -> Diagnostics {
      Diagnostics([Diagnostic(.error, message, at: source.location(ofByte: offset))])
    }
    let declared = Self.declaredEncoding(in: bytes)
    switch declared?.name.lowercased() {
    case nil, "utf-8", "utf8", "us-ascii", "ascii":
      if let offset = bytes.firstNotUTF8 {
        let remedy =
          declared == nil
          ? "begin it with <?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" : "declare the encoding that it has"
        throw fail(.notUTF8(bytes[offset], or: remedy), at: offset)
      }
      (utf8, isLatin1) = (bytes, false)
    case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1":
      (utf8, isLatin1) = (Self.utf8(ofLatin1: bytes), true)
    case .some:
      throw fail(.encoding(declared?.name ?? ""), at: declared?.offset ?? 0)
    }
  }

  /// How many bytes of the file a part of the text stands for.
  func bytesInFile(of range: Range<Int>) -> Int {
    guard isLatin1 else { return range.count }
    return utf8.withUnsafeBufferPointer { bytes in
      var count = 0
      for offset in range where bytes[offset] & 0b1100_0000 != 0b1000_0000 { count += 1 }
      return count
    }
  }

  /// The encoding that the first line names: `<?xml version="1.0" encoding="ISO-8859-1"?>`.
  private static func declaredEncoding(in bytes: [UInt8]) -> (name: String, offset: Int)? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes[start...].starts(with: "<?xml".utf8),
      let end = bytes[start...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let declaration = bytes[start..<end]
    guard
      let key = declaration.indices.first(where: { declaration[$0...].starts(with: "encoding".utf8) }),
      let open = declaration[key...].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }),
      let close = declaration[(open + 1)...].firstIndex(of: declaration[open])
    else { return nil }
    return (String(decoding: declaration[(open + 1)..<close], as: UTF8.self), open + 1)
  }

  private static func utf8(ofLatin1 bytes: [UInt8]) -> [UInt8] {
    var utf8: [UInt8] = []
    utf8.reserveCapacity(bytes.count + bytes.count / 16)
    for byte in bytes {
      if byte < 0x80 {
        utf8.append(byte)
      } else {
        utf8.append(0b1100_0000 | byte >> 6)
        utf8.append(0b1000_0000 | byte & 0b0011_1111)
      }
    }
    return utf8
  }
}

extension Diagnostic.Message {
  fileprivate static func encoding(_ name: String) -> Self {
    Self("the file is in the encoding \(quoted(name)), which is not read", hint: "save it as UTF-8")
  }
}
