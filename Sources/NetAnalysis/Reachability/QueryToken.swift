import Diagnostics

/// A word, a name, a number or a sign of a query.
struct QueryToken {
  /// What kind of token it is.
  enum Kind: Equatable {
    case word
    case quoted
    case number(Int)
    case sign
    case end
  }

  let kind: Kind
  /// The name without its quotes, or the token as it stands.
  let text: String
  /// Where it begins, in characters, from one.
  let column: Int

  /// Whether it can be a name.
  var isName: Bool { kind == .word || kind == .quoted }

  /// Whether it has a meaning of its own, unless it is quoted.
  var isReserved: Bool { ["and", "or", "not", "deadlock", "enabled"].contains(text.lowercased()) }

  /// Whether it is that word, in any case.
  func isWord(_ word: String) -> Bool { kind == .word && text.lowercased() == word }

  /// Whether it is that sign.
  func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
}

/// The tokens of a query, and an end.
func queryTokens(_ text: String) throws(QueryError) -> [QueryToken] {
  let scalars = Array(text.unicodeScalars)
  var tokens: [QueryToken] = []
  var index = 0
  while index < scalars.count {
    let start = index
    let scalar = scalars[index]
    func text(_ end: Int) -> String { String(String.UnicodeScalarView(scalars[start..<end])) }
    if scalar.properties.isWhitespace {
      index += 1
    } else if scalar == "'" || scalar == "\"" {
      let (name, end) = try quotedName(scalars, from: start)
      index = end
      tokens.append(QueryToken(kind: .quoted, text: name, column: start + 1))
    } else if isDigit(scalar) {
      while index < scalars.count, isLetter(scalars[index]) { index += 1 }
      guard let number = Int(text(index)) else {
        throw QueryError(message: .noNumber(text(index)), column: start + 1)
      }
      tokens.append(QueryToken(kind: .number(number), text: text(index), column: start + 1))
    } else if isLetter(scalar) {
      while index < scalars.count, isLetter(scalars[index]) { index += 1 }
      tokens.append(QueryToken(kind: .word, text: text(index), column: start + 1))
    } else {
      let pair = index + 1 < scalars.count ? text(index + 2) : ""
      let sign = ["<=", ">=", "<>", "!=", "==", "&&", "||", "->"].contains(pair) ? pair : text(index + 1)
      guard "()[]+-*<>=!".contains(sign) || sign.count == 2 else {
        throw QueryError(message: .noSign(sign), column: start + 1)
      }
      index += sign.unicodeScalars.count
      tokens.append(QueryToken(kind: .sign, text: sign, column: start + 1))
    }
  }
  return tokens + [QueryToken(kind: .end, text: "", column: scalars.count + 1)]
}

/// The name in quotes that begins somewhere, in which a doubled quote stands for one, and where it ends.
private func quotedName(
  _ scalars: [Unicode.Scalar], from start: Int
) throws(QueryError) -> (name: String, end: Int) {
  let quote = scalars[start]
  var name = ""
  var index = start + 1
  while index < scalars.count {
    if scalars[index] == quote {
      guard index + 1 < scalars.count, scalars[index + 1] == quote else { return (name, index + 1) }
      index += 1
    }
    name.unicodeScalars.append(scalars[index])
    index += 1
  }
  throw QueryError(message: .noQuote(String(Character(quote))), column: start + 1)
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  scalar == "_" || scalar == "." || scalar == "$" || scalar.properties.isAlphabetic
    || scalar.properties.numericType != nil
}

extension Diagnostic.Message {
  fileprivate static func noNumber(_ text: String) -> Self {
    Self("\(text) is no number of 64 bits", hint: "a name that begins with a digit needs quotes")
  }

  fileprivate static func noSign(_ text: String) -> Self {
    Self("\(text) has no meaning here", hint: "a name with such a sign needs quotes")
  }

  fileprivate static func noQuote(_ quote: String) -> Self { "this name does not end: \(quote) is missing" }
}
