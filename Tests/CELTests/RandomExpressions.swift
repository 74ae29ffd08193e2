import CEL
import JSON

/// Expressions at random, most of which have a value.
struct RandomExpressions {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The variables of all expressions.
  static let variables: [String: Value] = [
    "payload": Value(
      .object([
        "amount": .number(Decimal("12.50") ?? Decimal(0)), "count": .number(Decimal(-7)), "name": "Ünïcode 😀",
        "tags": .array(["a", "b", "c", "b"]), "open": .boolean(true), "none": .null,
        "large": .number(Decimal("1e30") ?? Decimal(0)),
        "lines": .array([
          .object(["price": .number(Decimal("0.1") ?? Decimal(0)), "pieces": .number(Decimal(3))]),
          .object(["price": .number(Decimal("20") ?? Decimal(0)), "pieces": .number(Decimal(0))]),
        ]),
      ])),
    "tokens.stock": .int(5), "multiple": .int(2), "seq": .int(41), "small": .uint(3), "ratio": .double(0.1),
    "now": .timestamp(1_767_225_599_123_456_789), "lease": .duration(-90_500_000_000),
    "actor": .string("ann"), "role": .string(""),
  ]

  private mutating func next(_ count: Int) -> Int {
    // xorshift64*
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 2_685_821_657_736_338_717) >> 33) % count
  }

  private mutating func one(_ choices: [String]) -> String { choices[next(choices.count)] }

  mutating func expression() -> String { next(2) == 0 ? truth(3) : any(2) }

  private mutating func any(_ depth: Int) -> String {
    switch next(7) {
    case 0: number(depth)
    case 1: text(depth)
    case 2: truth(depth)
    case 3: time(depth)
    case 4: list(depth)
    case 5: "{\(text(0)): \(number(0)), \(number(0)): \(text(0)), true: \(one(["null", "[1]", "{}"]))}"
    default: one(["payload", "payload.none", "payload.lines", "missing", "payload.missing", "null", "dyn(1)"])
    }
  }

  private mutating func number(_ depth: Int) -> String {
    guard depth > 0 else {
      return one([
        "0", "1", "-3", "2.5", "0.1", "1e300", "-0.0", "7u", "9223372036854775807", "18446744073709551615u", "0.5",
        "-2.5",
        "payload.amount", "payload.count", "payload.large", "tokens.stock", "multiple", "small", "ratio",
        "9007199254740993",
        "-9223372036854775808", "1e-300", "payload.lines[1].price", "1e20",
      ])
    }
    let inner = depth - 1
    return switch next(12) {
    case 0, 1, 2, 3:
      "(\(number(inner)) \(one(["+", "-", "*", "/", "%"])) \(number(inner)))"
    case 4: "-(\(number(inner)))"
    case 5: "\(one(["int", "uint", "double", "math.abs", "math.ceil", "math.floor", "math.round"]))(\(number(inner)))"
    case 6: "\(one(["math.least", "math.greatest"]))(\(number(inner)), \(number(inner)))"
    case 7: "size(\(any(inner)))"
    case 8: "\(text(inner)).indexOf(\(text(inner)))"
    case 9: "(\(truth(inner)) ? \(number(inner)) : \(number(inner)))"
    case 10: "\(one(["int", "double", "uint"]))(\(text(inner)))"
    default: "\(time(inner)).\(one(["getHours", "getSeconds", "getFullYear", "getMilliseconds", "getDayOfYear"]))()"
    }
  }

  private mutating func text(_ depth: Int) -> String {
    guard depth > 0 else {
      return one([
        "''", "'a'", "'b'", "'12'", "'-3.5e2'", "'Äö ß'", "payload.name", "actor", "role", "'true'", "' x '",
        "'1h2.5s'",
      ])
    }
    let inner = depth - 1
    return switch next(8) {
    case 0: "(\(text(inner)) + \(text(inner)))"
    case 1: "\(text(inner)).\(one(["lowerAscii", "upperAscii", "trim"]))()"
    case 2: "\(text(inner)).substring(\(number(0)))"
    case 3: "\(text(inner)).replace(\(text(0)), \(text(0)), \(one(["-1", "0", "1", "2"])))"
    case 4: "string(\(any(inner)))"
    case 5: "\(text(inner)).split(\(text(0))).join(\(text(0)))"
    case 6: "\(text(inner)).charAt(\(one(["0", "1", "3", "-1"])))"
    default: "\(list(inner))[\(number(0))]"
    }
  }

  private mutating func time(_ depth: Int) -> String {
    guard depth > 0 else {
      return one([
        "now", "lease", "timestamp('2024-02-29T23:59:60Z')", "timestamp('0001-01-01T00:00:00.000000001Z')",
        "timestamp('1969-12-31T23:59:59.5-01:00')", "duration('-1h30.5s')", "duration('1ms2us3ns')", "timestamp(-1)",
        "timestamp('2023-02-29T00:00:00Z')", "duration('2562047h')",
      ])
    }
    return "(\(time(depth - 1)) \(one(["+", "-"])) \(time(depth - 1)))"
  }

  private mutating func list(_ depth: Int) -> String {
    guard depth > 0 else {
      return one(["[]", "payload.tags", "[1, 2u, 3.0, 'a']", "[[1], {'a': 1}, null]", "payload.lines"])
    }
    let inner = depth - 1
    return switch next(5) {
    case 0: "[\(any(inner)), \(any(inner))]"
    case 1: "(\(list(inner)) + \(list(inner)))"
    case 2: "\(list(inner)).filter(x, \(predicate(inner)))"
    case 3: "\(list(inner)).map(x, \(one(["x", "x + x", "string(x)", "[x]", "x == 1 ? 'one' : 'more'"])))"
    default: "{'k': 1, 'a': 2, 3: 4}.map(x, x)"
    }
  }

  private mutating func predicate(_ depth: Int) -> String {
    one([
      "x == 'b'", "x != 2", "x in \(list(0))", "x > 1", "has(x.price)", "x.price > 1 || true", "size(x) > 0",
      truth(max(depth - 1, 0)),
    ])
  }

  private mutating func truth(_ depth: Int) -> String {
    guard depth > 0 else {
      return one(["true", "false", "payload.open", "payload.missing", "has(payload.none)", "has(payload.zzz)", "1"])
    }
    let inner = depth - 1
    return switch next(9) {
    case 0: "(\(truth(inner)) && \(truth(inner)))"
    case 1: "(\(truth(inner)) || \(truth(inner)))"
    case 2: "!\(truth(inner))"
    case 3, 4: "(\(any(inner)) \(one(["==", "!="])) \(any(inner)))"
    case 5: "(\(number(inner)) \(one(["<", "<=", ">", ">=", "=="])) \(number(inner)))"
    case 6: "(\(any(inner)) \(one(["<", ">="])) \(any(inner)))"
    case 7: "\(list(inner)).\(one(["all", "exists", "exists_one"]))(x, \(predicate(inner)))"
    default: "\(text(inner)).\(one(["contains", "startsWith", "endsWith"]))(\(text(inner)))"
    }
  }
}
