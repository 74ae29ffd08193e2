import Diagnostics
import PetriNet

/// Reads TINA's `.net`: a line for each transition or place, with its arcs; what is said twice of a node adds up.
struct TINAReader: NetReader {
  static func recognises(_ source: SourceFile) -> Bool {
    var cursor = TextCursor(source)
    while true {
      cursor.takeAll(\.isXMLSpace)
      guard cursor.next == UInt8(ascii: "#") else { break }
      cursor.takeAll { !$0.isNewline }
    }
    return Keyword(rawValue: cursor.takeAll { !$0.isXMLSpace }) != nil
  }

  /// What a line begins with.
  enum Keyword: String, CaseIterable {
    case net
    case transition = "tr"
    case place = "pl"
    case label = "lb"
    case priority = "pr"
    case note = "nt"
  }

  var findings: Findings
  var draft = Draft()
  var cursor: TextCursor
  var places = NamedNodes<Place>()
  var transitions = NamedNodes<Transition>()
  /// The places whose marking was given, and where.
  var marked: [Int: SourceLocation] = [:]
  /// Where the file first says what is not kept, in its order.
  var unkept: [Unkept: SourceLocation] = [:]

  /// What TINA knows and a net here does not.
  enum Unkept: CaseIterable {
    case time
    case priorities
    case labels
  }

  init(_ source: SourceFile, _ findings: Findings) {
    self.findings = findings
    cursor = TextCursor(source)
    draft.naming = .name
    draft.location = cursor.location
  }

  mutating func read() {
    while cursor.next != nil {
      cursor.takeAll(\.isXMLSpace)
      do throws(Diagnostic) {
        try readLine()
      } catch {
        findings.error(error.message, at: error.location)
        cursor.takeAll { !$0.isNewline }
      }
    }
    for kind in Unkept.allCases {
      if let location = unkept[kind] { findings.tell(kind, at: location) }
    }
    draft.add(places, transitions, &findings)
  }

  private mutating func readLine() throws(Diagnostic) {
    if cursor.next == UInt8(ascii: "#") { return _ = cursor.takeAll { !$0.isNewline } }
    let location = cursor.location
    let word = cursor.takeAll { !$0.isXMLSpace }
    if word.isEmpty { return }
    switch Keyword(rawValue: word) {
    case .net: draft.title = try name()
    case .transition: try readTransition()
    case .place: try readPlace()
    case .label:
      unkept[.labels] = unkept[.labels] ?? location
      _ = (try name(), try name())
    case .priority: try readPriority(at: location)
    case .note: try readNote()
    case nil: throw Diagnostic(.error, .keyword(word), at: location)
    }
    try endLine()
  }

  private mutating func endLine() throws(Diagnostic) {
    cursor.takeAll(\.isBlank)
    guard let next = cursor.next, !next.isNewline else { return }
    throw Diagnostic(.error, .notHere(String(decoding: rest, as: UTF8.self)), at: cursor.location)
  }

  /// The word that comes next.
  private var rest: ArraySlice<UInt8> {
    cursor.source.bytes[cursor.offset...].prefix { !$0.isXMLSpace }
  }

  private mutating func readTransition() throws(Diagnostic) {
    cursor.takeAll(\.isBlank)
    let location = cursor.location
    let name = try name()
    _ = transitions.declare(Transition(name, location: location))
    try readLabel()
    try readInterval()
    while let end = try end(ofOutput: false) {
      draft.addArc(
        place: end.name, transition: name, isOutput: false, kind: end.kind,
        weight: end.weight, at: end.location)
      _ = places.mention(Place(end.name, location: end.location))
    }
    guard takeArrow() else { return }
    while let end = try end(ofOutput: true) {
      draft.addArc(
        place: end.name, transition: name, isOutput: true, weight: end.weight, at: end.location)
      _ = places.mention(Place(end.name, location: end.location))
    }
  }

  private mutating func readPlace() throws(Diagnostic) {
    cursor.takeAll(\.isBlank)
    let location = cursor.location
    let name = try name()
    let place = places.declare(Place(name, location: location))
    try readLabel()
    cursor.takeAll(\.isBlank)
    if cursor.next == UInt8(ascii: "(") { try readMarking(of: place) }
    while let end = try end(ofOutput: true) {
      draft.addArc(place: name, transition: end.name, isOutput: true, weight: end.weight, at: end.location)
      _ = transitions.mention(Transition(end.name, location: end.location))
    }
    guard takeArrow() else { return }
    while let end = try end(ofOutput: false) {
      draft.addArc(
        place: name, transition: end.name, isOutput: false, kind: end.kind, weight: end.weight, at: end.location)
      _ = transitions.mention(Transition(end.name, location: end.location))
    }
  }

  private mutating func readMarking(of place: Int) throws(Diagnostic) {
    let location = cursor.location
    cursor.advance()
    cursor.takeAll(\.isBlank)
    let name = places[place].name
    let count = number("the marking of place \(quoted(name))", least: 0)
    cursor.takeAll(\.isBlank)
    guard cursor.take(")") else { throw Diagnostic(.error, .missing(")"), at: cursor.location) }
    if let earlier = marked[place] {
      throw Diagnostic(.error, .markedTwice(name, earlier), at: location)
    }
    marked[place] = location
    places[place].initial = count
  }

  private mutating func readPriority(at location: SourceLocation) throws(Diagnostic) {
    unkept[.priorities] = unkept[.priorities] ?? location
    while nextIsName { _ = try name() }
    guard cursor.take("<") || cursor.take(">") else {
      throw Diagnostic(.error, .missing("< or >"), at: cursor.location)
    }
    while nextIsName { _ = try name() }
  }

  private mutating func readNote() throws(Diagnostic) {
    _ = (try name(), try name(), try name())
  }

  private mutating func readLabel() throws(Diagnostic) {
    cursor.takeAll(\.isBlank)
    let location = cursor.location
    guard cursor.take(":") else { return }
    unkept[.labels] = unkept[.labels] ?? location
    _ = try name()
  }

  /// An interval of time. All but `[0,w[` say when a transition fires.
  private mutating func readInterval() throws(Diagnostic) {
    cursor.takeAll(\.isBlank)
    guard let next = cursor.next, next == UInt8(ascii: "[") || next == UInt8(ascii: "]") else { return }
    let location = cursor.location
    let word = cursor.takeAll { !$0.isXMLSpace }
    let inner = word.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
    guard word.count > 4, word.hasSuffix("[") || word.hasSuffix("]"), inner.count == 2,
      inner.allSatisfy({ $0 == "w" || $0.allSatisfy(\.isNumber) && !$0.isEmpty })
    else { throw Diagnostic(.error, .interval(word), at: location) }
    if word != "[0,w[" { unkept[.time] = unkept[.time] ?? location }
  }

  private mutating func takeArrow() -> Bool {
    cursor.takeAll(\.isBlank)
    return cursor.take("->")
  }
}

extension Findings {
  fileprivate mutating func tell(_ kind: TINAReader.Unkept, at location: SourceLocation) {
    switch kind {
    case .time: warn(.time, at: location)
    case .priorities: warn(.priorities, at: location)
    case .labels: note(.labels, at: location)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func keyword(_ word: String) -> Self {
    Self(
      "\(quoted(word)) is not the beginning of a line",
      hint: "a line begins with \(TINAReader.Keyword.allCases.map(\.rawValue).joined(separator: ", ")), or #")
  }

  fileprivate static func notHere(_ word: String) -> Self {
    Self("\(quoted(word)) means nothing here", hint: "write a name with other characters than A-Z, 0-9, _ and ' in { }")
  }

  fileprivate static func missing(_ what: String) -> Self { Self("here \(what) is missing") }

  fileprivate static func markedTwice(_ place: String, _ earlier: SourceLocation) -> Self {
    Self("the marking of place \(quoted(place)) was given at \(earlier)", hint: "give it once")
  }

  fileprivate static func interval(_ word: String) -> Self {
    Self("\(quoted(word)) is no interval of time", hint: "write [0,w[, or leave it out")
  }

  fileprivate static let time = Self(
    "this interval says when the transition fires; time is not kept", hint: "transitions fire when they are called")

  fileprivate static let priorities = Self(
    "priorities are not kept: in TINA some transitions go before others, here each fires when it is called",
    hint: "add places or inhibitor arcs where the order matters")

  fileprivate static let labels = Self("labels are not kept; nodes are called by their names")
}
