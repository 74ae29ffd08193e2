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
    try forEachYAMLEvent(of: source) { event, marks throws(Diagnostic) in try builder.take(event, &marks) }
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

  init(_ source: SourceFile) { self.source = source }

  mutating func take(_ event: yaml_event_t, _ marks: inout YAMLMarks) throws(Diagnostic) {
    let offset = marks.offset(event.start_mark)
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
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      let length = event.end_mark.index - event.start_mark.index
      let isVerbatim =
        event.start_mark.line == event.end_mark.line && length == text.unicodeScalars.count + (isPlain ? 0 : 2)
      try add(.scalar(YAMLScalar(text: text, isPlain: isPlain, isVerbatim: isVerbatim)), at: offset)
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
    guard open.count < deepestYAML else {
      throw Diagnostic(.error, .nestedTooDeep(deepestYAML), at: location(level.offset))
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
}

extension Diagnostic.Message {
  fileprivate static let nothing = Self("the file holds nothing but comments", hint: "ptflow init NAME writes a net")

  fileprivate static let secondDocument = Self("a second document begins here", hint: "a file holds one net")

  fileprivate static let alias = Self(
    "aliases are not read", hint: "write the value out, or repeat a place or transition with for")

  fileprivate static let anchor = Self(
    "anchors are not read", hint: "remove it; a place or transition is repeated with for")

  fileprivate static let tag = Self(
    "tags are not read", hint: "remove it; a text that looks like a number stands in quotes")

  fileprivate static let noKey = Self("a list or a map is no key", hint: "put quotes around a name with [ ] or { }")

  fileprivate static func keyTwice(_ key: String, _ earlier: SourceLocation) -> Self {
    Self("the key \(quoted(key)) stands twice in this map, first at \(earlier)", hint: "remove or rename one of them")
  }
}
