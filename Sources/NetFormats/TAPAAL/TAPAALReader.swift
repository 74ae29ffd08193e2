import Diagnostics
import PetriNet

/// Reads what TAPAAL and verifypn write: PNML whose attributes say what PNML has labels for. A file may hold several
/// nets, the components, which meet in shared places and shared transitions.
struct TAPAALReader: NetReader {
  static func recognises(_ document: XMLDocument) -> Bool {
    guard document.root.name == "pnml" else { return false }
    let own = ["shared-place", "shared-transition", "constant", "query", "queries", "k-bound", "feature"]
    return document.root.children.contains { child in
      own.contains(child.name)
        || child.name == "net" && child.first("place")?[attribute: "initialMarking"] != nil
    }
  }

  let document: XMLDocument
  var findings: Findings
  var draft = Draft()
  /// What the file says of time, colours and players.
  var unsupported = Unsupported()
  private var places = NamedNodes<Place>()
  private var transitions = NamedNodes<Transition>()
  private var constants: [String: String] = [:]
  /// The names of the shared places and transitions.
  private var sharedPlaces: Set<String> = []
  private var sharedTransitions: Set<String> = []

  init(_ document: XMLDocument, _ findings: Findings) {
    self.document = document
    self.findings = findings
    draft.naming = .name
    draft.location = document.location(of: document.root)
  }

  mutating func read() {
    findings.check(document.root, .tapaal, document)
    for child in document.root.children {
      switch child.name {
      case "constant": constants[child[attribute: "name"] ?? ""] = child[attribute: "value"]
      case "shared-place": read(sharedPlace: child)
      case "shared-transition": read(sharedTransition: child)
      case "declaration": unsupported.coloured = unsupported.coloured ?? child
      default: continue
      }
    }
    let nets = document.root.all("net")
    let active = nets.filter { $0[attribute: "active"] != "false" }
    for net in nets where net[attribute: "active"] == "false" {
      findings.warn(.inactive(net.id), at: document.location(of: net))
    }
    if active.isEmpty { findings.error(.noNet, at: document.location(of: document.root)) }
    if active.count == 1 { draft.title = active[0].first("name")?.label }
    for net in active { read(net, isOnly: active.count == 1) }
    tell(unsupported)
    draft.add(places, transitions, &findings)
  }

  private mutating func read(sharedPlace element: XMLElement) {
    let name = element[attribute: "name"] ?? ""
    sharedPlaces.insert(name)
    note(timeOf: element, name)
    let initial = number("initialMarking", of: element, "the initial marking of place \(quoted(name))", least: 0) ?? 0
    _ = places.declare(Place(name, initial: initial, location: document.location(of: element)))
  }

  private mutating func read(sharedTransition element: XMLElement) {
    let name = element[attribute: "name"] ?? ""
    sharedTransitions.insert(name)
    note(timeOf: element, name)
    _ = transitions.declare(Transition(name, location: document.location(of: element)))
  }

  /// What an id of a component stands for.
  private enum Node {
    case place(String)
    case transition(String)
  }

  private mutating func read(_ net: XMLElement, isOnly: Bool) {
    var nodes: [String: Node] = [:]
    func fullName(_ name: String, isShared: Bool) -> String { isOnly || isShared ? name : "\(net.id).\(name)" }
    for child in net.children {
      switch child.name {
      case "place":
        let (own, location) = (child.ownName, document.location(of: child))
        note(timeOf: child, own)
        checkSaidOnce(child)
        let isShared = sharedPlaces.contains(own)
        let name = fullName(own, isShared: isShared)
        if !isShared, let earlier = places[name] {
          findings.error(.twice("place", name, places[earlier].location), at: location)
        }
        let index = places.declare(Place(name, position: Position(ofTAPAAL: child), location: location))
        if !isShared { places[index].initial = initialMarking(of: child, name) }
        if nodes.updateValue(.place(name), forKey: child.id) != nil {
          findings.error(.idTwice(child.id, in: net.id), at: location)
        }
      case "transition":
        let (own, location) = (child.ownName, document.location(of: child))
        note(timeOf: child, own)
        checkSaidOnce(child)
        let isShared = sharedTransitions.contains(own)
        let name = fullName(own, isShared: isShared)
        if !isShared, let earlier = transitions[name] {
          findings.error(.twice("transition", name, transitions[earlier].location), at: location)
        }
        _ = transitions.declare(Transition(name, position: Position(ofTAPAAL: child), location: location))
        if nodes.updateValue(.transition(name), forKey: child.id) != nil {
          findings.error(.idTwice(child.id, in: net.id), at: location)
        }
      default: continue
      }
    }
    var suggestions = Suggestions(from: nodes.keys.sorted())
    for arc in net.children where arc.isArc { read(arc, between: nodes, &suggestions) }
  }

  private mutating func read(_ arc: XMLElement, between nodes: [String: Node], _ suggestions: inout Suggestions) {
    let location = document.location(of: arc)
    note(timeOf: arc, arc.id)
    var ends: [Node] = []
    for end in ["source", "target"] {
      let id = arc[attribute: end]?.trimmed ?? ""
      if let node = nodes[id] {
        ends.append(node)
      } else {
        findings.error(
          .unknownEnd(end, id, suggestions.nearest(to: id)), at: document.location(of: end, in: arc))
      }
    }
    guard ends.count == 2 else { return }
    let weight = weight(of: arc)
    let kind = kind(of: arc)
    switch (ends[0], ends[1]) {
    case (.place(let place), .transition(let transition)):
      draft.addArc(
        place: place, transition: transition, isOutput: false, kind: kind, weight: weight, at: location)
    case (.transition(let transition), .place(let place)):
      draft.addArc(place: place, transition: transition, isOutput: true, kind: kind, weight: weight, at: location)
    case (.place, .place): findings.error(.sameKind("place"), at: location)
    case (.transition, .transition): findings.error(.sameKind("transition"), at: location)
    }
  }

  private mutating func kind(of arc: XMLElement) -> DraftArc.Kind {
    let type = arc[attribute: "type"]
    switch type {
    case "inhibitor", "tapnInhibitor": return .inhibitor
    case nil, "normal", "timed", "transport": return arc.name == "inhibitorArc" ? .inhibitor : .normal
    case .some(let words):
      findings.error(.arcType(words), at: document.location(of: "type", in: arc))
      return .normal
    }
  }

  /// Tells what is said by an attribute and by an element as well.
  private mutating func checkSaidOnce(_ node: XMLElement) {
    for name in ["name", "initialMarking"] where node[attribute: name] != nil {
      if let label = node.first(name) { findings.error(.alsoAttribute(name), at: document.location(of: label)) }
    }
  }

  private mutating func initialMarking(of place: XMLElement, _ name: String) -> Int {
    let what = "the initial marking of place \(quoted(name))"
    return number("initialMarking", of: place, what, least: 0)
      ?? findings.wholeNumber(
        in: place.first("initialMarking")?.labelElement, what, least: 0, default: 0, document)
  }

  /// The weight stands in `weight`, or as in PNML in an inscription; the attribute `inscription` is of time.
  private mutating func weight(of arc: XMLElement) -> Int {
    let what = "the weight of this arc"
    var said: [Int] = []
    if let weight = number("weight", of: arc, what, least: 1) { said.append(weight) }
    if let words = arc[attribute: "inscription"]?.trimmed, !words.isInterval {
      said.append(findings.wholeNumber(words, what, least: 1, at: document.location(of: "inscription", in: arc)))
    }
    if let label = arc.first("inscription")?.labelElement {
      said.append(findings.wholeNumber(in: label, what, least: 1, default: 1, document))
    }
    let weight = said.first ?? 1
    // TAPAAL writes the inscription 1 beside every weight.
    if said.contains(where: { $0 != weight && $0 != 1 }) {
      findings.error(.weights(listed(said.map(String.init))), at: document.location(of: arc))
    }
    return weight
  }

  /// The number, or the constant, in an attribute; nil when it is not there.
  private mutating func number(
    _ attribute: String, of element: XMLElement, _ what: @autoclosure () -> String, least: Int
  ) -> Int? {
    guard let text = element[attribute: attribute]?.trimmed else { return nil }
    return findings.wholeNumber(
      constants[text] ?? text, what(), least: least, at: document.location(of: attribute, in: element))
  }
}

extension XMLElement {
  /// The name of a node; the id where it has none.
  fileprivate var ownName: String { self[attribute: "name"]?.trimmed ?? first("name")?.label ?? id }

  fileprivate var isArc: Bool { ["arc", "inputArc", "outputArc", "inhibitorArc"].contains(name) }
}

extension Position {
  /// The point of a node of TAPAAL's.
  fileprivate init?(ofTAPAAL node: XMLElement) {
    if let position = Position(x: node[attribute: "positionX"], y: node[attribute: "positionY"]) {
      self = position
    } else if let position = Position(ofPNML: node) {
      self = position
    } else {
      return nil
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func inactive(_ net: String) -> Self {
    Self("the component \(quoted(net)) is not active, and not read", hint: "activate it in TAPAAL to read it")
  }

  fileprivate static func twice(_ kind: String, _ name: String, _ earlier: SourceLocation) -> Self {
    Self("there are two \(kind)s called \(quoted(name)); the first is at \(earlier)", hint: "rename one of them")
  }

  fileprivate static func idTwice(_ id: String, in net: String) -> Self {
    Self("there are two nodes with the id \(quoted(id)) in the net \(quoted(net))", hint: "change one of the ids")
  }

  fileprivate static func unknownEnd(_ end: String, _ id: String, _ near: String?) -> Self {
    Self(
      "the \(end) of this arc is \(quoted(id)), which is no place and no transition",
      hint: near.map { "did you mean \(quoted($0))?" } ?? "name a place or a transition of this net")
  }

  fileprivate static func sameKind(_ kind: String) -> Self {
    Self("this arc joins two \(kind)s", hint: "an arc joins a place and a transition")
  }

  fileprivate static func weights(_ weights: String) -> Self {
    Self("this arc has several weights, \(weights)", hint: "keep one of them, in weight")
  }

  fileprivate static func alsoAttribute(_ name: String) -> Self {
    Self("<\(name)> says what the attribute \(name) says already", hint: "keep one of them")
  }

  fileprivate static func arcType(_ type: String) -> Self {
    Self(
      "this arc has the type \(quoted(type)), which is not known",
      hint: "the types are normal, timed, transport, inhibitor and tapnInhibitor")
  }
}
