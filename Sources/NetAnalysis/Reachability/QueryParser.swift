internal import Diagnostics
public import PetriNet

extension Query {
  /// Reads a query: `X_WINS >= 1 and (O_WINS + 2 * 'my place' < 3 or not enabled(pay))`.
  ///
  /// Places are named as they are, or in single or double quotes when the name is no word. `and`, `or`, `not`, `deadlock`
  /// and `enabled(transition)` are read in any case; `&&`, `||` and `!` mean the same, and `==` and `!=` are read too.
  ///
  /// - Throws: the first mistake.
  public init(_ text: String, of net: Net) throws(QueryError) {
    var parser = QueryParser(tokens: try queryTokens(text), net: net)
    guard let query = try parser.property().query else { throw QueryError(message: .ofRuns, column: 1) }
    self = query
  }
}

extension Property {
  /// Reads a property: a query, in which beside `and`, `or` and `not` there may be `->` and, of runs, `AG`, `AF`, `AX`,
  /// `EG`, `EF`, `EX` before a part, `A[… U …]` and `E[… U …]`.
  ///
  /// - Throws: the first mistake.
  public init(_ text: String, of net: Net) throws(QueryError) {
    var parser = QueryParser(tokens: try queryTokens(text), net: net)
    self = try parser.property()
  }
}

/// Recursive descent; a value is a truth or a number, and each operator says which it needs.
private struct QueryParser {
  private enum Value {
    case truth(Property)
    case number(TokenSum)
  }

  let tokens: [QueryToken]
  let net: Net
  private var position = 0
  private var depth = 0

  init(tokens: [QueryToken], net: Net) {
    self.tokens = tokens
    self.net = net
  }

  private var token: QueryToken { tokens[position] }

  /// A whole text.
  mutating func property() throws(QueryError) -> Property {
    let start = token
    let value = try implication()
    guard token.kind == .end else { throw QueryError(message: .unexpected(token.text), column: token.column) }
    return try truth(value, start)
  }

  /// From right to left, as usual.
  private mutating func implication() throws(QueryError) -> Value {
    let start = token
    let first = try any()
    guard token.isSign("->") else { return first }
    try descend()
    defer { depth -= 1 }
    position += 1
    let second = token
    return .truth(.some([try truth(first, start).opposite, try truth(try implication(), second)]))
  }

  private mutating func any() throws(QueryError) -> Value {
    try joined("or", "||", Property.some) { parser throws(QueryError) in try parser.all() }
  }

  private mutating func all() throws(QueryError) -> Value {
    try joined("and", "&&", Property.every) { parser throws(QueryError) in try parser.negation() }
  }

  /// Truths with a word between them.
  private mutating func joined(
    _ word: String, _ sign: String, _ join: ([Property]) -> Property,
    _ part: (inout QueryParser) throws(QueryError) -> Value
  ) throws(QueryError) -> Value {
    let start = token
    let first = try part(&self)
    guard token.isWord(word) || token.isSign(sign) else { return first }
    var parts = [try truth(first, start)]
    while token.isWord(word) || token.isSign(sign) {
      position += 1
      let start = token
      parts.append(try truth(try part(&self), start))
    }
    return .truth(join(parts))
  }

  private mutating func negation() throws(QueryError) -> Value {
    if let runs = try runs() { return .truth(runs) }
    guard token.isWord("not") || token.isSign("!") else { return try comparison() }
    try descend()
    defer { depth -= 1 }
    position += 1
    let start = token
    return .truth(try truth(try negation(), start).opposite)
  }

  /// What speaks of runs; nil when the next word is a place, or something else.
  private mutating func runs() throws(QueryError) -> Property? {
    let operators: [String: (Property) -> Property] = [
      "AG": Property.invariantly, "AF": Property.inevitably, "AX": Property.next,
      "EG": Property.existsGlobally, "EF": Property.possibly, "EX": Property.existsNext,
    ]
    guard token.kind == .word, position + 1 < tokens.count else { return nil }
    let follower = tokens[position + 1]
    if let make = operators[token.text], follower.beginsATruth {
      try descend()
      defer { depth -= 1 }
      position += 1
      let start = self.token
      return make(try truth(try negation(), start))
    }
    guard ["A", "E"].contains(token.text), follower.isSign("[") else { return nil }
    try descend()
    defer { depth -= 1 }
    let isAll = token.text == "A"
    position += 2
    let start = token
    let first = try truth(try implication(), start)
    guard token.kind == .word, token.text == "U" else {
      throw QueryError(message: .expected("U"), column: token.column)
    }
    position += 1
    let second = token
    let end = try truth(try implication(), second)
    try expect("]")
    return isAll ? .until(first, end) : .existsUntil(first, end)
  }

  private mutating func comparison() throws(QueryError) -> Value {
    let start = token
    let left = try sum()
    guard token.kind == .sign, let comparison = Query.Comparison(sign: token.text) else { return left }
    let sign = token
    position += 1
    let first = try number(left, start)
    let second = token
    let right = try number(try sum(), second)
    guard let difference = first.adding(right, times: -1) else {
      throw QueryError(message: .tooLarge, column: sign.column)
    }
    return .truth(.now(.compare(difference, comparison)))
  }

  private mutating func sum() throws(QueryError) -> Value {
    let start = token
    var value = try product()
    while token.isSign("+") || token.isSign("-") {
      let sign = token
      position += 1
      let second = token
      let (left, right) = (try number(value, start), try number(try product(), second))
      guard let sum = left.adding(right, times: sign.text == "+" ? 1 : -1) else {
        throw QueryError(message: .tooLarge, column: sign.column)
      }
      value = .number(sum)
    }
    return value
  }

  private mutating func product() throws(QueryError) -> Value {
    let start = token
    var value = try primary()
    while token.isSign("*") {
      let sign = token
      position += 1
      let second = token
      let (left, right) = (try number(value, start), try number(try primary(), second))
      guard left.factors.isEmpty || right.factors.isEmpty else {
        throw QueryError(message: .notLinear, column: sign.column)
      }
      let (factor, sum) = left.factors.isEmpty ? (left.number, right) : (right.number, left)
      guard let product = TokenSum(0).adding(sum, times: factor) else {
        throw QueryError(message: .tooLarge, column: sign.column)
      }
      value = .number(product)
    }
    return value
  }

  private mutating func primary() throws(QueryError) -> Value {
    let token = token
    switch token.kind {
    case .number(let number):
      position += 1
      return .number(TokenSum(number))
    case .sign where token.text == "-":
      try descend()
      defer { depth -= 1 }
      position += 1
      let start = self.token
      guard let negative = TokenSum(0).adding(try number(try primary(), start), times: -1) else {
        throw QueryError(message: .tooLarge, column: token.column)
      }
      return .number(negative)
    case .sign where token.text == "(":
      try descend()
      defer { depth -= 1 }
      position += 1
      let value = try implication()
      try expect(")")
      return value
    case .word where token.isWord("deadlock"):
      position += 1
      return .truth(.now(.deadlock(true)))
    case .word where token.isWord("enabled"):
      position += 1
      try expect("(")
      let transition = self.token
      guard transition.isName else { throw QueryError(message: .transitionExpected, column: transition.column) }
      position += 1
      try expect(")")
      return .truth(.now(.enabled(try index(of: transition, "transition", net.transitions.map(\.name)), true)))
    case .word where !token.isReserved, .quoted:
      position += 1
      let names = net.places.map(\.name)
      if self.token.isSign("("), !names.contains(token.text) {
        throw QueryError(message: .otherTool(token.text), column: token.column)
      }
      return .number(TokenSum(place: try index(of: token, "place", names)))
    case .word, .sign: throw QueryError(message: .unexpected(token.text), column: token.column)
    case .end: throw QueryError(message: .tooShort, column: token.column)
    }
  }

  private func index(of token: QueryToken, _ kind: String, _ names: [String]) throws(QueryError) -> Int {
    if let index = names.firstIndex(of: token.text) { return index }
    var suggestions = Suggestions(from: names)
    let nearest = suggestions.nearest(to: token.text)
    throw QueryError(message: .noSuch(kind, token.text, nearest), column: token.column)
  }

  private mutating func expect(_ sign: String) throws(QueryError) {
    guard token.isSign(sign) else { throw QueryError(message: .expected(sign), column: token.column) }
    position += 1
  }

  /// A query may not be nested so deeply that reading it uses up the stack.
  private mutating func descend() throws(QueryError) {
    depth += 1
    if depth > 200 { throw QueryError(message: .tooDeep, column: token.column) }
  }

  private func truth(_ value: Value, _ start: QueryToken) throws(QueryError) -> Property {
    guard case .truth(let property) = value else { throw QueryError(message: .notATruth, column: start.column) }
    return property
  }

  private func number(_ value: Value, _ start: QueryToken) throws(QueryError) -> TokenSum {
    guard case .number(let sum) = value else { throw QueryError(message: .notANumber, column: start.column) }
    return sum
  }
}

extension QueryToken {
  /// Whether a part that is true or false can begin here, so that a word before it is no place.
  fileprivate var beginsATruth: Bool { kind == .word || kind == .quoted || isSign("(") || isSign("!") }
}

extension Query.Comparison {
  fileprivate init?(sign: String) {
    switch sign {
    case "==": self = .equal
    case "!=": self = .different
    default: self.init(rawValue: sign)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unexpected(_ text: String) -> Self { "\(text) is not expected here" }

  fileprivate static func expected(_ sign: String) -> Self { "here should be \(sign)" }

  fileprivate static let ofRuns = Self(
    "this speaks of runs", hint: "a query of a marking is needed here, without AG, AF, EF, EG, A[ ] and E[ ]")

  fileprivate static func otherTool(_ word: String) -> Self {
    Self("\(word)( ) has no meaning here", hint: "the tokens of a place are its name alone: place >= 1")
  }

  fileprivate static let tooShort = Self(
    "the query ends too early", hint: "a comparison is needed: place >= 1")

  fileprivate static let tooDeep: Self = "the query is nested too deeply"

  fileprivate static let tooLarge: Self = "a number becomes larger than a query allows"

  fileprivate static let notLinear = Self("places are multiplied with each other", hint: "a factor must be a number")

  fileprivate static let notATruth = Self("this is a number", hint: "compare it: >= 1")

  fileprivate static let notANumber = Self("this is true or false", hint: "a number of tokens is needed here")

  fileprivate static let transitionExpected = Self(
    "enabled needs the name of a transition", hint: "in quotes when it is no word: enabled('send letter')")

  fileprivate static func noSuch(_ kind: String, _ name: String, _ nearest: String?) -> Self {
    Self("there is no \(kind) called \"\(name)\"", hint: nearest.map { "did you mean \"\($0)\"?" })
  }
}
