/// A value of JSON as PostgreSQL's `jsonb` keeps it: numbers exact, and of members with one name the last.
///
/// Equal documents are equal values.
public enum Document: Hashable, Sendable {
  /// A member of an object.
  public struct Member: Hashable, Sendable {
    /// Its name.
    public let name: Text
    /// Its value.
    public let value: Document
  }

  case null
  case boolean(Bool)
  case number(Decimal)
  case string(Text)
  case array([Document])
  /// The members in the order of `jsonb`: shorter names first, in bytes, then by their bytes.
  case object([Member])

  /// A text of JSON that is a document may nest so deep.
  public static let deepest = 1000

  /// The value that has been parsed.
  ///
  /// - Throws: where a number stands that `numeric` cannot hold.
  public init(_ node: JSONNode) throws(JSONFault) {
    switch node.value {
    case .null: self = .null
    case .boolean(let truth): self = .boolean(truth)
    case .string(let string): self = .string(Text(string))
    case .number(let digits):
      guard let number = Decimal(digits) else { throw JSONFault(offset: node.offset, message: numberTooLarge) }
      self = .number(number)
    case .array(let elements):
      var documents: [Document] = []
      for element in elements { documents.append(try Document(element)) }
      self = .array(documents)
    case .object(let members):
      var values: [Text: Document] = [:]
      for member in members { values[Text(member.name)] = try Document(member.node) }
      self = .object(values)
    }
  }

  /// An object by its members.
  public static func object(_ members: [Text: Document]) -> Document {
    .object(members.map { Member(name: $0, value: $1) }.sorted { $0.name.precedes($1.name) })
  }

  /// The member with a name; nil when there is none, or this is no object.
  public subscript(name: Text) -> Document? {
    guard case .object(let members) = self else { return nil }
    var (low, high) = (0, members.count)
    while low < high {
      let middle = (low + high) / 2
      if members[middle].name.precedes(name) { low = middle + 1 } else { high = middle }
    }
    return low < members.count && members[low].name == name ? members[low].value : nil
  }
}

extension Document {
  /// The value as JSON, on one line.
  public var json: String {
    switch self {
    case .null: "null"
    case .boolean(let truth): truth ? "true" : "false"
    case .number(let number): number.description
    case .string(let text): JSON.json(text.string)
    case .array(let elements): "[" + elements.map(\.json).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\(JSON.json($0.name.string)): \($0.value.json)" }.joined(separator: ", ") + "}"
    }
  }

  /// Whether there is a text with U+0000 in it, which no `jsonb` can hold.
  public var hasZeroCharacter: Bool {
    switch self {
    case .null, .boolean, .number: false
    case .string(let text): text.hasZeroCharacter
    case .array(let elements): elements.contains(where: \.hasZeroCharacter)
    case .object(let members): members.contains { $0.name.hasZeroCharacter || $0.value.hasZeroCharacter }
    }
  }
}

extension Document: ExpressibleByStringLiteral {
  /// A text of our own sources.
  public init(stringLiteral text: String) { self = .string(Text(text)) }
}

extension Text {
  /// Whether U+0000 is among its characters, which no text of PostgreSQL can hold.
  public var hasZeroCharacter: Bool { string.utf8.contains(0) }

  /// Whether it comes before another among the names of a `jsonb` object.
  public func precedes(_ other: Text) -> Bool {
    let (own, others) = (string.utf8.count, other.string.utf8.count)
    return own == others ? string.utf8.lexicographicallyPrecedes(other.string.utf8) : own < others
  }
}

private let numberTooLarge =
  "this number is too large or too fine for PostgreSQL: it holds 131072 digits before the point and 16383 after it"
