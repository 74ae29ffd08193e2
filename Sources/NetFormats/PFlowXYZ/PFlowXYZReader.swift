import Diagnostics
import JSON
import PetriNet

/// Reads the JSON of pflow.xyz: JSON-LD 1.1, in which numbers are vectors over colours, and v0, in which they are not.
struct PFlowXYZReader: NetReader {
  static func recognises(_ document: JSONDocument) -> Bool {
    document.root["places"]?.isObject == true
  }

  let document: JSONDocument
  var findings: Findings
  var draft = Draft()
  /// The first vector that tells of several colours.
  private var coloured: JSONNode?

  init(_ document: JSONDocument, _ findings: Findings) {
    self.document = document
    self.findings = findings
    draft.naming = .id
    draft.location = document.location(of: document.root)
  }

  mutating func read() {
    let root = document.root
    findings.check(root, .net, document)
    guard accepts(type: root["@type"], modelType: root["modelType"]) else { return }
    draft.title = findings.text(in: root["name"], "name", document)
    if let token = root["token"], findings.elements(of: token, "token", document).count > 1 { coloured = token }
    for member in members(of: "places") { read(place: member) }
    for member in members(of: "transitions") { read(transition: member) }
    for arc in findings.elements(of: root["arcs"], "arcs", document) { read(arc: arc) }
    if let coloured { findings.error(.colours, at: document.location(of: coloured)) }
  }

  /// Whether a net of this type can be read.
  private mutating func accepts(type: JSONNode?, modelType: JSONNode?) -> Bool {
    if let type, let words = findings.text(in: type, "@type", document), words != "PetriNet" {
      findings.error(
        words == "ColoredPetriNet" ? .colours : .type(words), at: document.location(of: type))
      return false
    }
    if let modelType, let words = findings.text(in: modelType, "modelType", document), words != "petriNet" {
      findings.error(.modelType(words), at: document.location(of: modelType))
      return false
    }
    return true
  }

  private mutating func members(of name: String) -> [JSONNode.Member] {
    guard let node = document.root[name] else { return [] }
    if !node.isObject { findings.error(.keyed(name), at: document.location(of: node)) }
    return node.members
  }

  private mutating func read(place member: JSONNode.Member) {
    let node = member.node
    guard findings.check(node, .place, document) else { return }
    let title = "place \(quoted(member.name))"
    let initial = count(in: node["initial"], "the initial marking of \(title)") ?? 0
    let capacity = count(in: node["capacity"], "the capacity of \(title)") ?? 0
    let place = Place(
      member.name, initial: initial, capacity: capacity == 0 ? nil : capacity, position: Position(ofJSON: node),
      location: document.location(of: member))
    draft.add(place, id: member.name, &findings)
  }

  private mutating func read(transition member: JSONNode.Member) {
    let node = member.node
    guard findings.check(node, .transition, document) else { return }
    let role = findings.text(in: node["role"], "role", document)
    let transition = Transition(
      member.name, roles: role.map { $0 == Role.default ? [] : [$0] } ?? [], position: Position(ofJSON: node),
      location: document.location(of: member))
    draft.add(transition, id: member.name, &findings)
  }

  private mutating func read(arc node: JSONNode) {
    guard findings.check(node, .arc, document) else { return }
    let location = document.location(of: node)
    var (source, target) = (
      findings.name("source", of: node, document), findings.name("target", of: node, document)
    )
    let inhibits =
      findings.boolean(in: node["inhibitTransition"], "inhibitTransition", document)
      || findings.boolean(in: node["inhibit"], "inhibit", document)
    if findings.boolean(in: node["reentry"], "reentry", document) {
      findings.error(.reentry, at: document.location(of: node["reentry"] ?? node))
    }
    let weight = count(in: node["weight"], "the weight of this arc")
    // In a vector 0 says that the colour does not matter; a 0 alone is how an arc was written that has no weight.
    if weight == 0, node["weight"]?.elements != nil {
      return findings.warn(.nothing, at: document.location(of: node["weight"] ?? node))
    }
    var kind = inhibits ? DraftArc.Kind.inhibitor : .normal
    if inhibits, case .transition = draft[source.id] {
      kind = .read
      (source, target) = (target, source)
    }
    draft.arcs.append(
      DraftArc(
        id: nil, source: source, target: target, kind: kind, weight: max(weight ?? 1, 1), location: location))
  }

  /// The number that a value says, or a vector of one colour; nil when there is none.
  private mutating func count(in node: JSONNode?, _ what: @autoclosure () -> String) -> Int? {
    guard let node, !node.isNull else { return nil }
    guard let elements = node.elements else {
      if case .string("") = node.value { return nil }
      return findings.wholeNumber(in: node, what(), least: 0, default: 0, document)
    }
    if elements.count > 1 { coloured = coloured ?? node }
    return elements.first.map { findings.wholeNumber(in: $0, what(), least: 0, default: 0, document) }
  }
}

extension JSONMembers {
  fileprivate static let net = Self(
    what: "a net",
    known: [
      "@context", "@id", "@type", "@version", "version", "modelType", "name", "description", "author", "puzzle",
      "parents", "token", "places", "transitions", "arcs",
    ], isOpen: true)
  fileprivate static let place = Self(
    what: "a place", known: ["@type", "@id", "offset", "x", "y", "label", "initial", "capacity"])
  fileprivate static let transition = Self(
    what: "a transition", known: ["@type", "@id", "offset", "x", "y", "label", "role"])
  fileprivate static let arc = Self(
    what: "an arc", known: ["@type", "@id", "source", "target", "weight", "inhibitTransition", "inhibit", "reentry"])
}

extension Diagnostic.Message {
  fileprivate static let colours = Self(
    "the tokens have several colours; coloured nets are not supported yet",
    hint: "draw a place for each colour, with tokens of one colour")

  fileprivate static func type(_ type: String) -> Self {
    Self("a net of the type \(quoted(type)) is not read", hint: "the type is PetriNet")
  }

  fileprivate static func modelType(_ type: String) -> Self {
    Self(
      "the model type \(quoted(type)) fires by rules of its own, which are not supported",
      hint: "write petriNet, if the net means the same by that rule")
  }

  fileprivate static func keyed(_ name: String) -> Self { Self("\(name) is an object, {\"id\": {…}}") }

  fileprivate static let reentry = Self(
    "reentry arcs belong to the model type workflow, which is not supported", hint: "remove the arc")

  fileprivate static let nothing = Self(
    "this arc has the weight 0, and is not read", hint: "give it a weight, or remove it")
}
