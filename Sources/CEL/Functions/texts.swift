internal import JSON
internal import JSONSchema

/// The methods of texts, and `join` of lists of texts. Places are counted in characters from zero.
let textMethods: [String: Function] = [
  "contains": ofTwo { .boolean($0.range(of: $1, from: 0) != nil) },
  "startsWith": ofTwo { .boolean($0.starts(with: $1)) },
  "endsWith": ofTwo { .boolean($0.suffix($1.count).elementsEqual($1) && $1.count <= $0.count) },
  "matches": matches, "charAt": charAt, "indexOf": indexOf, "substring": substring, "replace": replace,
  "split": split, "join": join,
  "lowerAscii": ofOne { text in text.map { "A"..."Z" ~= $0 ? Unicode.Scalar($0.value + 32) ?? $0 : $0 } },
  "upperAscii": ofOne { text in text.map { "a"..."z" ~= $0 ? Unicode.Scalar($0.value - 32) ?? $0 : $0 } },
  "trim": ofOne { text in
    let start = text.firstIndex { !$0.properties.isWhitespace } ?? text.endIndex
    let end = text.lastIndex { !$0.properties.isWhitespace }.map { $0 + 1 } ?? start
    return Array(text[start..<end])
  },
]

private typealias Scalars = [Unicode.Scalar]

extension Value {
  private init(_ scalars: some Sequence<Unicode.Scalar>) {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    self = .string(Text(String(text)))
  }

  fileprivate static func text(_ scalars: some Sequence<Unicode.Scalar>) -> Value { Value(scalars) }

  fileprivate var scalars: Scalars? {
    if case .string(let text) = self { Array(text.string.unicodeScalars) } else { nil }
  }

  fileprivate var int: Int? { if case .int(let number) = self { Int(number) } else { nil } }
}

extension Scalars {
  /// Where a text begins in it first, at a place or after it.
  fileprivate func range(of other: Scalars, from start: Int) -> Range<Int>? {
    guard start + other.count <= count else { return nil }
    for place in start...(count - other.count) where self[place...].starts(with: other) {
      return place..<(place + other.count)
    }
    return nil
  }
}

private func ofOne(_ function: @escaping @Sendable (Scalars) -> Scalars) -> Function {
  { arguments throws(FunctionError) in
    guard arguments.count == 1, let text = arguments[0].scalars else { throw .noOverload }
    return .text(function(text))
  }
}

private func ofTwo(_ function: @escaping @Sendable (Scalars, Scalars) -> Value) -> Function {
  { arguments throws(FunctionError) in
    guard arguments.count == 2, let text = arguments[0].scalars, let other = arguments[1].scalars else {
      throw .noOverload
    }
    return function(text, other)
  }
}

/// A regular expression may match any part of the text.
private func matches(_ arguments: [Value]) throws(FunctionError) -> Value {
  guard arguments.count == 2, case .string(let text) = arguments[0], case .string(let expression) = arguments[1] else {
    throw .noOverload
  }
  do {
    return .boolean(try Pattern(expression.string).matches(text.string))
  } catch {
    throw FunctionError("the pattern: \(error.message)")
  }
}

private func outside(_ place: Int) -> FunctionError { FunctionError("the text has no place \(place)") }

private func charAt(_ arguments: [Value]) throws(FunctionError) -> Value {
  guard arguments.count == 2, let text = arguments[0].scalars, let place = arguments[1].int else { throw .noOverload }
  guard 0...text.count ~= place else { throw outside(place) }
  return .text(text[place...].prefix(1))
}

private func indexOf(_ arguments: [Value]) throws(FunctionError) -> Value {
  guard 2...3 ~= arguments.count, let text = arguments[0].scalars, let other = arguments[1].scalars else {
    throw .noOverload
  }
  var start = 0
  if arguments.count == 3 {
    guard let place = arguments[2].int else { throw .noOverload }
    guard 0...text.count ~= place else { throw outside(place) }
    start = place
  }
  return .int(text.range(of: other, from: start).map { Int64($0.lowerBound) } ?? -1)
}

private func substring(_ arguments: [Value]) throws(FunctionError) -> Value {
  guard 2...3 ~= arguments.count, let text = arguments[0].scalars, let start = arguments[1].int else {
    throw .noOverload
  }
  var end = text.count
  if arguments.count == 3 {
    guard let place = arguments[2].int else { throw .noOverload }
    end = place
  }
  guard 0...text.count ~= end else { throw outside(end) }
  guard 0...end ~= start else { throw outside(start) }
  return .text(text[start..<end])
}

/// The parts of a text between places where another stands; at most so many, or all when the number is negative.
private func parts(_ text: Scalars, _ separator: Scalars, _ most: Int) -> [Scalars] {
  guard most != 0 else { return [] }
  var parts: [Scalars] = []
  var start = 0
  if separator.isEmpty {
    while start < text.count, parts.count + 1 != most || most < 0 {
      guard start + 1 < text.count else { break }
      parts.append([text[start]])
      start += 1
    }
    return text.isEmpty ? [] : parts + [Array(text[start...])]
  }
  while parts.count + 1 != most, let range = text.range(of: separator, from: start) {
    parts.append(Array(text[start..<range.lowerBound]))
    start = range.upperBound
  }
  return parts + [Array(text[start...])]
}

private func split(_ arguments: [Value]) throws(FunctionError) -> Value {
  guard 2...3 ~= arguments.count, let text = arguments[0].scalars, let separator = arguments[1].scalars,
    let most = arguments.count == 3 ? arguments[2].int : -1
  else { throw .noOverload }
  return .list(parts(text, separator, most).map { .text($0) })
}

private func replace(_ arguments: [Value]) throws(FunctionError) -> Value {
  guard 3...4 ~= arguments.count, let text = arguments[0].scalars, let old = arguments[1].scalars,
    let new = arguments[2].scalars, let most = arguments.count == 4 ? arguments[3].int : -1
  else { throw .noOverload }
  guard !old.isEmpty else { throw FunctionError("replace has nothing to look for") }
  return .text(parts(text, old, most < 0 || most == .max ? -1 : most + 1).joined(separator: new))
}

private func join(_ arguments: [Value]) throws(FunctionError) -> Value {
  guard 1...2 ~= arguments.count, case .list(let elements) = arguments[0],
    let separator = arguments.count == 2 ? arguments[1].scalars : []
  else { throw .noOverload }
  var texts: [Scalars] = []
  for element in elements {
    guard let text = element.scalars else { throw .noOverload }
    texts.append(text)
  }
  return .text(texts.joined(separator: separator))
}
