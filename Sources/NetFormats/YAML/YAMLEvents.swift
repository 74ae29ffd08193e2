import CYaml
import Diagnostics

/// Where in a file the marks of libyaml are. libyaml counts characters; asked in ascending order, it takes linear time.
struct YAMLMarks {
  private let bytes: [UInt8]
  /// Where the text begins, behind a byte order mark.
  let start: Int
  /// The last character whose offset was asked for, with that.
  private var known: (characters: Int, offset: Int)

  init(_ source: SourceFile) {
    bytes = source.bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    known = (0, start)
  }

  /// The offset of a mark.
  mutating func offset(_ mark: yaml_mark_t) -> Int {
    if mark.index < known.characters { known = (0, start) }
    while known.characters < mark.index, known.offset < bytes.count {
      known.offset += 1
      while known.offset < bytes.count, bytes[known.offset] & 0b1100_0000 == 0b1000_0000 { known.offset += 1 }
      known.characters += 1
    }
    return known.offset
  }
}

/// Files that nest deeper than this are written by nobody.
let deepestYAML = 100

/// Runs libyaml over a file; no pointer outlives the call.
///
/// - Parameters:
///   - source: the file.
///   - body: gets each event, and tells offsets by the marks.
/// - Throws: why the file is not well formed, or what the body throws.
func forEachYAMLEvent(
  of source: SourceFile, _ body: (yaml_event_t, inout YAMLMarks) throws(Diagnostic) -> Void
) throws(Diagnostic) {
  var marks = YAMLMarks(source)
  var parser = yaml_parser_t()
  guard yaml_parser_initialize(&parser) == 1 else {
    throw Diagnostic(.error, .noMemory, at: source.location(ofByte: 0))
  }
  defer { yaml_parser_delete(&parser) }
  let start = marks.start
  try source.bytes.withUnsafeBufferPointer { bytes throws(Diagnostic) in
    let text = UnsafeBufferPointer(rebasing: bytes[start...])
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(&parser, text.baseAddress, text.count)
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else { throw fault(parser, source, &marks) }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { return }
      try body(event, &marks)
    }
  }
}

/// Why libyaml stopped.
private func fault(_ parser: yaml_parser_t, _ source: SourceFile, _ marks: inout YAMLMarks) -> Diagnostic {
  let words = parser.problem.map { String(cString: $0) } ?? "there is too little memory"
  if parser.error == YAML_READER_ERROR {
    return Diagnostic(.error, .reader(words), at: source.location(ofByte: marks.start + parser.problem_offset))
  }
  let offset = marks.offset(parser.problem_mark)
  let location = source.location(ofByte: offset)
  if words.hasPrefix("Maximum nesting level") { return Diagnostic(.error, .nestedTooDeep(deepestYAML), at: location) }
  let next = offset < source.bytes.count ? source.bytes[offset] : nil
  return Diagnostic(.error, .syntax(words, next), at: location)
}

extension Diagnostic.Message {
  fileprivate static let noMemory: Self = "there is too little memory to read the file"

  static func nestedTooDeep(_ depth: Int) -> Self {
    Self("lists and maps are nested more than \(depth) deep", hint: "no net needs this")
  }

  fileprivate static func reader(_ words: String) -> Self {
    Self("this is not YAML: \(words)", hint: "write it as an escape in double quotes, or remove it")
  }

  /// A mistake in the words of libyaml, with the next step where it is known what people mean.
  fileprivate static func syntax(_ words: String, _ next: UInt8?) -> Self {
    let hint: String? =
      switch (words, next) {
      case (_, UInt8(ascii: "\t")): "YAML is indented by spaces, never by tabs"
      case (_, UInt8(ascii: "{")), (_, UInt8(ascii: "}")): "a name with { } stands in quotes between [ ] and { }"
      case ("mapping values are not allowed in this context", _):
        "a text with a colon and a space in it stands in quotes; or the line is indented wrongly"
      case ("found character that cannot start any token", _): "a text that begins with this character stands in quotes"
      case ("could not find expected ':'", _), ("found unexpected ':'", _): "a key ends with a colon and a space"
      case ("did not find expected key", _):
        "the line is indented otherwise than its neighbours, or a quote is not closed"
      default: nil
      }
    return Self("this is not YAML: \(words)", hint: hint)
  }
}
