/// A value of JSON with where it stands.
public struct JSONNode: Sendable {
  /// What it is.
  public enum Value: Sendable {
    case object([Member])
    case array([JSONNode])
    case string(String)
    /// As it is written, with all its digits.
    case number(String)
    case boolean(Bool)
    case null
  }

  /// A member of an object.
  public struct Member: Sendable {
    /// Its name; several members may have the same.
    public let name: String
    /// Where its name begins, in bytes.
    public let offset: Int
    /// Its value.
    public let node: JSONNode

    /// A member.
    public init(name: String, offset: Int, node: JSONNode) {
      self.name = name
      self.offset = offset
      self.node = node
    }
  }

  /// Where it begins, in bytes.
  public let offset: Int
  /// What it is.
  public let value: Value

  /// A value.
  public init(offset: Int, value: Value) {
    self.offset = offset
    self.value = value
  }
}

extension JSONNode {
  /// The members of an object; none of anything else.
  public var members: [Member] { if case .object(let members) = value { members } else { [] } }

  /// The value of the first member with a name; nil when there is none, or this is no object.
  public subscript(name: String) -> JSONNode? { members.first { $0.name == name }?.node }

  /// Whether it is null.
  public var isNull: Bool { if case .null = value { true } else { false } }
}
