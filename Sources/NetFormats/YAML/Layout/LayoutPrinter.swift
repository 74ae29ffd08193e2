/// Writes a file in the one layout that there is: two spaces a level, a space behind a sign, no more than one empty line.
///
/// What stands in `[ ]` and `{ }` stays there on one line, as long as that holds it and there is no comment in it; else it
/// becomes a block.
struct LayoutPrinter {
  /// The longest line that a list or a map in brackets may make.
  private static let width = 120

  private(set) var lines: [String] = []

  /// The text of a file.
  static func text(of layout: YAMLLayout) -> String {
    var printer = LayoutPrinter()
    printer.add(layout.leading, indent: 0)
    let trailing = layout.trailing.map { [YAMLLayout.Comment(text: $0, column: 0, isAfterBlank: false)] } ?? []
    if case .collection(let collection) = layout.root, printer.flow(layout.root, behind: 0) == nil {
      printer.add(trailing, indent: 0)
      printer.add(collection, indent: 0)
    } else {
      printer.add(layout.root, behind: "", comment: nil, indent: -2)
      printer.add(trailing, indent: 0)
    }
    printer.add(layout.footer, indent: 0)
    return printer.lines.joined(separator: "\n") + "\n"
  }

  private mutating func add(_ comments: [YAMLLayout.Comment], indent: Int) {
    for comment in comments {
      addBlank(comment.isAfterBlank)
      lines.append(spaces(indent) + comment.text)
    }
  }

  /// An empty line, unless nothing stands above.
  private mutating func addBlank(_ isWanted: Bool) {
    if isWanted, lines.last?.isEmpty == false { lines.append("") }
  }

  private mutating func add(_ collection: YAMLLayout.Collection, indent: Int) {
    for (index, item) in collection.items.enumerated() { add(item, indent: indent, isFirst: index == 0) }
    add(collection.footer, indent: indent)
  }

  private mutating func add(_ item: YAMLLayout.Item, indent: Int, isFirst: Bool) {
    var value = item.value
    var leading = item.leading
    if item.key == nil { leading += hoisted(&value) }

    // There is room for one comment: behind a value on the same line, or behind the key of a block.
    var comments = [item.keyComment, item.trailing].compactMap { $0 }
    var beside: String?
    if isInline(item, indent: indent) {
      beside = comments.popLast()
    } else if item.key != nil, case .collection = value, !comments.isEmpty {
      beside = comments.removeFirst()
    }
    leading += comments.map { YAMLLayout.Comment(text: $0, column: 0, isAfterBlank: false) }

    for (index, comment) in leading.enumerated() {
      if index > 0 || !isFirst { addBlank(comment.isAfterBlank) }
      lines.append(spaces(indent) + comment.text)
    }
    if !isFirst || !leading.isEmpty { addBlank(item.isAfterBlank) }
    let sign = item.key.map { ($0.lines.first ?? "") + ":" } ?? "-"
    add(value, behind: spaces(indent) + sign, comment: beside, indent: indent, isBehindKey: item.key != nil)
  }

  /// The comments above the first item of a block in a list, which begins on the line of the dash.
  private func hoisted(_ value: inout YAMLLayout.Node) -> [YAMLLayout.Comment] {
    guard case .collection(var collection) = value, !collection.items.isEmpty else { return [] }
    var comments = collection.items[0].leading
    collection.items[0].leading = []
    if collection.items[0].key == nil { comments += hoisted(&collection.items[0].value) }
    value = .collection(collection)
    return comments
  }

  /// Whether the value stands on the line of its key or dash.
  private func isInline(_ item: YAMLLayout.Item, indent: Int) -> Bool {
    switch item.value {
    case .scalar(let scalar): !scalar.isBlock && scalar.lines.count <= 1
    case .collection: flow(item.value, behind: indent + (item.key?.lines.first?.count ?? 0) + 2) != nil
    }
  }

  /// A value behind its key or dash.
  private mutating func add(
    _ value: YAMLLayout.Node, behind head: String, comment: String?, indent: Int, isBehindKey: Bool = false
  ) {
    let comment = comment.map { "  \($0)" } ?? ""
    let gap = head.isEmpty ? "" : " "
    switch value {
    case .scalar(let scalar):
      guard let first = scalar.lines.first else { return lines.append(head + comment) }
      lines.append(head + gap + first + comment)
      lines += scalar.lines.dropFirst().map { $0.isEmpty ? "" : spaces(indent + 2) + $0 }
    case .collection(let collection):
      if let flow = flow(value, behind: head.count + 1) { return lines.append(head + gap + flow + comment) }
      if isBehindKey {
        lines.append(head + comment)
        return add(collection, indent: indent + 2)
      }
      // The first item stands on the line of the dash.
      let start = lines.count
      add(collection, indent: indent + 2)
      lines[start] = head + " " + lines[start].dropFirst(indent + 2)
    }
  }

  /// A list or a map on one line; nil when it is a block, holds a comment, or is too long.
  private func flow(_ node: YAMLLayout.Node, behind column: Int) -> String? {
    guard case .collection(let collection) = node, collection.isFlow || collection.items.isEmpty, !node.hasComments,
      let text = flow(node), column + text.count <= Self.width || collection.items.isEmpty
    else { return nil }
    return text
  }

  /// The text of a value between brackets; nil when it has several lines.
  private func flow(_ node: YAMLLayout.Node) -> String? {
    switch node {
    case .scalar(let scalar):
      return scalar.isBlock || scalar.lines.count > 1 ? nil : scalar.lines.first ?? ""
    case .collection(let collection):
      var items: [String] = []
      for item in collection.items {
        guard let value = flow(item.value) else { return nil }
        let key = item.key?.lines.first ?? ""
        items.append(item.key == nil ? value : value.isEmpty ? key : "\(key): \(value)")
      }
      let text = items.joined(separator: ", ")
      return collection.isMapping ? "{\(text)}" : "[\(text)]"
    }
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }
}
