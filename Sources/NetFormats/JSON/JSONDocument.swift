import Diagnostics
import JSON

/// A file as a tree of values.
struct JSONDocument: Sendable {
  /// The file.
  let source: SourceFile
  /// Its value.
  let root: JSONNode

  /// Parses a file.
  init(_ source: SourceFile) throws(Diagnostics) {
    self.source = source
    do throws(JSONFault) {
      root = try parseJSON(source.bytes, title: "the file", deepest: Self.deepest)
    } catch {
      throw Diagnostics([Diagnostic(.error, .fault(error.message), at: source.location(ofByte: error.offset))])
    }
  }

  /// Files that nest deeper than this are not drawn by anyone.
  private static let deepest = 200

  /// Where a value begins.
  func location(of node: JSONNode) -> SourceLocation { source.location(ofByte: node.offset) }

  /// Where the name of a member begins.
  func location(of member: JSONNode.Member) -> SourceLocation { source.location(ofByte: member.offset) }
}

extension JSONDocument: Content {
  var unrecognised: Diagnostic { Diagnostic(.error, .notANet, at: location(of: root)) }
}

extension JSONNode {
  /// The text of a string without white space around it; nil for anything else, and when it is empty.
  var words: String? {
    guard case .string(let text) = value, !text.trimmed.isEmpty else { return nil }
    return text.trimmed
  }

  /// The elements of an array; nil for anything else.
  var elements: [JSONNode]? { if case .array(let elements) = value { elements } else { nil } }

  /// Whether it is an object.
  var isObject: Bool { if case .object = value { true } else { false } }

  /// Whether it says nothing: null, false, or an empty string, array or object.
  var isVoid: Bool {
    switch value {
    case .null, .boolean(false): true
    case .string(let text): text.isEmpty
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    case .boolean, .number: false
    }
  }

  /// A number with or without a fraction; nil for anything else.
  var double: Double? { if case .number(let digits) = value { Double(digits) } else { nil } }
}

extension Diagnostic.Message {
  fileprivate static func fault(_ words: String) -> Self { Self("this is not JSON: \(words)") }

  fileprivate static let notANet = Self("this JSON is no net in a format that is read", hint: whatIsRead)
}
