import Diagnostics

/// The words of a file of LoLA's: names, and the marks `,` `:` `;` `(` `)`. Comments stand between braces, or after `//`.
struct LoLAWords {
  /// A word of the file.
  struct Word {
    let text: String
    /// Where it begins.
    let offset: Int
    /// Whether it is the end of the file.
    var isEnd: Bool { text.isEmpty }
    /// Whether it is a name, and no mark.
    var isName: Bool { text.utf8.first.map { !$0.isMark } ?? false }
  }

  /// The word that comes next.
  private(set) var next = Word(text: "", offset: 0)
  /// A comment that does not end.
  private(set) var problem: Diagnostic?
  private var cursor: TextCursor

  /// The words of a file from its beginning.
  init(_ source: SourceFile) {
    cursor = TextCursor(source)
    advance()
  }

  /// Where the next word stands.
  var location: SourceLocation { cursor.source.location(ofByte: next.offset) }

  /// Goes past the next word when it is this one.
  mutating func takeIf(_ text: String) -> Bool {
    guard next.text == text else { return false }
    advance()
    return true
  }

  /// Goes past the next word, which must be this one.
  mutating func take(_ text: String) throws(Diagnostic) {
    guard takeIf(text) else { throw Diagnostic(.error, .expected(text, next), at: location) }
  }

  /// Goes past a name, which the next word must be.
  mutating func name(_ what: String) throws(Diagnostic) -> Name {
    guard next.isName else { throw Diagnostic(.error, .expected(what, next), at: location) }
    defer { advance() }
    return Name(id: next.text, location: location)
  }

  private mutating func advance() {
    skipComments()
    let offset = cursor.offset
    guard let byte = cursor.next else { return next = Word(text: "", offset: offset) }
    guard !byte.isMark else {
      cursor.advance()
      return next = Word(text: String(Unicode.Scalar(byte)), offset: offset)
    }
    next = Word(text: cursor.takeAll { !$0.isXMLSpace && !$0.isMark && $0 != UInt8(ascii: "{") }, offset: offset)
  }

  private mutating func skipComments() {
    while true {
      cursor.takeAll(\.isXMLSpace)
      let location = cursor.location
      if cursor.take("//") {
        cursor.takeAll { !$0.isNewline }
      } else if cursor.take("{") {
        cursor.takeAll { $0 != UInt8(ascii: "}") }
        guard cursor.take("}") else { return problem = problem ?? Diagnostic(.error, .openComment, at: location) }
      } else {
        return
      }
    }
  }
}

extension UInt8 {
  fileprivate var isMark: Bool {
    switch self {
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func expected(_ what: String, _ word: LoLAWords.Word) -> Self {
    let found = word.isEnd ? "the file ends" : "\(quoted(word.text)) stands"
    return Self("\(found) where \(what) should be")
  }

  fileprivate static let openComment = Self("this comment is not closed", hint: "write } at its end")
}
