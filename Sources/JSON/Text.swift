/// A text of which two are equal when they have the same characters (Unicode scalars), as in JSON and in PostgreSQL.
///
/// Two `String`s are equal to Swift as well when one of them has "é" and the other "e" with an accent.
public struct Text: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The text.
  public let string: String

  /// A text.
  public init(_ string: String) { self.string = string }

  /// A text of our own sources.
  public init(stringLiteral string: String) { self.string = string }

  /// How many characters it has.
  public var count: Int { string.unicodeScalars.count }

  /// Whether two texts have the same characters.
  public static func == (first: Text, second: Text) -> Bool { first.string.utf8.elementsEqual(second.string.utf8) }

  /// Hashes the characters.
  public func hash(into hasher: inout Hasher) {
    var string = string
    string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }
}

extension Text: CustomStringConvertible {
  /// The text.
  public var description: String { string }
}
