import Diagnostics

/// A value of a YAML file: light, because only the reader looks at it, and only once.
struct YAMLNode: Sendable {
  /// What it holds.
  indirect enum Value: Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([Member])
  }

  /// A key and its value.
  struct Member: Sendable {
    let key: YAMLScalar
    /// The offset at which the key begins.
    let offset: Int
    let node: YAMLNode
  }

  let value: Value
  /// The offset at which it begins.
  let offset: Int

  /// The members of a mapping; none of anything else.
  var members: [Member] { if case .mapping(let members) = value { members } else { [] } }

  /// The value of the first member with a key.
  subscript(key: String) -> YAMLNode? { members.first { $0.key.text == key }?.node }

  /// Whether nothing stands there.
  var isNull: Bool { if case .scalar(let scalar) = value { scalar.kind == .null } else { false } }

  /// What it is, in a sentence.
  var kind: String {
    switch value {
    case .scalar(let scalar): scalar.kind == .null ? "nothing" : quoted(scalar.text)
    case .sequence: "a list"
    case .mapping: "a map"
    }
  }
}

/// A file as a tree of values.
struct YAMLDocument: Sendable {
  /// The file.
  let source: SourceFile
  /// Its value.
  let root: YAMLNode
  /// What is wrong with single values, while the tree is sound.
  let problems: [Diagnostic]

  /// Where a value begins.
  func location(of node: YAMLNode) -> SourceLocation { source.location(ofByte: node.offset) }

  /// Where a key begins.
  func location(of member: YAMLNode.Member) -> SourceLocation { source.location(ofByte: member.offset) }
}

extension YAMLDocument: Content {
  var unrecognised: Diagnostic { source.unrecognised }
}
