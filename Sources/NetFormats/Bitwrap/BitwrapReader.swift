import Diagnostics
import JSON
import PetriNet

/// Reads bitwrap's machines: a transition is a vector of what it adds to the places, in the order of their offsets.
struct BitwrapReader: NetReader {
  static func recognises(_ document: JSONDocument) -> Bool {
    document.root["machine"] != nil || document.root["transitions"]?.members.first?.node["delta"] != nil
  }

  let document: JSONDocument
  var findings: Findings
  var draft = Draft()
  /// The places by their offsets.
  private var places: [Int: (name: String, location: SourceLocation)] = [:]

  init(_ document: JSONDocument, _ findings: Findings) {
    self.document = document
    self.findings = findings
    draft.naming = .name
    draft.location = document.location(of: document.root)
  }

  mutating func read() {
    if document.root["machine"] != nil { findings.check(document.root, .file, document) }
    let machine = document.root["machine"] ?? document.root
    guard findings.check(machine, .machine, document) else { return }
    draft.title = findings.text(in: machine["name"], "name", document)
    for member in machine["places"]?.members ?? [] { read(place: member) }
    for member in machine["transitions"]?.members ?? [] { read(transition: member) }
  }

  private mutating func read(place member: JSONNode.Member) {
    let node = member.node
    guard findings.check(node, .place, document) else { return }
    let location = document.location(of: member)
    if let old = node["inital"], node["initial"] != nil {
      findings.error(.initialTwice, at: document.location(of: old))
    }
    let initial = findings.wholeNumber(
      in: node["initial"] ?? node["inital"], "the initial marking of place \(quoted(member.name))", least: 0,
      default: 0, document)
    let place = Place(member.name, initial: initial, position: position(of: node), location: location)
    draft.add(place, id: Draft.id("place", member.name), &findings)
    guard let offset = node["offset"] else { return findings.error(.noOffset(member.name), at: location) }
    let index = findings.wholeNumber(
      in: offset, "the offset of place \(quoted(member.name))", least: 0, default: 0, document)
    if let earlier = places.updateValue((member.name, location), forKey: index) {
      findings.error(.offsetTwice(index, earlier.name), at: document.location(of: offset))
    }
  }

  private mutating func read(transition member: JSONNode.Member) {
    let node = member.node
    guard findings.check(node, .transition, document) else { return }
    let location = document.location(of: member)
    let role = findings.text(in: node["role"], "role", document)
    let transition = Transition(
      member.name, roles: role.map { $0 == Role.default ? [] : [$0] } ?? [], position: position(of: node),
      location: location)
    draft.add(transition, id: Draft.id("transition", member.name), &findings)
    let delta = findings.elements(of: node["delta"], "delta", document)
    if delta.count != places.count {
      findings.error(.length(delta.count, places.count), at: document.location(of: node["delta"] ?? node))
    }
    for (offset, change) in delta.enumerated() {
      guard let place = places[offset] else {
        if delta.count == places.count { findings.error(.noPlace(offset), at: document.location(of: change)) }
        continue
      }
      read(change, of: place.name, by: member.name)
    }
  }

  private mutating func read(_ change: JSONNode, of place: String, by transition: String) {
    let location = document.location(of: change)
    guard case .number(let digits) = change.value else { return findings.error(.noNumber, at: location) }
    let isInput = digits.hasPrefix("-")
    let weight = findings.wholeNumber(
      isInput ? String(digits.dropFirst()) : digits, "the change of place \(quoted(place))", least: 0, at: location)
    guard weight > 0 else { return }
    draft.addArc(place: place, transition: transition, isOutput: !isInput, weight: weight, at: location)
  }

  private func position(of node: JSONNode) -> Position? {
    guard let point = node["position"]?.elements, point.count == 2, let x = point[0].double, let y = point[1].double,
      x.isFinite, y.isFinite
    else { return nil }
    return Position(x: x, y: y)
  }
}

extension JSONMembers {
  fileprivate static let file = Self(what: "a file of bitwrap's", known: ["machine"], isOpen: true)
  fileprivate static let machine = Self(what: "a machine", known: ["name", "places", "transitions"], isOpen: true)
  fileprivate static let place = Self(what: "a place", known: ["initial", "inital", "offset", "position"])
  fileprivate static let transition = Self(what: "a transition", known: ["delta", "role", "position"])
}

extension Diagnostic.Message {
  fileprivate static let initialTwice = Self("the initial marking is said twice", hint: "keep \"initial\"")

  fileprivate static func noOffset(_ place: String) -> Self {
    Self("place \(quoted(place)) has no offset", hint: "the offset says which number of each delta is of this place")
  }

  fileprivate static func offsetTwice(_ offset: Int, _ place: String) -> Self {
    Self("place \(quoted(place)) has the offset \(offset) as well", hint: "give each place an offset of its own")
  }

  fileprivate static func length(_ count: Int, _ places: Int) -> Self {
    Self("this delta has \(counted(count, "number")), but there are \(counted(places, "place"))")
  }

  fileprivate static func noPlace(_ offset: Int) -> Self {
    Self("no place has the offset \(offset)", hint: "offsets go from 0 to the number of places, less one")
  }

  fileprivate static let noNumber = Self("a change is a number", hint: "write -1 for a token that is taken")
}
