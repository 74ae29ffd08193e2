import Diagnostics
import PetriNet

/// Reads LoLA's place/transition nets: the places, the marking, then a transition after the other.
struct LoLAReader: NetReader {
  static func recognises(_ source: SourceFile) -> Bool {
    LoLAWords(source).next.text == "PLACE"
  }

  var findings: Findings
  var draft = Draft()
  private var words: LoLAWords
  private var places = NamedNodes<Place>()
  private var transitions = NamedNodes<Transition>()
  private lazy var suggestions = Suggestions(from: places.all.map(\.name))
  /// Where the file first says what is not kept.
  private var claim: (location: SourceLocation, bound: Int)?
  private var fairness: SourceLocation?

  init(_ source: SourceFile, _ findings: Findings) {
    self.findings = findings
    words = LoLAWords(source)
    draft.naming = .name
    draft.location = source.location(ofByte: words.next.offset)
  }

  mutating func read() {
    do throws(Diagnostic) {
      try words.take("PLACE")
      try readPlaces()
      try words.take("MARKING")
      try readMarking()
      while !words.next.isEnd { try readTransition() }
      if let problem = words.problem { throw problem }
    } catch {
      findings.error(words.problem?.message ?? error.message, at: words.problem?.location ?? error.location)
    }
    if let claim { findings.note(.safe(claim.bound), at: claim.location) }
    if let fairness { findings.note(.fair, at: fairness) }
    draft.add(places, transitions, &findings)
  }

  private mutating func readPlaces() throws(Diagnostic) {
    repeat {
      try readClaim()
      repeat {
        let name = try words.name("a place")
        if let earlier = places[name.id] {
          findings.error(.nameTwice("place", name.id, places[earlier].location), at: name.location)
        }
        _ = places.mention(Place(name.id, location: name.location))
      } while words.takeIf(",")
      try words.take(";")
    } while words.next.text != "MARKING"
  }

  /// `SAFE:` or `SAFE 3:`: what LoLA believes of the places that follow.
  private mutating func readClaim() throws(Diagnostic) {
    let location = words.location
    guard words.takeIf("SAFE") else { return }
    var bound = 1
    if words.next.text != ":" {
      let word = try words.name("a number")
      bound = findings.wholeNumber(word.id, "the bound of SAFE", least: 1, at: word.location)
    }
    try words.take(":")
    claim = claim ?? (location, bound)
  }

  private mutating func readMarking() throws(Diagnostic) {
    for entry in try list(least: 0, "the marking of") {
      guard let place = known(entry) else { continue }
      let (sum, overflow) = places[place].initial.addingReportingOverflow(entry.count)
      if overflow {
        findings.error(.tooLarge("the marking of place \(quoted(entry.name.id))", "the sum"), at: entry.name.location)
      } else {
        places[place].initial = sum
      }
    }
  }

  private mutating func readTransition() throws(Diagnostic) {
    try words.take("TRANSITION")
    let name = try words.name("a transition")
    if let earlier = transitions[name.id] {
      findings.error(.nameTwice("transition", name.id, transitions[earlier].location), at: name.location)
    }
    _ = transitions.mention(Transition(name.id, location: name.location))
    let location = words.location
    if words.takeIf("WEAK") || words.takeIf("STRONG") {
      try words.take("FAIR")
      fairness = fairness ?? location
    }
    try words.take("CONSUME")
    try readArcs(name.id, isOutput: false)
    try words.take("PRODUCE")
    try readArcs(name.id, isOutput: true)
  }

  private mutating func readArcs(_ transition: String, isOutput: Bool) throws(Diagnostic) {
    for entry in try list(least: 1, "the weight of the arc at") where known(entry) != nil {
      draft.addArc(
        place: entry.name.id, transition: transition, isOutput: isOutput, weight: entry.count, at: entry.name.location)
    }
  }

  /// A place and a number.
  private typealias Entry = (name: Name, count: Int)

  /// `a: 1, b, c: 2;` where a number is 1 when it is not there.
  private mutating func list(least: Int, _ what: String) throws(Diagnostic) -> [Entry] {
    var entries: [Entry] = []
    if words.takeIf(";") { return [] }
    repeat {
      let name = try words.name("a place")
      var count = 1
      if words.takeIf(":") {
        let number = try words.name("a number")
        count = findings.wholeNumber(number.id, "\(what) place \(quoted(name.id))", least: least, at: number.location)
      }
      entries.append((name, count))
    } while words.takeIf(",")
    try words.take(";")
    return entries
  }

  /// The place of an entry; nil when there is none, which is then told.
  private mutating func known(_ entry: Entry) -> Int? {
    if let place = places[entry.name.id] { return place }
    let near = suggestions.nearest(to: entry.name.id)
    findings.error(.unknown(entry.name.id, near), at: entry.name.location)
    return nil
  }
}

extension Diagnostic.Message {
  fileprivate static func unknown(_ name: String, _ near: String?) -> Self {
    Self(
      "\(quoted(name)) is no place",
      hint: near.map { "did you mean \(quoted($0))?" } ?? "name it after PLACE")
  }

  fileprivate static func safe(_ bound: Int) -> Self {
    Self(
      "SAFE says that places hold at most \(counted(bound, "token")), which is a claim and no capacity",
      hint: "ptflow explain says what is proved of them")
  }

  fileprivate static let fair = Self("fairness is not kept", hint: "transitions fire when they are called")
}
