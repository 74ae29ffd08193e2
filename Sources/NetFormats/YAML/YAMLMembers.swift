import Diagnostics

/// What may stand in a map of the native format.
struct YAMLMembers {
  /// What the map is, in a sentence: `a place`.
  let what: String
  /// The keys that are read.
  let known: [String]
  /// The keys that have a meaning which this version does not have yet.
  var later: [String] = []
}

extension Findings {
  /// Tells of the keys of a map that are unknown, or not supported yet.
  mutating func check(_ node: YAMLNode, _ members: YAMLMembers, _ document: YAMLDocument) {
    for member in node.members where !members.known.contains(member.key.text) {
      let (key, location) = (member.key.text, document.location(of: member))
      if members.later.contains(key) {
        error(.later(key, members.what), at: location)
      } else {
        var suggestions = Suggestions(from: members.known)
        error(.unknownKey(key, members, suggestions.nearest(to: key)), at: location)
      }
    }
  }

  /// The map that a value is; nil, which is told, when it is something else. Nothing is an empty map.
  mutating func map(_ node: YAMLNode, _ what: @autoclosure () -> String, _ document: YAMLDocument) -> YAMLNode? {
    if case .mapping = node.value { return node }
    if !node.isNull { error(.noMap(what(), node.kind), at: document.location(of: node)) }
    return nil
  }

  /// The whole number that a value is; nil, which is told, when it is something else.
  mutating func wholeNumber(
    _ node: YAMLNode, _ what: @autoclosure () -> String, least: Int, _ document: YAMLDocument
  ) -> Int? {
    let location = document.location(of: node)
    guard case .scalar(let scalar) = node.value, scalar.kind != .null else {
      error(.noNumber(what(), node.kind), at: location)
      return nil
    }
    if !scalar.isPlain, case .number = WholeNumber(scalar.text) {
      error(.numberInQuotes(what(), scalar.text), at: location)
      return nil
    }
    let digits = scalar.text.utf8
    if scalar.kind == .integer, digits.count > 1, digits.first == UInt8(ascii: "0") || digits.first == UInt8(ascii: "+")
    {
      error(.otherDigits(what(), scalar.text), at: location)
      return nil
    }
    return wholeNumber(scalar.text, what(), least: least, at: location)
  }

  /// A truth value; false, which is told, when it is something else.
  mutating func boolean(_ node: YAMLNode, _ what: @autoclosure () -> String, _ document: YAMLDocument) -> Bool {
    if case .scalar(let scalar) = node.value {
      if scalar.isPlain, scalar.text == "true" { return true }
      if scalar.isPlain, scalar.text == "false" { return false }
    }
    error(.noBoolean(what(), node.kind), at: document.location(of: node))
    return false
  }

  /// Prose; nil when it is empty, or, which is told, no text.
  mutating func prose(_ node: YAMLNode?, _ what: @autoclosure () -> String, _ document: YAMLDocument) -> String? {
    guard let node, !node.isNull else { return nil }
    guard case .scalar(let scalar) = node.value else {
      error(.noText(what(), node.kind), at: document.location(of: node))
      return nil
    }
    let text = scalar.text.trimmed
    return text.isEmpty ? nil : text
  }

  /// The name that a value or a key is; nil, which is told, when it is no text.
  mutating func name(_ scalar: YAMLScalar, _ what: @autoclosure () -> String, at location: SourceLocation) -> String? {
    guard scalar.kind == .string else {
      error(scalar.kind == .null ? .noName(what()) : .nameWithoutQuotes(what(), scalar.text), at: location)
      return nil
    }
    guard !scalar.text.isEmpty else {
      error(.noName(what()), at: location)
      return nil
    }
    return scalar.text
  }
}

extension Diagnostic.Message {
  fileprivate static func later(_ key: String, _ what: String) -> Self {
    Self(
      "\(quoted(key)) of \(what) is not supported yet by this version",
      hint: "leave it out only if the net may mean the same without it")
  }

  fileprivate static func unknownKey(_ key: String, _ members: YAMLMembers, _ near: String?) -> Self {
    Self(
      "\(quoted(key)) means nothing in \(members.what)",
      hint: near.map { "did you mean \(quoted($0))?" } ?? "what is known here: \(members.known.joined(separator: ", "))"
    )
  }

  fileprivate static func noMap(_ what: String, _ found: String) -> Self {
    Self("\(what) is a map, but \(found) stands here", hint: "write KEY: VALUE, one a line and indented, or in { }")
  }

  fileprivate static func noNumber(_ what: String, _ found: String) -> Self {
    Self("\(what) is a number, but \(found) stands here", hint: "write it in digits")
  }

  fileprivate static func numberInQuotes(_ what: String, _ text: String) -> Self {
    Self("\(what) is \(quoted(text)), in quotes, which is a text and no number", hint: "write it without quotes")
  }

  fileprivate static func otherDigits(_ what: String, _ text: String) -> Self {
    Self(
      "\(what) is \(clipped(text)), which not every program takes for the same number",
      hint: "write it in decimal digits, without a zero or a sign in front")
  }

  fileprivate static func noBoolean(_ what: String, _ found: String) -> Self {
    Self("\(what) is true or false, but \(found) stands here")
  }

  fileprivate static func noText(_ what: String, _ found: String) -> Self {
    Self("\(what) is a text, but \(found) stands here", hint: "put it in quotes")
  }

  fileprivate static func noName(_ what: String) -> Self { Self("\(what) has no name", hint: "give it one") }

  fileprivate static func nameWithoutQuotes(_ what: String, _ text: String) -> Self {
    Self(
      "\(clipped(text)) is no name of \(what): YAML takes it for something else than a text",
      hint: "write it in quotes: \(quoted(text))")
  }
}
