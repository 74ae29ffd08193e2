extension Expression {
  /// An expression may be so long, in characters.
  public static let longest = 16_384

  /// Parts of an expression may be nested so deep.
  public static let deepest = 200

  /// Parses an expression (cel-spec, langdef.md, "Syntax" and "Macros").
  ///
  /// - Throws: the first thing that is no CEL.
  public static func parse(_ text: String) throws(CELRefusal) -> Expression {
    guard text.unicodeScalars.count <= longest else {
      throw CELRefusal("it is longer than \(longest) characters", at: 0)
    }
    var lexer = Lexer(text)
    var parser = Parser(try lexer.tokens())
    return try parser.whole()
  }
}

/// Builds the tree, one method a rule of the grammar.
private struct Parser {
  private let tokens: [Token]
  private var index = 0
  private var depth = 0

  init(_ tokens: [Token]) {
    self.tokens = tokens
  }

  mutating func whole() throws(CELRefusal) -> Expression {
    let expression = try conditional()
    guard next.isEnd else { throw unexpected }
    return expression
  }

  private var next: Token { tokens[index] }

  private mutating func take(_ mark: String) -> Bool {
    guard case .mark(mark) = next.kind else { return false }
    index += 1
    return true
  }

  private mutating func demand(_ mark: String) throws(CELRefusal) {
    guard take(mark) else { throw CELRefusal("a \(mark) is missing here", at: next.offset) }
  }

  private var unexpected: CELRefusal {
    switch next.kind {
    case .end: CELRefusal("the expression ends too early", at: next.offset)
    case .name(let name): CELRefusal("\"\(name)\" has no place here", at: next.offset)
    case .quotedName: CELRefusal("a name in backticks stands after a point only", at: next.offset)
    case .literal, .leastInt: CELRefusal("this value has no place here", at: next.offset)
    case .mark(let mark): CELRefusal("\(mark) has no place here", at: next.offset)
    }
  }

  /// An expression from parts, none of which is nested too deep.
  private func make(_ kind: Expression.Kind, at offset: Int) throws(CELRefusal) -> Expression {
    let expression = Expression(kind, at: offset)
    guard expression.depth <= Expression.deepest else {
      throw CELRefusal("parts are nested more than \(Expression.deepest) deep", at: offset)
    }
    return expression
  }

  private func call(_ name: String, _ arguments: [Expression], at offset: Int) throws(CELRefusal) -> Expression {
    try make(.call(name, arguments, isMethod: false), at: offset)
  }

  private mutating func conditional() throws(CELRefusal) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Expression.deepest else {
      throw CELRefusal("parts are nested more than \(Expression.deepest) deep", at: next.offset)
    }
    let condition = try binary(0)
    let offset = next.offset
    guard take("?") else { return condition }
    let first = try binary(0)
    try demand(":")
    return try call("_?_:_", [condition, first, try conditional()], at: offset)
  }

  /// The operators, the weakest first.
  private static let operators: [[String]] = [
    ["||"], ["&&"], ["<", "<=", ">=", ">", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"],
  ]

  private mutating func binary(_ level: Int) throws(CELRefusal) -> Expression {
    guard level < Self.operators.count else { return try unary() }
    var left = try binary(level + 1)
    while let name = nextOperator(Self.operators[level]) {
      let offset = next.offset
      index += 1
      let right = try binary(level + 1)
      left = try call(name == "in" ? "@in" : "_\(name)_", [left, right], at: offset)
    }
    return left
  }

  private func nextOperator(_ names: [String]) -> String? {
    switch next.kind {
    case .mark(let mark): names.contains(mark) ? mark : nil
    case .name("in"): names.contains("in") ? "in" : nil
    default: nil
    }
  }

  private mutating func unary() throws(CELRefusal) -> Expression {
    let offset = next.offset
    for (mark, name) in [("!", "!_"), ("-", "-_")] {
      var count = 0
      while take(mark) { count += 1 }
      guard count > 0 else { continue }
      var operand: Expression
      // The last minus belongs to a number that follows it.
      switch (mark, next.kind) {
      case ("-", .literal(.int(let number))):
        operand = try member(of: Expression(.literal(.int(-number)), at: next.offset), skipping: 1)
        count -= 1
      case ("-", .literal(.double(let number))):
        operand = try member(of: Expression(.literal(.double(-number)), at: next.offset), skipping: 1)
        count -= 1
      case ("-", .leastInt):
        operand = try member(of: Expression(.literal(.int(.min)), at: next.offset), skipping: 1)
        count -= 1
      default: operand = try member()
      }
      for _ in 0..<count { operand = try call(name, [operand], at: offset) }
      return operand
    }
    return try member()
  }

  private mutating func member() throws(CELRefusal) -> Expression {
    let primary = try primary()
    return try member(of: primary, skipping: 0)
  }

  private mutating func member(of start: Expression, skipping count: Int) throws(CELRefusal) -> Expression {
    index += count
    var operand = start
    while true {
      let offset = next.offset
      if take(".") {
        let place = next.offset
        switch next.kind {
        case .quotedName(let name):
          index += 1
          operand = try make(.member(operand, name, isTest: false), at: place)
        case .name(let name) where !keywords.contains(name):
          index += 1
          if take("(") {
            operand = try method(name, on: operand, try arguments(until: ")"), at: place)
          } else {
            operand = try make(.member(operand, name, isTest: false), at: place)
          }
        default: throw unexpected
        }
      } else if take("[") {
        let key = try conditional()
        try demand("]")
        operand = try call("_[_]", [operand, key], at: offset)
      } else {
        return operand
      }
    }
  }

  private mutating func primary() throws(CELRefusal) -> Expression {
    let token = next
    switch token.kind {
    case .literal(let value):
      index += 1
      return Expression(.literal(value), at: token.offset)
    case .leastInt: throw CELRefusal("this number is too large for 64 bits", at: token.offset)
    case .name("true"), .name("false"), .name("null"):
      index += 1
      if case .name("null") = token.kind { return Expression(.literal(.null), at: token.offset) }
      if case .name("true") = token.kind { return Expression(.literal(.boolean(true)), at: token.offset) }
      return Expression(.literal(.boolean(false)), at: token.offset)
    case .name: return try named()
    case .mark("."):
      index += 1
      guard case .name = next.kind else { throw unexpected }
      return try named()
    case .mark("("):
      index += 1
      let inner = try conditional()
      try demand(")")
      return inner
    case .mark("["):
      index += 1
      return try make(.list(try arguments(until: "]")), at: token.offset)
    case .mark("{"):
      index += 1
      return try map(at: token.offset)
    case .mark, .quotedName, .end: throw unexpected
    }
  }

  private mutating func named() throws(CELRefusal) -> Expression {
    let token = next
    guard case .name(let name) = token.kind, !keywords.contains(name), !reserved.contains(name) else {
      throw unexpected
    }
    index += 1
    if take("(") { return try function(name, try arguments(until: ")"), at: token.offset) }
    return Expression(.name(name), at: token.offset)
  }

  private mutating func arguments(until end: String) throws(CELRefusal) -> [Expression] {
    var arguments: [Expression] = []
    while !take(end) {
      arguments.append(try conditional())
      guard take(",") else {
        try demand(end)
        break
      }
      if end == ")", case .mark(")") = next.kind { throw unexpected }
    }
    return arguments
  }

  private mutating func map(at offset: Int) throws(CELRefusal) -> Expression {
    var entries: [(key: Expression, value: Expression)] = []
    while !take("}") {
      let key = try conditional()
      try demand(":")
      entries.append((key, try conditional()))
      guard take(",") else {
        try demand("}")
        break
      }
    }
    return try make(.map(entries), at: offset)
  }
}

extension Parser {
  /// A call; `has` is a macro.
  private func function(_ name: String, _ arguments: [Expression], at offset: Int) throws(CELRefusal) -> Expression {
    guard name == "has" else { return try call(name, arguments, at: offset) }
    guard arguments.count == 1, case .member(let operand, let field, isTest: false) = arguments[0].kind else {
      throw CELRefusal("has asks for one member: has(a.b)", at: offset)
    }
    return try make(.member(operand, field, isTest: true), at: arguments[0].offset)
  }

  /// A call of a method; several are macros.
  private func method(
    _ name: String, on target: Expression, _ arguments: [Expression], at offset: Int
  ) throws(CELRefusal) -> Expression {
    if case .name(let namespace) = target.kind, namespaces.contains(namespace) {
      return try call("\(namespace).\(name)", arguments, at: target.offset)
    }
    guard let macro = Expression.Comprehension.Macro(rawValue: name),
      arguments.count == (macro == .map ? 3 : 2)
        || macro == .map && arguments.count == 2
    else { return try make(.call(name, [target] + arguments, isMethod: true), at: offset) }
    guard case .name(let variable) = arguments[0].kind else {
      throw CELRefusal("\(name) takes the name of its element first", at: arguments[0].offset)
    }
    let (condition, result): (Expression?, Expression?) =
      switch macro {
      case .map: arguments.count == 3 ? (arguments[1], arguments[2]) : (nil, arguments[1])
      case .all, .exists, .existsOne, .filter: (arguments[1], nil)
      }
    return try make(
      .comprehension(
        Expression.Comprehension(
          macro: macro, range: target, variable: variable, condition: condition, result: result)),
      at: offset)
  }
}

/// What can be no name at all.
private let keywords: Set<String> = ["false", "in", "null", "true"]

/// What can be no name of a variable.
private let reserved: Set<String> = [
  "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
  "return", "var", "void", "while",
]

/// What stands before the functions of an extension.
private let namespaces: Set<String> = ["math", "strings"]
