import Diagnostics
import PetriNet

/// Reads the native format, `*.ptflow.yaml`: whatever a net can say, and repetition by `for`.
///
/// An entry is checked once, as it stands, and only then repeated for each combination of its variables.
struct NativeReader: NetReader {
  /// What is YAML at all is in this format.
  static func recognises(_ document: YAMLDocument) -> Bool { true }

  let document: YAMLDocument
  var findings: Findings
  var draft = Draft()
  var places = NamedNodes<Place>()
  var transitions = NamedNodes<Transition>()
  /// The roles of the section `roles`; nil without one, when transitions may name any.
  var declaredRoles: [String]?
  /// How many more names may come out of loops.
  private var budget = 1_000_000
  /// What was told of repeated entries, which is told once.
  private var told: Set<Diagnostic> = []

  init(_ document: YAMLDocument, _ findings: Findings) {
    self.document = document
    self.findings = findings
    self.findings.add(Diagnostics(document.problems))
    draft.naming = .name
    draft.hasForeignReaders = false
    draft.location = document.location(of: document.root)
  }

  mutating func read() {
    guard let root = findings.map(document.root, "a net", document) else { return }
    findings.check(root, .net, document)
    if let node = root["net"], case .scalar(let scalar) = node.value {
      draft.name = findings.name(scalar, "a net", at: document.location(of: node))
    } else if let node = root["net"] {
      findings.error(.netName(node.kind), at: document.location(of: node))
    }
    draft.about = findings.prose(root["about"], "about", document)
    if let node = root["keeps"] {
      if node.isText("states") {
        draft.keepsStates = true
      } else {
        findings.error(.keeps(node.kind), at: document.location(of: node))
      }
    }
    if let node = root["roles"], let map = findings.map(node, "roles", document) {
      declaredRoles = []
      for member in map.members { read(role: member) }
    }
    for member in section("places", of: root) { read(place: member) }
    let declared = places.all.map(\.name)
    for member in section("transitions", of: root) { read(transition: member) }
    remarkOnSlips(declared)
    readSpecification(of: root)
    draft.add(places, transitions, &findings)
  }

  private mutating func section(_ key: String, of root: YAMLNode) -> [YAMLNode.Member] {
    root[key].flatMap { findings.map($0, key, document) }?.members ?? []
  }

  private mutating func read(role member: YAMLNode.Member) {
    guard let entry = entry(member, "a role") else { return }
    let node = findings.map(member.node, entry.title, document) ?? .empty
    findings.check(node, .role, document)
    let creates = node["creates"].map { findings.boolean($0, "creates", document) } ?? false
    let destroys = node["destroys"].map { findings.boolean($0, "destroys", document) } ?? false
    for (name, _) in repeated(entry) {
      if let earlier = draft.roles.first(where: { $0.name == name }) {
        findings.error(.nameTwice("role", name, earlier.location), at: entry.name.location)
      } else {
        draft.roles.append(Role(name, mayCreate: creates, mayDestroy: destroys, location: entry.name.location))
        declaredRoles?.append(name)
      }
    }
  }

  private mutating func read(place member: YAMLNode.Member) {
    guard let entry = entry(member, "a place") else { return }
    let node = member.node
    var place = Place("", location: entry.name.location)
    var about: String?
    switch node.value {
    case .mapping:
      findings.check(node, .place, document)
      if let start = node["start"] { place.initial = tokens(start, entry) }
      if let capacity = node["capacity"] {
        place.capacity = findings.wholeNumber(capacity, "the capacity of \(entry.title)", least: 1, document)
      }
      about = findings.prose(node["about"], "about", document)
    case .scalar where !node.isNull: place.initial = tokens(node, entry)
    case .scalar: break
    case .sequence: findings.error(.noPlace(entry.title), at: document.location(of: node))
    }
    for (name, values) in repeated(entry) {
      if let earlier = places[name] {
        findings.error(.nameTwice("place", name, places[earlier].location), at: entry.name.location)
        continue
      }
      place.name = name
      place.about = about?.replacing(values)
      _ = places.declare(place)
    }
  }

  private mutating func tokens(_ node: YAMLNode, _ entry: Entry) -> Int {
    findings.wholeNumber(node, "the number of tokens in \(entry.title)", least: 0, document) ?? 0
  }

  /// Warns of places that only arcs name, and that look like declared ones.
  private mutating func remarkOnSlips(_ declared: [String]) {
    var suggestions = Suggestions(from: declared)
    for place in places.all.dropFirst(declared.count) {
      guard let near = suggestions.nearest(to: place.name) else { continue }
      findings.warn(.slip(place.name, near), at: place.location)
    }
  }
}

extension NativeReader {
  /// A name under which something is declared, and what it is repeated for.
  struct Entry {
    let name: Pattern
    let loop: Loop
    /// What messages call it.
    let title: String
  }

  /// The name of a member, and its `for`; nil when it is no name.
  mutating func entry(_ member: YAMLNode.Member, _ what: String) -> Entry? {
    let location = document.location(of: member)
    guard let text = findings.name(member.key, what, at: location) else { return nil }
    guard let loop = loop(in: member.node["for"], inside: .once),
      let name = pattern(text, loop.variables, at: location)
    else { return nil }
    let missing = loop.variables.filter { !name.variables.contains($0) }
    if !missing.isEmpty, loop.combinations(of: name.variables).count < loop.combinations.count {
      findings.error(.sameName(text, missing), at: location)
      return nil
    }
    return Entry(name: name, loop: loop, title: "\(what.split(separator: " ").last ?? "") \(quoted(text))")
  }

  /// A name with variables, all of which have values; nil, which is told, when it is none.
  mutating func pattern(_ text: String, _ variables: [String], at location: SourceLocation) -> Pattern? {
    do throws(Diagnostic) {
      let pattern = try Pattern(text, at: location)
      guard let unknown = pattern.variables.first(where: { !variables.contains($0) }) else { return pattern }
      var suggestions = Suggestions(from: variables)
      findings.error(.unknownVariable(unknown, suggestions.nearest(to: unknown)), at: location)
    } catch {
      findings.error(error.message, at: error.location)
    }
    return nil
  }

  /// The names that an entry stands for, each with the values of its variables.
  mutating func repeated(_ entry: Entry) -> [(name: String, values: Loop.Values)] {
    let combinations = entry.loop.combinations
    guard spend(combinations.count, at: entry.name.location) else { return [] }
    return combinations.map { (entry.name.text($0), $0) }
  }

  /// Tells what is wrong with a name that came out of a loop.
  mutating func errorOnce(_ message: Diagnostic.Message, at location: SourceLocation) {
    guard told.insert(Diagnostic(.error, message, at: location)).inserted else { return }
    findings.error(message, at: location)
  }

  /// Whether that many names may still come out of loops; where it is not so, that is told once.
  mutating func spend(_ names: Int, at location: SourceLocation) -> Bool {
    guard budget > 0 else { return false }
    budget -= names
    if budget <= 0 { findings.error(.tooMuch, at: location) }
    return budget > 0
  }
}

extension YAMLNode {
  /// A map of nothing.
  static var empty: YAMLNode { YAMLNode(value: .mapping([]), offset: 0) }

  /// Whether it is this text.
  fileprivate func isText(_ text: String) -> Bool {
    if case .scalar(let scalar) = value { scalar.text == text } else { false }
  }
}

extension YAMLMembers {
  fileprivate static let net = Self(
    what: "a net", known: ["net", "about", "keeps", "roles", "places", "transitions", "ends", "laws", "require"])
  fileprivate static let role = Self(what: "a role", known: ["creates", "destroys", "for"])
  fileprivate static let place = Self(what: "a place", known: ["start", "capacity", "about", "for"], later: ["of"])
}

extension Diagnostic.Message {
  fileprivate static func netName(_ found: String) -> Self {
    Self("net is a name, but \(found) stands here", hint: "leave it out to take the name of the file")
  }

  fileprivate static func keeps(_ found: String) -> Self {
    Self("keeps is the word states, but \(found) stands here", hint: "leave it out to read states from the log")
  }

  fileprivate static func noPlace(_ title: String) -> Self {
    Self("\(title) is a number of tokens or a map, but a list stands here", hint: "write {start: 1, capacity: 2}")
  }

  fileprivate static func slip(_ name: String, _ near: String) -> Self {
    Self("the place \(quoted(name)) is named by arcs alone", hint: "did you mean \(quoted(near))?")
  }

  fileprivate static func sameName(_ name: String, _ missing: [String]) -> Self {
    Self(
      "for repeats \(quoted(name)) under the same name",
      hint: "put \(missing.map { "{\($0)}" }.joined(separator: " and ")) into the name")
  }

  fileprivate static func unknownVariable(_ name: String, _ near: String?) -> Self {
    Self(
      "no for gives a value to {\(clipped(name))}",
      hint: near.map { "did you mean {\($0)}?" }
        ?? "write for: {\(clipped(name)): […]} beside the name; a brace alone is doubled, {{")
  }

  fileprivate static let tooMuch = Self(
    "for repeats more than the file may hold", hint: "all loops of a file together make fewer than 1000000 names")
}
