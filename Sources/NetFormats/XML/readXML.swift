import CLibXML2
import Diagnostics

/// Turns a file into a tree, or says why it is not well-formed XML.
///
/// A document type is refused, so no entity is ever defined, let alone expanded or fetched.
func readXML(_ source: SourceFile) throws(Diagnostics) -> XMLDocument {
  let text = try XMLText(of: source)
  let builder = TreeBuilder(text: text, source: source)
  builder.parse()
  if let problem = builder.problem { throw Diagnostics([problem]) }
  guard let root = builder.root else {
    throw Diagnostics([Diagnostic(.error, .noElement, at: source.location(ofByte: 0))])
  }
  return XMLDocument(source: source, root: root, namespace: builder.namespace)
}

/// libxml2 keeps global tables, which must be set up once.
private let libxml2: Void = xmlInitParser()

extension TreeBuilder {
  /// Runs libxml2 over the text; no pointer outlives the call.
  fileprivate func parse() {
    _ = libxml2
    text.utf8.withUnsafeBytes { buffer in
      guard let start = buffer.bindMemory(to: CChar.self).baseAddress, let size = Int32(exactly: buffer.count),
        let context = xmlCreateMemoryParserCtxt(start, size)
      else { return fail(.tooLarge, at: 0) }
      defer { xmlFreeParserCtxt(context) }
      // The text is UTF-8 by now, whatever the declaration says.
      _ = xmlCtxtUseOptions(
        context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue | XML_PARSE_IGNORE_ENC.rawValue))
      _ = xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
      context.pointee.sax.pointee = handler
      context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
      self.context = context
      _ = xmlParseDocument(context)
      self.context = nil
    }
  }

  /// What libxml2 calls. It starts empty, because the default handler builds a tree of its own.
  private var handler: xmlSAXHandler {
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    handler.internalSubset = { user, name, _, _ in
      TreeBuilder.of(user)?.documentType(String(name))
    }
    handler.startElementNs = { user, name, _, namespace, _, _, count, _, attributes in
      guard let builder = TreeBuilder.of(user) else { return }
      builder.start(
        String(name), attributes: .init(attributes, count: Int(count)), namespace: namespace.map(String.init))
    }
    handler.endElementNs = { user, _, _, _ in TreeBuilder.of(user)?.end() }
    handler.characters = { user, start, count in
      TreeBuilder.of(user)?.characters(UnsafeBufferPointer(start: start, count: Int(count)))
    }
    handler.ignorableWhitespace = handler.characters
    handler.serror = { user, error in
      guard let error, error.pointee.level == XML_ERR_FATAL else { return }
      TreeBuilder.of(user)?.fatal(
        code: Int(error.pointee.code), words: error.pointee.message.map { String(cString: $0) })
    }
    return handler
  }

  private static func of(_ user: UnsafeMutableRawPointer?) -> TreeBuilder? {
    user.map { Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
  }
}

extension String {
  /// A text of libxml2's.
  fileprivate init(_ text: UnsafePointer<xmlChar>?) {
    self = text.map { String(cString: $0) } ?? ""
  }
}

extension [(name: String, value: String)] {
  /// Attributes as libxml2 hands them over: local name, prefix, namespace, start and end of the value.
  fileprivate init(_ raw: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int) {
    self = []
    guard let raw, count > 0 else { return }
    for index in 0..<count {
      guard let start = raw[index * 5 + 3], let end = raw[index * 5 + 4] else { continue }
      let value = String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
      let name = String(raw[index * 5])
      append((raw[index * 5 + 1].map { "\(String($0)):\(name)" } ?? name, value))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let noElement: Self = "the file holds no XML element"

  fileprivate static let tooLarge = Self("the file is larger than 2 GB", hint: "split the net")
}
