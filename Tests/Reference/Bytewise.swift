/// A text that equals another only when its bytes do, as in PostgreSQL. To Swift, `é` in one character and in two are
/// the same.
struct Bytewise: Hashable, Sendable {
  let bytes: [UInt8]

  init(_ text: String) {
    bytes = Array(text.utf8)
  }
}

extension String {
  /// Whether the bytes are the same.
  public func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
