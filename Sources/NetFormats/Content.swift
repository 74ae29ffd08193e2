import Diagnostics

/// What a file holds, as a reader gets it. Formats that share a syntax share its parser, which runs once.
protocol Content: Sendable {
  /// Why this can be in no format that is read.
  var unrecognised: Diagnostic { get }
}

/// Looks at the first character that is not white space, and parses the file when it has a syntax of many formats.
///
/// - Returns: an `XMLDocument`, a `JSONDocument`, a `YAMLDocument`, or the file itself where the syntax is a format's own.
func content(of source: SourceFile) throws(Diagnostics) -> any Content {
  let bytes = source.bytes
  func fail(_ message: Diagnostic.Message, at offset: Int) -> Diagnostics {
    Diagnostics([Diagnostic(.error, message, at: source.location(ofByte: offset))])
  }
  if utf16Beginnings.contains(where: bytes.starts(with:)) { throw fail(.utf16, at: 0) }
  let start = source.firstCharacter
  guard start < bytes.count else { throw fail(.empty, at: start) }
  // libxml2 would take it for the end of the file.
  if let zero = bytes.firstIndex(of: 0) { throw fail(.zeroByte, at: zero) }
  if bytes[start] == UInt8(ascii: "<") { return try readXML(source) }
  if let offset = bytes.firstNotUTF8 { throw fail(.notUTF8(bytes[offset]), at: offset) }
  if source.isNative { return try readYAML(source) }
  // Formats of lines may begin as JSON does, with a section or a comment.
  let mayBeJSON = bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[")
  let isOfLines = NetFormat.allCases.contains { $0.reader.isFormat(of: source) }
  return mayBeJSON && !isOfLines ? try JSONDocument(source) : source
}

private let utf16Beginnings: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF], [0x3C, 0x00], [0x00, 0x3C]]

extension SourceFile {
  /// The offset of the first character that is neither the byte order mark nor white space.
  var firstCharacter: Int {
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes[mark...].firstIndex { !$0.isXMLSpace } ?? bytes.count
  }
}

extension XMLDocument: Content {
  var unrecognised: Diagnostic { Diagnostic(.error, .root(root.name), at: location(of: root)) }
}

extension SourceFile: Content {
  var unrecognised: Diagnostic {
    Diagnostic(.error, .text(bytes[firstCharacter]), at: location(ofByte: firstCharacter))
  }
}

extension Diagnostic.Message {
  /// The end of every message about a file that is no net that is read.
  static let whatIsRead = "what is read: \(NetFormat.allCases.map(\.title).joined(separator: ", "))"

  /// A format that is known by name only.
  private static func notRead(_ program: String) -> Self {
    Self("this is a file of \(program), which is not read", hint: "export it as PNML")
  }

  /// A file that begins with some other element.
  static func root(_ name: String) -> Self {
    let known = ["definitions": "BPMN", "workspaceElements": "CPN Tools", "Snoopy": "Snoopy", "PNBrowser": "PNBrowser"]
    if let program = known[name] { return notRead(program) }
    return Self("<\(clipped(name))> is not the beginning of a net", hint: whatIsRead)
  }

  fileprivate static func text(_ first: UInt8) -> Self {
    first == UInt8(ascii: "(")
      ? notRead("pflow.xyz (S-expressions)") : Self("this is no net in a format that is read", hint: whatIsRead)
  }

  fileprivate static let empty = Self("the file is empty", hint: whatIsRead)

  fileprivate static let utf16 = Self("the file is UTF-16, which is not read", hint: "save it as UTF-8")

  fileprivate static let zeroByte = Self(
    "the file holds a zero byte, which no text has", hint: "the file is damaged, or no net at all")
}
