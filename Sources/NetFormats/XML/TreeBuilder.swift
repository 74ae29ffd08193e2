import CLibXML2
import Diagnostics

/// Builds the tree while libxml2 reads; a class because libxml2 calls back through a pointer.
final class TreeBuilder {
  /// What is read.
  let text: XMLText
  /// The outermost element, when all went well.
  private(set) var root: XMLElement?
  /// The namespace of the outermost element.
  private(set) var namespace: String?
  /// The first thing that is wrong; what follows from it is not told.
  private(set) var problem: Diagnostic?
  /// libxml2's state while it runs.
  var context: xmlParserCtxtPtr?

  private let source: SourceFile
  /// The elements that are open, from the outermost one inwards.
  private var open: [XMLElement] = []
  /// The last offset in the text for which the one in the file was asked for, with that one.
  private var known = (inText: 0, inFile: 0)

  init(text: XMLText, source: SourceFile) {
    self.text = text
    self.source = source
  }

  /// Files that nest deeper than this are not drawn by anyone.
  private static let deepest = 200
  /// No label is longer than this.
  private static let longestText = 10_000_000

  func start(_ name: String, attributes: [(name: String, value: String)], namespace: String?) {
    guard problem == nil else { return }
    let offset = fileOffset(ofText: startOfTag())
    guard open.count < Self.deepest else { return fail(.tooDeep(Self.deepest), at: offset) }
    if open.isEmpty { self.namespace = namespace }
    open.append(XMLElement(name: name, attributes: attributes, offset: offset))
  }

  func end() {
    guard problem == nil, let element = open.popLast() else { return }
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }

  func characters(_ characters: UnsafeBufferPointer<UInt8>) {
    guard problem == nil, let last = open.indices.last else { return }
    if open[last].text.isEmpty, characters.allSatisfy(\.isXMLSpace) { return }
    open[last].text += String(decoding: characters, as: UTF8.self)
    if open[last].text.utf8.count > Self.longestText {
      fail(.textTooLong(open[last].name), at: open[last].offset)
    }
  }

  func documentType(_ name: String) {
    let isNet = name == "pnml" || name == "document"
    fail(isNet ? .documentType : .root(name), at: fileOffset(ofText: startOfTag()))
  }

  /// A syntax error in libxml2's words, or in ours where the open elements tell more.
  func fatal(code: Int, words: String?) {
    guard problem == nil else { return }
    let consumed = consumed
    let inFile = fileOffset(ofText: consumed)
    guard let element = open.last else {
      return fail(.notWellFormed(words ?? ""), at: inFile)
    }
    let opened = source.location(ofByte: element.offset)
    if consumed >= text.utf8.count {
      fail(.endsInside(element.name, opened), at: inFile)
    } else if code == Int(XML_ERR_TAG_NAME_MISMATCH.rawValue) {
      fail(.wrongEnd(element.name, opened), at: fileOffset(ofText: startOfTag()))
    } else {
      fail(.notWellFormed(words ?? ""), at: inFile)
    }
  }

  /// Keeps the first problem and makes libxml2 stop.
  func fail(_ message: Diagnostic.Message, at offset: Int) {
    guard problem == nil else { return }
    problem = Diagnostic(.error, message, at: source.location(ofByte: offset))
    if let context { xmlStopParser(context) }
  }
}

extension TreeBuilder {
  /// How far libxml2 has read.
  private var consumed: Int {
    guard let context else { return 0 }
    return max(0, min(Int(ptflow_bytes_read(context)), text.utf8.count))
  }

  /// Where the tag begins that libxml2 is in: it calls at the end of a tag, and `<` cannot stand in an attribute.
  private func startOfTag() -> Int {
    var offset = min(consumed, text.utf8.count - 1)
    while offset > 0, text.utf8[offset] != UInt8(ascii: "<") { offset -= 1 }
    return max(0, offset)
  }

  /// The offset in the file of an offset in the text. Asked in ascending order, it takes linear time in all.
  private func fileOffset(ofText offset: Int) -> Int {
    if offset < known.inText { known = (0, 0) }
    known.inFile += text.bytesInFile(of: known.inText..<offset)
    known.inText = offset
    return known.inFile
  }
}

extension Diagnostic.Message {
  fileprivate static func tooDeep(_ depth: Int) -> Self {
    Self("elements are nested more than \(depth) deep", hint: "no net needs this; look at how the file was made")
  }

  fileprivate static func textTooLong(_ element: String) -> Self {
    Self(
      "the text of <\(clipped(element))> is longer than 10 MB", hint: "no net needs this; look at how the file was made"
    )
  }

  fileprivate static let documentType = Self(
    "the file has a document type, which is not read because it can define entities", hint: "remove <!DOCTYPE …>")

  fileprivate static func endsInside(_ element: String, _ opened: SourceLocation) -> Self {
    Self(
      "the file ends inside <\(clipped(element))>, which is opened at \(opened)",
      hint: "the file was cut off, or </\(clipped(element))> is missing")
  }

  fileprivate static func wrongEnd(_ element: String, _ opened: SourceLocation) -> Self {
    Self(
      "this end tag does not fit: <\(clipped(element))> is still open, since \(opened)",
      hint: "</\(clipped(element))> must stand before it")
  }

  fileprivate static func notWellFormed(_ words: String) -> Self {
    Self("this is not well-formed XML: \(clipped(words.trimmed))")
  }
}
