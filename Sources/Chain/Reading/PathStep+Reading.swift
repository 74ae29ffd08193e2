internal import Diagnostics

extension PathStep: Encodable {
  /// The fields in a file; both are always there.
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case left
    case right
  }

  /// Writes the hash on its side, and null for the other.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .left(let hash):
      try container.encode(hash, forKey: .left)
      try container.encodeNil(forKey: .right)
    case .right(let hash):
      try container.encodeNil(forKey: .left)
      try container.encode(hash, forKey: .right)
    }
  }

  init(_ node: JSONNode) throws(JSONFault) {
    let fields = try node.fields(CodingKeys.self)
    switch (try fields(.left).unlessNull, try fields(.right).unlessNull) {
    case (let left?, nil): self = .left(try left.hash())
    case (nil, let right?): self = .right(try right.hash())
    default: throw JSONFault(offset: node.offset, message: .sides)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let sides: Self = "one of left and right is null in this step, and only one"
}
