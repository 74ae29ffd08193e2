import Diagnostics

/// Refuses what is not XML at all, by name where it is known, before an XML parser wonders about it.
func sniff(_ source: SourceFile) throws(Diagnostics) {
  let bytes = source.bytes
  let start = bytes.firstIndex { !$0.isXMLSpace } ?? bytes.count
  if let message = message(about: bytes, from: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? max(start, 3) : start) {
    throw Diagnostics([Diagnostic(.error, message, at: source.location(ofByte: start))])
  }
  // Elsewhere libxml2 would take it for the end of the file.
  if let zero = bytes.firstIndex(of: 0) {
    throw Diagnostics([Diagnostic(.error, .zeroByte, at: source.location(ofByte: zero))])
  }
}

private func message(about bytes: [UInt8], from start: Int) -> Diagnostic.Message? {
  guard start < bytes.count else { return .empty }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0x3C, 0x00])
    || bytes.starts(with: [0x00, 0x3C])
  {
    return .utf16
  }
  switch bytes[start] {
  case UInt8(ascii: "<"): return nil
  case UInt8(ascii: "{"), UInt8(ascii: "["): return .notReadYet("pflow.xyz (JSON)")
  case UInt8(ascii: "("): return .notReadYet("pflow.xyz (S-expressions)")
  default: break
  }
  switch firstWord(of: bytes[start...]) {
  case "PLACE": return .notReadYet("LoLA")
  case "net", "tr", "pl", "lb", "pr", "nt": return .notReadYet("TINA")
  default: return .notXML
  }
}

/// The first word that stands in none of TINA's comments: lines that begin with #, as the headings of Markdown do.
private func firstWord(of text: ArraySlice<UInt8>) -> String {
  var rest = text.drop(while: \.isXMLSpace)
  while rest.first == UInt8(ascii: "#") {
    rest = rest.drop { $0 != UInt8(ascii: "\n") }.drop(while: \.isXMLSpace)
  }
  // No word that means something is longer.
  return String(decoding: rest.prefix(8).prefix { !$0.isXMLSpace }, as: UTF8.self)
}

extension Diagnostic.Message {
  /// The end of every message about a file that is no net that is read.
  static let whatIsRead = "what is read: PNML, PIPE's PNML and PNEditor's .pflow"

  /// A format that is known by name only.
  static func notReadYet(_ program: String) -> Self {
    Self("this is a file of \(program), which is not read yet", hint: "export it as PNML")
  }

  fileprivate static let empty = Self("the file is empty", hint: whatIsRead)

  fileprivate static let notXML = Self("this is not XML, so it is no net that can be read", hint: whatIsRead)

  fileprivate static let utf16 = Self("the file is UTF-16, which is not read", hint: "save it as UTF-8")

  fileprivate static let zeroByte = Self(
    "the file holds a zero byte, which no text has", hint: "the file is damaged, or no net at all")
}
