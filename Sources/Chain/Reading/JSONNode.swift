internal import Diagnostics

/// A value of a JSON text (RFC 8259), with the byte at which it stands.
struct JSONNode {
  /// The kinds of values.
  enum Value {
    case null
    case bool
    /// A number as it is written.
    case number(String)
    case string(String)
    case array([JSONNode])
    /// The members by name; none of them comes twice.
    case object([String: Member])
  }

  /// A member of an object.
  struct Member {
    /// The byte at which its name stands.
    let offset: Int
    let node: JSONNode
  }

  let offset: Int
  let value: Value
}

/// What keeps a text from being what it should be, and at which byte.
struct JSONFault: Error {
  let offset: Int
  let message: Diagnostic.Message
}

/// Reading what a value has to be: nothing is converted, nothing is left over.
extension JSONNode {
  func string() throws(JSONFault) -> String {
    guard case .string(let string) = value else { throw JSONFault(offset: offset, message: "a string is due here") }
    return string
  }

  /// A whole number of 64 bits, without fraction and exponent.
  func integer() throws(JSONFault) -> Int {
    guard case .number(let digits) = value, let number = Int(digits) else {
      throw JSONFault(offset: offset, message: "a whole number of 64 bits is due here")
    }
    return number
  }

  func hash() throws(JSONFault) -> Hash {
    guard case .string(let digits) = value, let hash = Hash(digits) else {
      throw JSONFault(offset: offset, message: "a hash of 64 hexadecimal digits is due here")
    }
    return hash
  }

  func array() throws(JSONFault) -> [JSONNode] {
    guard case .array(let nodes) = value else { throw JSONFault(offset: offset, message: "an array is due here") }
    return nodes
  }

  /// The value, or nil where it is null.
  var unlessNull: JSONNode? { if case .null = value { nil } else { self } }

  /// The members of an object that has these and no others.
  func fields<Key: CodingKey & CaseIterable & Hashable>(_: Key.Type) throws(JSONFault) -> Fields<Key> {
    guard case .object(let members) = value else { throw JSONFault(offset: offset, message: "an object is due here") }
    var nodes: [Key: JSONNode] = [:]
    for (name, member) in members.sorted(by: { $0.value.offset < $1.value.offset }) {
      guard let key = Key(stringValue: name) else { throw JSONFault(offset: member.offset, message: .unknown(name)) }
      nodes[key] = member.node
    }
    return Fields(offset: offset, nodes: nodes)
  }

  /// The members of an object by key.
  struct Fields<Key: CodingKey & Hashable> {
    fileprivate let offset: Int
    fileprivate let nodes: [Key: JSONNode]

    func callAsFunction(_ key: Key) throws(JSONFault) -> JSONNode {
      guard let node = nodes[key] else { throw JSONFault(offset: offset, message: .missing(key.stringValue)) }
      return node
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unknown(_ name: String) -> Self { Self("there is no field \"\(name)\" here") }

  fileprivate static func missing(_ name: String) -> Self { Self("the field \"\(name)\" is missing in this object") }
}
