public import Diagnostics
internal import JSON
internal import JSONSchema

extension Net {
  /// Reads the text that `canonicalForm` writes.
  ///
  /// The net has the places, transitions and arcs in the order of the text, and neither title nor drawing. Its canonical
  /// form is the text again, byte for byte: a text that says the same in other words is refused.
  ///
  /// - Parameters:
  ///   - text: the canonical form.
  ///   - name: the net's name, which is no part of it.
  ///   - file: what the locations of diagnostics call the text.
  /// - Throws: every line that cannot be read; or what the net is refused for; or the first line that is not in the
  ///   canonical form.
  public init(canonicalForm text: String, name: String, file: String = "canonical form") throws(Diagnostics) {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    func location(_ index: Int) -> SourceLocation { SourceLocation(file: file, line: index + 1, column: 1) }

    var reader = CanonicalFormReader()
    // What follows the last newline is no line.
    for (index, line) in lines.enumerated() where index < lines.count - 1 || !line.isEmpty {
      reader.read(line, at: location(index))
    }
    guard reader.problems.isEmpty else { throw Diagnostics(reader.problems) }
    try self.init(
      name: name, places: reader.places, transitions: reader.transitions, arcs: reader.arcs, roles: reader.roles)

    let written = canonicalLines + [""]
    let different = (0..<max(lines.count, written.count)).first { index in
      index >= min(lines.count, written.count) || !lines[index].elementsEqual(written[index].unicodeScalars)
    }
    if let different { throw Diagnostics([Diagnostic(.error, .notCanonical, at: location(different))]) }
  }
}

/// The parts of a net as the lines of a canonical form name them.
private struct CanonicalFormReader {
  private(set) var places: [Place] = []
  private(set) var roles: [Role] = []
  private(set) var transitions: [Transition] = []
  private(set) var arcs: [Arc] = []
  private(set) var problems: [Diagnostic] = []
  /// The index of a place by its name.
  private var placeIndices: [String: Int] = [:]
  /// The index of a transition by its name.
  private var transitionIndices: [String: Int] = [:]

  /// Takes a line.
  mutating func read(_ line: Substring.UnicodeScalarView, at location: SourceLocation) {
    let isRead = words(of: line).map { add($0, at: location) } ?? false
    if !isRead { problems.append(Diagnostic(.error, .unreadable, at: location)) }
  }

  /// Adds what a line says.
  ///
  /// - Returns: whether it says anything.
  private mutating func add(_ words: [Word], at location: SourceLocation) -> Bool {
    switch words.first?.bare {
    case "place": addPlace(words, at: location)
    case "role": addRole(words, at: location)
    case "transition": addTransition(words, at: location)
    case "arc": addArc(words, at: location)
    default: false
    }
  }

  /// `place NAME initial NUMBER`, then perhaps `capacity NUMBER`.
  private mutating func addPlace(_ words: [Word], at location: SourceLocation) -> Bool {
    guard words.count == 4 || words.count == 6, let name = words[1].name, words[2].bare == "initial",
      let initial = words[3].number, words.count == 4 || (words[4].bare == "capacity" && words[5].number != nil)
    else { return false }
    placeIndices[name] = places.count
    places.append(Place(name, initial: initial, capacity: words.count == 4 ? nil : words[5].number, location: location))
    return true
  }

  /// `role NAME`, then perhaps `creates`, then perhaps `destroys`.
  private mutating func addRole(_ words: [Word], at location: SourceLocation) -> Bool {
    guard words.count > 1, let name = words[1].name else { return false }
    let rights = words[2...].map(\.bare)
    guard [[], ["creates"], ["destroys"], ["creates", "destroys"]].contains(rights) else { return false }
    roles.append(
      Role(name, mayCreate: rights.contains("creates"), mayDestroy: rights.contains("destroys"), location: location))
    return true
  }

  /// `transition NAME roles NAME…`, then perhaps `payload SCHEMA`, then perhaps `when GUARD`.
  private mutating func addTransition(_ words: [Word], at location: SourceLocation) -> Bool {
    guard words.count > 3, let name = words[1].name, words[2].bare == "roles" else { return false }
    let roles = words[3...].prefix { $0.name != nil }.compactMap(\.name)
    guard !roles.isEmpty else { return false }
    var transition = Transition(name, roles: roles, location: location)
    var rest = words[(3 + roles.count)...]
    do throws(Diagnostics) {
      if let text = take("payload", from: &rest) { transition.payload = try payload(text, at: location) }
      if let text = take("when", from: &rest) { transition.when = try Guard(text, at: location) }
    } catch {
      problems += error.all
    }
    guard rest.isEmpty else { return false }
    transitionIndices[name] = transitions.count
    transitions.append(transition)
    return true
  }

  /// What stands behind a word, if that comes next.
  private func take(_ word: String, from rest: inout ArraySlice<Word>) -> String? {
    guard rest.first?.bare == word, let text = rest.dropFirst().first?.name else { return nil }
    rest = rest.dropFirst(2)
    return text
  }

  private func payload(_ text: String, at location: SourceLocation) throws(Diagnostics) -> PayloadRule {
    let node: JSONNode
    do throws(JSONFault) {
      node = try parseJSON(Array(text.utf8), title: "the schema", deepest: Schema.deepestText)
    } catch {
      throw Diagnostics([Diagnostic(.error, "the schema of the payload: \(error.message)", at: location)])
    }
    return try PayloadRule(node) { _ in location }
  }

  /// `arc NAME KIND NAME`, then the weight, but for a reset.
  private mutating func addArc(_ words: [Word], at location: SourceLocation) -> Bool {
    guard words.count == 4 || words.count == 5, let transition = words[1].name.flatMap({ transitionIndices[$0] }),
      let kind = words[2].bare.flatMap({ Arc.Kind(rawValue: $0) }),
      let place = words[3].name.flatMap({ placeIndices[$0] }), (kind == .reset) == (words.count == 4),
      let weight = words.count == 4 ? 1 : words[4].number
    else { return false }
    arcs.append(Arc(kind, place: place, transition: transition, weight: weight, location: location))
    return true
  }
}

/// What stands between two spaces of a line.
private enum Word {
  /// Without quotes.
  case word(String)
  /// In quotes, which are taken off.
  case quoted(String)

  var bare: String? { if case .word(let word) = self { word } else { nil } }

  var name: String? { if case .quoted(let name) = self { name } else { nil } }

  var number: Int? { bare.flatMap { Int($0) } }
}

/// The words of a line; nil when a name in it does not end, or has an escape that there is not.
private func words(of line: Substring.UnicodeScalarView) -> [Word]? {
  var words: [Word] = []
  var rest = line
  repeat {
    if rest.first == "\"" {
      guard let name = takeName(from: &rest) else { return nil }
      words.append(.quoted(name))
    } else {
      let word = rest.prefix { $0 != " " }
      rest = rest[word.endIndex...]
      words.append(.word(String(word)))
    }
    guard let next = rest.popFirst() else { return words }
    guard next == " " else { return nil }
  } while true
}

/// Takes a name in quotes.
private func takeName(from rest: inout Substring.UnicodeScalarView) -> String? {
  var name = String.UnicodeScalarView()
  rest.removeFirst()
  while let scalar = rest.popFirst() {
    switch scalar {
    case "\"": return String(name)
    case "\\":
      guard let escaped = takeEscape(from: &rest) else { return nil }
      name.append(escaped)
    default: name.append(scalar)
    }
  }
  return nil
}

/// Takes what follows a backslash: a quote, a backslash, or `u{…}` with hexadecimal digits.
private func takeEscape(from rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
  switch rest.popFirst() {
  case "\"": return "\""
  case "\\": return "\\"
  case "u":
    guard rest.popFirst() == "{" else { return nil }
    let digits = rest.prefix { $0 != "}" }
    rest = rest[digits.endIndex...]
    guard rest.popFirst() == "}" else { return nil }
    return UInt32(String(digits), radix: 16).flatMap { Unicode.Scalar($0) }
  default: return nil
  }
}

extension Diagnostic.Message {
  fileprivate static let unreadable = Self(
    "this is no line of a canonical form",
    hint: "a line is a place, a role, a transition, or an arc between a transition and a place of earlier lines")

  fileprivate static let notCanonical = Self(
    "this line is not where, or not as, the canonical form has it", hint: "take the text as ptflow stored it")
}
