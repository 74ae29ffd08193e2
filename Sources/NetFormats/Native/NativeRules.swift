import Diagnostics
import JSON
import PetriNet

/// The rules of transitions beside their places: the schema of the payload, and the guard. Where an entry is repeated,
/// variables stand in their texts as they do in prose: neither language has a `{word}` of its own.
extension NativeReader {
  /// What the payload has to be; nil, which is told, when it is no schema.
  mutating func payload(_ node: YAMLNode, _ values: Loop.Values) -> PayloadRule? {
    do throws(Diagnostics) {
      let document = document
      return try PayloadRule(try json(node, values)) { document.source.location(ofByte: $0) }
    } catch {
      for problem in error.all { errorOnce(problem.message, at: problem.location) }
      return nil
    }
  }

  /// What has to be true; nil, which is told, when it is no guard.
  mutating func condition(_ node: YAMLNode, _ values: Loop.Values) -> Guard? {
    let location = document.location(of: node)
    if case .scalar(let scalar) = node.value, scalar.kind == .boolean {
      return condition(scalar.text, at: location, isVerbatim: true)
    }
    guard let text = findings.prose(node, "when", document) else { return nil }
    let replaced = text.replacing(values)
    // In the file it stands as it is, or behind a quote.
    for (skipped, column) in [(0, location.column), (1, location.column + 1)]
    where replaced == text && document.source.bytes.dropFirst(node.offset + skipped).starts(with: text.utf8) {
      let start = SourceLocation(file: location.file, line: location.line, column: column)
      return condition(text, at: start, isVerbatim: true)
    }
    return condition(replaced, at: location, isVerbatim: false)
  }

  private mutating func condition(_ text: String, at location: SourceLocation, isVerbatim: Bool) -> Guard? {
    do throws(Diagnostics) {
      return try Guard(text, at: location, isVerbatim: isVerbatim)
    } catch {
      for problem in error.all { errorOnce(problem.message, at: problem.location) }
      return nil
    }
  }

  /// A value of YAML as the JSON that it stands for.
  private func json(_ node: YAMLNode, _ values: Loop.Values) throws(Diagnostics) -> JSONNode {
    switch node.value {
    case .scalar(let scalar): return JSONNode(offset: node.offset, value: try json(scalar, at: node, values))
    case .sequence(let nodes):
      var elements: [JSONNode] = []
      for element in nodes { elements.append(try json(element, values)) }
      return JSONNode(offset: node.offset, value: .array(elements))
    case .mapping(let members):
      var all: [JSONNode.Member] = []
      for member in members {
        let name = member.key.text.replacing(values)
        all.append(JSONNode.Member(name: name, offset: member.offset, node: try json(member.node, values)))
      }
      return JSONNode(offset: node.offset, value: .object(all))
    }
  }

  private func json(
    _ scalar: YAMLScalar, at node: YAMLNode, _ values: Loop.Values
  ) throws(Diagnostics) -> JSONNode.Value {
    switch scalar.kind {
    case .null: return .null
    case .boolean: return .boolean(scalar.text.lowercased() == "true")
    case .string: return .string(scalar.text.replacing(values))
    case .integer, .float:
      guard scalar.text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil else {
        throw Diagnostics([Diagnostic(.error, .noJSON(scalar.text), at: document.location(of: node))])
      }
      return .number(scalar.text)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noJSON(_ text: String) -> Self {
    Self(
      "\(quoted(text)) is a number of YAML and none of JSON, of which a schema is made",
      hint: "write it in decimal digits, or in quotes if it is a text")
  }
}
