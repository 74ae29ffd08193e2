import CYaml
import Diagnostics

/// Turns a file into a tree, or says why it is not well-formed YAML.
///
/// It listens to the events of libyaml, which comes with Yams, instead of letting Yams compose the tree: Yams compares
/// keys that are collections by all that is in them, aliases expanded, which a file of 300 bytes makes last for ever, and
/// knows neither where a second key stands nor that a value was an alias (docs/decisions/0020). Here aliases are never
/// followed.
func readYAML(_ source: SourceFile) throws(Diagnostics) -> YAMLDocument {
  var builder = YAMLBuilder(source)
  do throws(Diagnostic) {
    try builder.read()
  } catch {
    throw Diagnostics([error])
  }
  guard let root = builder.root else {
    throw Diagnostics([Diagnostic(.error, .nothing, at: source.location(ofByte: source.firstCharacter))])
  }
  return YAMLDocument(source: source, root: root, problems: builder.problems)
}

/// The tree as far as it has been read.
private struct YAMLBuilder {
  /// A collection that is open.
  private struct Level {
    let offset: Int
    let isMapping: Bool
    var nodes: [YAMLNode] = []
    var members: [YAMLNode.Member] = []
    /// The key whose value comes next.
    var key: (scalar: YAMLScalar, offset: Int)?
    /// Where each key stands first.
    var keys: [String: Int] = [:]
  }

  private let source: SourceFile
  private(set) var root: YAMLNode?
  private(set) var problems: [Diagnostic] = []
  /// From the outermost one inwards.
  private var open: [Level] = []
  /// The last character whose offset was asked for, with that. libyaml counts characters, and its events come in order.
  private var known: (characters: Int, offset: Int)

  /// Files that nest deeper than this are written by nobody.
  private static let deepest = 100

  init(_ source: SourceFile) {
    self.source = source
    known = (0, source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
  }

  /// Runs libyaml over the file; no pointer outlives the call.
  mutating func read() throws(Diagnostic) {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { throw Diagnostic(.error, .noMemory, at: location(0)) }
    defer { yaml_parser_delete(&parser) }
    let (bytes, start) = (source.bytes, known.offset)
    try bytes.withUnsafeBufferPointer { bytes throws(Diagnostic) in
      let text = UnsafeBufferPointer(rebasing: bytes[start...])
      yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(&parser, text.baseAddress, text.count)
      try takeEvents(&parser)
    }
  }

  private mutating func takeEvents(_ parser: inout yaml_parser_t) throws(Diagnostic) {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else { throw fault(parser) }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { return }
      try take(event)
    }
  }

  private mutating func take(_ event: yaml_event_t) throws(Diagnostic) {
    let offset = offset(event.start_mark)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      if root != nil { throw Diagnostic(.error, .secondDocument, at: location(offset)) }
    case YAML_ALIAS_EVENT:
      tell(.alias, at: offset)
      try add(.scalar(YAMLScalar(text: "", isPlain: true)), at: offset)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      tellProperties(anchor: scalar.anchor, tag: scalar.tag, at: offset)
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      try add(.scalar(YAMLScalar(text: text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)), at: offset)
    case YAML_SEQUENCE_START_EVENT:
      tellProperties(anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag, at: offset)
      try enter(Level(offset: offset, isMapping: false))
    case YAML_MAPPING_START_EVENT:
      tellProperties(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag, at: offset)
      try enter(Level(offset: offset, isMapping: true))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      guard let level = open.popLast() else { return }
      try add(level.isMapping ? .mapping(level.members) : .sequence(level.nodes), at: level.offset)
    default: return
    }
  }

  private mutating func enter(_ level: Level) throws(Diagnostic) {
    guard open.count < Self.deepest else {
      throw Diagnostic(.error, .tooDeep(Self.deepest), at: location(level.offset))
    }
    open.append(level)
  }

  /// Puts a value that is complete where it belongs.
  private mutating func add(_ value: YAMLNode.Value, at offset: Int) throws(Diagnostic) {
    guard let last = open.indices.last else { return root = YAMLNode(value: value, offset: offset) }
    guard open[last].isMapping else { return open[last].nodes.append(YAMLNode(value: value, offset: offset)) }
    if let key = open[last].key {
      open[last].key = nil
      let node = YAMLNode(value: value, offset: offset)
      return open[last].members.append(YAMLNode.Member(key: key.scalar, offset: key.offset, node: node))
    }
    guard case .scalar(let key) = value else { throw Diagnostic(.error, .noKey, at: location(offset)) }
    open[last].key = (key, offset)
    if let first = open[last].keys[key.text] {
      problems.append(Diagnostic(.error, .keyTwice(key.text, location(first)), at: location(offset)))
    } else {
      open[last].keys[key.text] = offset
    }
  }

  /// Tells of an anchor and of a tag.
  private mutating func tellProperties(
    anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, at offset: Int
  ) {
    if anchor != nil { tell(.anchor, at: offset) }
    if tag != nil { tell(.tag, at: offset) }
  }

  private mutating func tell(_ message: Diagnostic.Message, at offset: Int) {
    problems.append(Diagnostic(.error, message, at: location(offset)))
  }

  private func location(_ offset: Int) -> SourceLocation { source.location(ofByte: offset) }

  /// The offset of a mark of libyaml's. Asked in ascending order, it takes linear time in all.
  private mutating func offset(_ mark: yaml_mark_t) -> Int {
    let bytes = source.bytes
    if mark.index < known.characters { known = (0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0) }
    while known.characters < mark.index, known.offset < bytes.count {
      known.offset += 1
      while known.offset < bytes.count, bytes[known.offset] & 0b1100_0000 == 0b1000_0000 { known.offset += 1 }
      known.characters += 1
    }
    return known.offset
  }

  /// Why libyaml stopped.
  private mutating func fault(_ parser: yaml_parser_t) -> Diagnostic {
    let words = parser.problem.map { String(cString: $0) } ?? "there is too little memory"
    if parser.error == YAML_READER_ERROR {
      let start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      return Diagnostic(.error, .reader(words), at: location(start + parser.problem_offset))
    }
    let offset = offset(parser.problem_mark)
    if words.hasPrefix("Maximum nesting level") {
      return Diagnostic(.error, .tooDeep(Self.deepest), at: location(offset))
    }
    let next = offset < source.bytes.count ? source.bytes[offset] : nil
    return Diagnostic(.error, .syntax(words, next), at: location(offset))
  }
}

extension Diagnostic.Message {
  fileprivate static let noMemory: Self = "there is too little memory to read the file"

  fileprivate static let nothing = Self("the file holds nothing but comments", hint: "ptflow init NAME writes a net")

  fileprivate static let secondDocument = Self("a second document begins here", hint: "a file holds one net")

  fileprivate static let alias = Self(
    "aliases are not read", hint: "write the value out, or repeat a place or transition with for")

  fileprivate static let anchor = Self(
    "anchors are not read", hint: "remove it; a place or transition is repeated with for")

  fileprivate static let tag = Self(
    "tags are not read", hint: "remove it; a text that looks like a number stands in quotes")

  fileprivate static func tooDeep(_ depth: Int) -> Self {
    Self("lists and maps are nested more than \(depth) deep", hint: "no net needs this")
  }

  fileprivate static let noKey = Self("a list or a map is no key", hint: "put quotes around a name with [ ] or { }")

  fileprivate static func keyTwice(_ key: String, _ earlier: SourceLocation) -> Self {
    Self("the key \(quoted(key)) stands twice in this map, first at \(earlier)", hint: "remove or rename one of them")
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
