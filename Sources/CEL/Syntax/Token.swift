internal import JSON

/// A word of an expression.
struct Token {
  enum Kind {
    case name(String)
    /// A name in backticks, which only a member may have.
    case quotedName(String)
    case literal(Value)
    /// 9223372036854775808, which only a sign makes an int.
    case leastInt
    /// An operator or a bracket.
    case mark(String)
    case end
  }

  let kind: Kind
  let offset: Int

  var isEnd: Bool { if case .end = kind { true } else { false } }
}

/// Takes an expression apart (cel-spec, langdef.md, "Syntax").
struct Lexer {
  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  /// All words, the last of which is the end.
  mutating func tokens() throws(CELRefusal) -> [Token] {
    var tokens: [Token] = []
    repeat {
      skipSpace()
      let start = index
      tokens.append(Token(kind: try token(), offset: start))
    } while !(tokens.last?.isEnd ?? true)
    return tokens
  }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    index + distance < scalars.count ? scalars[index + distance] : nil
  }

  private mutating func skipSpace() {
    while let scalar = next {
      if " \t\n\r\u{0C}".unicodeScalars.contains(scalar) {
        index += 1
      } else if scalar == "/", peek(1) == "/" {
        while let scalar = next, scalar != "\n" { index += 1 }
      } else {
        return
      }
    }
  }

  private mutating func token() throws(CELRefusal) -> Token.Kind {
    guard let scalar = next else { return .end }
    if scalar.isDigit || scalar == "." && peek(1)?.isDigit == true { return try number() }
    if let literal = try string() { return .literal(literal) }
    if scalar.isLetter {
      let start = index
      while let scalar = next, scalar.isLetter || scalar.isDigit { index += 1 }
      return .name(text(start..<index))
    }
    if scalar == "`" {
      let start = index + 1
      index += 1
      while let scalar = next, scalar != "`", scalar != "\n" { index += 1 }
      guard next == "`", index > start else { throw CELRefusal("a name in backticks does not end", at: start - 1) }
      index += 1
      return .quotedName(text(start..<(index - 1)))
    }
    for mark in ["<=", ">=", "==", "!=", "&&", "||"] where text(index..<min(index + 2, scalars.count)) == mark {
      index += 2
      return .mark(mark)
    }
    guard "<>+-*/%!?:.,()[]{}".unicodeScalars.contains(scalar) else {
      throw CELRefusal("the character \(scalar) has no meaning here", at: index)
    }
    index += 1
    return .mark(String(Character(scalar)))
  }

  private func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }

  /// A number; its sign is an operator.
  private mutating func number() throws(CELRefusal) -> Token.Kind {
    let start = index
    func isHexadecimal(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && scalar.properties.isASCIIHexDigit }
    if next == "0", peek(1) == "x" || peek(1) == "X", peek(2).map(isHexadecimal) == true {
      index += 2
      let first = index
      while let scalar = next, isHexadecimal(scalar) { index += 1 }
      return try whole(text(first..<index), radix: 16, from: start)
    }
    while next?.isDigit == true { index += 1 }
    var isDouble = false
    if next == ".", peek(1)?.isDigit == true {
      isDouble = true
      index += 1
      while next?.isDigit == true { index += 1 }
    }
    if next == "e" || next == "E" {
      let sign = peek(1) == "+" || peek(1) == "-" ? 1 : 0
      if peek(1 + sign)?.isDigit == true {
        isDouble = true
        index += 1 + sign
        while next?.isDigit == true { index += 1 }
      }
    }
    guard isDouble else { return try whole(text(start..<index), radix: 10, from: start) }
    guard let double = Double(text(start..<index)), double.isFinite else {
      throw CELRefusal("this number is too large for a double", at: start)
    }
    return .literal(.double(double))
  }

  private mutating func whole(_ digits: String, radix: Int, from start: Int) throws(CELRefusal) -> Token.Kind {
    if next == "u" || next == "U" {
      index += 1
      guard let number = UInt64(digits, radix: radix) else {
        throw CELRefusal("this number is too large for 64 bits", at: start)
      }
      return .literal(.uint(number))
    }
    if let number = Int64(digits, radix: radix) { return .literal(.int(number)) }
    if UInt64(digits, radix: radix) == Int64.min.magnitude { return .leastInt }
    throw CELRefusal("this number is too large for 64 bits", at: start)
  }
}

extension Lexer {
  /// A text, if one begins here.
  private mutating func string() throws(CELRefusal) -> Value? {
    let start = index
    var quote = index
    var (isRaw, isBytes) = (false, false)
    while quote < scalars.count, quote - index < 2 {
      switch scalars[quote] {
      case "r" where !isRaw, "R" where !isRaw: isRaw = true
      case "b" where !isBytes, "B" where !isBytes: isBytes = true
      default:
        guard scalars[quote] == "\"" || scalars[quote] == "'" else { return nil }
        return try string(from: start, quote: quote, isRaw: isRaw, isBytes: isBytes)
      }
      quote += 1
    }
    guard quote < scalars.count, scalars[quote] == "\"" || scalars[quote] == "'" else { return nil }
    return try string(from: start, quote: quote, isRaw: isRaw, isBytes: isBytes)
  }

  private mutating func string(
    from start: Int, quote: Int, isRaw: Bool, isBytes: Bool
  ) throws(CELRefusal) -> Value {
    let mark = scalars[quote]
    let isLong = scalars[quote...].prefix(3) == [mark, mark, mark]
    index = quote + (isLong ? 3 : 1)
    var text = String.UnicodeScalarView()
    while let scalar = next {
      if scalar == mark, !isLong || scalars[index...].prefix(3) == [mark, mark, mark] {
        index += isLong ? 3 : 1
        guard !isBytes else {
          throw CELRefusal("bytes are not supported", at: start, hint: "Compare texts.")
        }
        return .string(Text(String(text)))
      }
      if !isLong, scalar == "\n" || scalar == "\r" { break }
      if scalar == "\\", !isRaw {
        text.append(try escape(inBytes: isBytes))
      } else {
        text.append(scalar)
        index += 1
      }
    }
    throw CELRefusal("this text does not end", at: start)
  }

  private mutating func escape(inBytes: Bool) throws(CELRefusal) -> Unicode.Scalar {
    let start = index
    index += 2
    func number(_ digits: Range<Int>, _ radix: Int) -> Unicode.Scalar? {
      guard digits.upperBound <= scalars.count else { return nil }
      let text = text(digits)
      guard text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
      return UInt32(text, radix: radix).flatMap(Unicode.Scalar.init)
    }
    let plain: [Unicode.Scalar: Unicode.Scalar] = [
      "a": "\u{07}", "b": "\u{08}", "f": "\u{0C}", "n": "\n", "r": "\r", "t": "\t", "v": "\u{0B}", "\\": "\\",
      "?": "?", "\"": "\"", "'": "'", "`": "`",
    ]
    guard start + 1 < scalars.count else { throw CELRefusal("this text does not end", at: start) }
    let letter = scalars[start + 1]
    if let scalar = plain[letter] { return scalar }
    let (first, count, radix) =
      switch letter {
      case "x", "X": (index, 2, 16)
      case "u": (index, 4, 16)
      case "U": (index, 8, 16)
      case "0", "1", "2", "3": (index - 1, 3, 8)
      default: throw CELRefusal("this is no escape that CEL has", at: start)
      }
    guard let scalar = number(first..<(first + count), radix) else {
      throw CELRefusal("this escape is no character", at: start)
    }
    index = first + count
    return scalar
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { "0"..."9" ~= self }

  /// Whether a name may begin with it.
  fileprivate var isLetter: Bool { "a"..."z" ~= self || "A"..."Z" ~= self || self == "_" }
}
