import CYaml
import Diagnostics

/// Reads a YAML file with its comments.
///
/// libyaml passes over comments. What stands between the texts and brackets that it tells of is white space, signs such as
/// `:`, and comments, so each `#` there begins one.
///
/// - Throws: why the file is not well formed.
func readLayout(_ source: SourceFile) throws(Diagnostic) -> YAMLLayout {
  var builder = LayoutBuilder(source)
  try forEachYAMLEvent(of: source) { event, marks throws(Diagnostic) in try builder.take(event, &marks) }
  return builder.layout
}

private struct LayoutBuilder {
  /// A collection that is open.
  private struct Level {
    var collection: YAMLLayout.Collection
    /// Where its first item stands in its line.
    let column: Int
    /// A key whose value comes next, with what stands above it.
    var item: YAMLLayout.Item?
  }

  private let bytes: [UInt8]
  /// Where each line begins.
  private let lineStarts: [Int]
  private var open: [Level] = []
  private var root = YAMLLayout.Node.scalar(YAMLLayout.Scalar(lines: [], isBlock: false))
  private var rootLeading: [YAMLLayout.Comment] = []
  private var rootTrailing: String?
  private var hasRoot = false
  /// Comments with lines of their own that belong to nothing yet.
  private var pending: [YAMLLayout.Comment] = []
  private var all: [String] = []
  /// Behind what was taken last.
  private var scanned: Int
  /// Whether the empty lines from here on belong to a text above, which keeps them.
  private var isBehindKeptLines = false

  init(_ source: SourceFile) {
    bytes = source.bytes
    lineStarts = [0] + source.bytes.indices.filter { source.bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    scanned = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// What has been read.
  var layout: YAMLLayout {
    var rest = self
    rest.scan(to: bytes.count)
    return YAMLLayout(
      leading: rest.rootLeading, root: rest.root, trailing: rest.rootTrailing, footer: rest.pending,
      comments: rest.all.sorted())
  }

  mutating func take(_ event: yaml_event_t, _ marks: inout YAMLMarks) throws(Diagnostic) {
    let start = marks.offset(event.start_mark)
    switch event.type {
    case YAML_SCALAR_EVENT:
      scan(to: start)
      let style = event.data.scalar.style
      let isBlock = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE
      let end = max(start, marks.offset(event.end_mark))
      add(isBlock ? blockText(start..<end) : flowText(start..<end), at: start)
      scanned = max(scanned, end)
    case YAML_SEQUENCE_START_EVENT:
      scan(to: start)
      enter(isMapping: false, event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE, start)
    case YAML_MAPPING_START_EVENT:
      scan(to: start)
      enter(isMapping: true, event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, start)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      scan(to: start)
      leave(at: start)
    default: return
    }
  }

  private mutating func enter(isMapping: Bool, _ isFlow: Bool, _ start: Int) {
    // Above a block they belong to its first item.
    if isFlow || !open.isEmpty { begin(at: start) }
    hasRoot = true
    open.append(Level(collection: .init(isMapping: isMapping, isFlow: isFlow), column: column(of: start)))
    // A pair in a list, `[a: 1]`, is a map without a bracket.
    if isFlow, bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") { scanned = start + 1 }
  }

  private mutating func leave(at end: Int) {
    guard var level = open.popLast() else { return }
    if level.collection.isFlow {
      level.collection.footer += pending
      pending = []
      if end < bytes.count, end >= scanned, bytes[end] == UInt8(ascii: "}") || bytes[end] == UInt8(ascii: "]") {
        scanned = end + 1
      }
    } else if level.column > open.last?.column ?? -1 {
      let own = pending.prefix { $0.column >= level.column }
      level.collection.footer += own
      pending.removeFirst(own.count)
    }
    complete(.collection(level.collection))
  }

  private mutating func add(_ scalar: YAMLLayout.Scalar, at start: Int) {
    guard let last = open.indices.last, open[last].collection.isMapping, open[last].item == nil else {
      begin(at: start)
      return complete(.scalar(scalar))
    }
    open[last].item = YAMLLayout.Item(leading: takePending(), isAfterBlank: isAfterBlank(start), key: scalar)
  }

  /// What stands above a value goes to its item.
  private mutating func begin(at start: Int) {
    guard let last = open.indices.last else {
      rootLeading = takePending()
      hasRoot = true
      return
    }
    // In a map they stand above the key already, or wait for the first item of the value.
    guard !open[last].collection.isMapping else { return }
    open[last].item = YAMLLayout.Item(leading: takePending(), isAfterBlank: isAfterBlank(start))
  }

  /// Puts a value that is complete where it belongs.
  private mutating func complete(_ value: YAMLLayout.Node) {
    guard let last = open.indices.last else { return root = value }
    var item = open[last].item ?? YAMLLayout.Item()
    item.value = value
    if case .scalar = value, open[last].collection.isMapping {
      // Between the key and a text on a later line.
      item.leading += takePending()
    }
    open[last].item = nil
    open[last].collection.items.append(item)
  }

  private mutating func takePending() -> [YAMLLayout.Comment] {
    defer { pending = [] }
    return pending
  }
}

extension LayoutBuilder {
  /// Takes the comments up to an offset.
  private mutating func scan(to end: Int) {
    var isSameLine = true
    while scanned < end {
      let byte = bytes[scanned]
      if byte == UInt8(ascii: "\n") { isSameLine = false }
      guard byte == UInt8(ascii: "#") else {
        scanned += 1
        continue
      }
      let lineEnd = bytes[scanned...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      take(comment: scanned..<lineEnd, isSameLine: isSameLine)
      scanned = lineEnd
    }
  }

  private mutating func take(comment range: Range<Int>, isSameLine: Bool) {
    let text = text(range)
    all.append(text)
    if isSameLine, let last = open.indices.last {
      if open[last].item != nil, open[last].collection.isMapping, open[last].item?.keyComment == nil {
        open[last].item?.keyComment = text
        return
      }
      if open[last].item == nil, let item = open[last].collection.items.indices.last,
        open[last].collection.items[item].trailing == nil
      {
        return open[last].collection.items[item].trailing = text
      }
    } else if isSameLine, hasRoot, rootTrailing == nil {
      return rootTrailing = text
    }
    pending.append(
      .init(text: text, column: column(of: range.lowerBound), isAfterBlank: isAfterBlank(range.lowerBound)))
  }

  /// How many bytes stand before an offset in its line.
  private func column(of offset: Int) -> Int { offset - lineStarts[line(of: offset)] }

  private func line(of offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Whether the line above the one of an offset is empty, and does not belong to a text.
  private mutating func isAfterBlank(_ offset: Int) -> Bool {
    let line = line(of: offset)
    defer { isBehindKeptLines = false }
    guard !isBehindKeptLines, line > 0 else { return false }
    return bytes[lineStarts[line - 1]..<lineStarts[line]].allSatisfy(\.isXMLSpace)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self).trimmed
  }

  /// A text that is plain or in quotes, line by line.
  private func flowText(_ range: Range<Int>) -> YAMLLayout.Scalar {
    let lines = String(decoding: bytes[range], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1 else {
      return .init(lines: lines.first.map { $0.isEmpty ? [] : [String($0)] } ?? [], isBlock: false)
    }
    return .init(
      lines: lines.enumerated().map { index, line in
        let begun = index == 0 ? line : line.drop { $0 == " " || $0 == "\t" }
        return index == lines.count - 1 ? String(begun) : begun.withoutFoldedSpace
      }, isBlock: false)
  }

  /// A text under `|` or `>`: its first line, then the others without what they are indented by.
  private mutating func blockText(_ range: Range<Int>) -> YAMLLayout.Scalar {
    var lines = String(decoding: bytes[range], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }
    let head = lines.removeFirst()
    let sign = head.prefix { $0 != " " && $0 != "\t" }
    // What is left behind the last end of a line belongs to what follows.
    if lines.last?.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
    let outer = open.last?.column ?? 0
    let told = sign.first(where: \.isWholeNumber).flatMap(\.wholeNumberValue)
    let first = lines.first { !$0.allSatisfy { $0 == " " } }
    let indent = told.map { outer + $0 } ?? first?.prefix { $0 == " " }.count ?? 0
    lines = lines.map { line in
      let spaces = line.prefix { $0 == " " }.count
      return line.dropFirst(min(spaces, indent))
    }
    isBehindKeptLines = sign.contains("+")
    if !isBehindKeptLines { while lines.last?.isEmpty == true { lines.removeLast() } }
    let needsNumber = lines.first { !$0.isEmpty }?.first == " "
    let signs = sign.filter { !$0.isWholeNumber }
    let rest = head.dropFirst(sign.count)
    let header = signs.prefix(1) + (needsNumber ? "2" : "") + signs.dropFirst() + rest
    return .init(lines: [String(header).trimmed] + lines.map(String.init), isBlock: true)
  }
}

extension Substring {
  /// The line without the white space at its end, which means nothing unless the first of it is escaped.
  fileprivate var withoutFoldedSpace: String {
    var line = self
    while let last = line.last, last == " " || last == "\t" || last == "\r" { line.removeLast() }
    let slashes = line.reversed().prefix { $0 == "\\" }.count
    return slashes % 2 == 1 && line.endIndex < endIndex ? String(self[...line.endIndex]) : String(line)
  }
}
