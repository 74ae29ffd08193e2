import Diagnostics
import PetriNet

/// Reads a file of PNEditor's: subnets inside subnets, and roles.
struct PFlowReader: NetReader {
  let document: XMLDocument
  var findings: Findings
  var draft = Draft()
  /// The places that PNEditor shares between instances.
  private var shared: [(label: String, location: SourceLocation)] = []

  static func recognises(_ document: XMLDocument) -> Bool { document.root.name == "document" }

  init(_ document: XMLDocument, _ findings: Findings) {
    self.document = document
    self.findings = findings
    draft.naming = .label
  }

  mutating func read() {
    findings.check(document.root, .pflow, document)
    let roots = document.root.children.filter { $0.name == "subnet" || $0.name == "rootSubnet" }
    guard let root = roots.first else {
      return findings.error(.noSubnet, at: document.location(of: document.root))
    }
    for other in roots.dropFirst() where other.name != root.name {
      findings.error(.secondSubnet(document.location(of: root)), at: document.location(of: other))
    }
    draft.location = document.location(of: root)
    draft.title = root.words(of: "label")
    read(subnet: root, at: Position(x: 0, y: 0))
    if let first = shared.first {
      findings.warn(.shared(shared.map { quoted($0.label) }), at: first.location)
    }
    for roles in document.root.all("roles") { read(roles: roles) }
  }

  /// Subnets are no deeper than the elements of a file may be.
  private mutating func read(subnet: XMLElement, at origin: Position) {
    for child in subnet.children {
      switch child.name {
      case "place": read(place: child, origin)
      case "transition": read(transition: child, origin)
      case "arc": read(arc: child)
      case "referencePlace": read(reference: child, origin)
      case "subnet":
        let inner = Position(of: child) ?? Position(x: 0, y: 0)
        read(subnet: child, at: Position(x: origin.x + inner.x, y: origin.y + inner.y))
      default: continue
      }
    }
  }

  private mutating func read(place: XMLElement, _ origin: Position) {
    let label = place.words(of: "label") ?? ""
    let id = place.words(of: "id") ?? ""
    let title = "place \(quoted(label.isEmpty ? id : label))"
    let initial = findings.wholeNumber(
      in: place.first("tokens"), "the number of tokens in \(title)", least: 0, default: 0, document)
    let capacity = findings.wholeNumber(
      in: place.first("capacity"), "the capacity of \(title)", least: 0, default: 0, document)
    if let isStatic = place.first("isStatic"), findings.boolean(isStatic, document) {
      shared.append((label.isEmpty ? id : label, document.location(of: isStatic)))
    }
    let node = Place(
      label, initial: initial, capacity: capacity == 0 ? nil : capacity,
      position: Position(of: place, from: origin), location: document.location(of: place))
    draft.add(node, id: id, &findings)
  }

  private mutating func read(transition: XMLElement, _ origin: Position) {
    let node = Transition(
      transition.words(of: "label") ?? "", position: Position(of: transition, from: origin),
      location: document.location(of: transition))
    draft.add(node, id: transition.words(of: "id") ?? "", &findings)
  }

  private mutating func read(reference: XMLElement, _ origin: Position) {
    let node = Reference(
      kind: .place, id: reference.words(of: "id") ?? "", target: name(in: reference.first("connectedPlaceId")),
      position: Position(of: reference, from: origin), location: document.location(of: reference))
    draft.add(node, &findings)
    for name in ["tokens", "capacity", "isStatic"] {
      guard let element = reference.first(name), let words = element.words, words != "0", words != "false" else {
        continue
      }
      findings.warn(.ofReference(node, name, words), at: document.location(of: element))
    }
  }

  private mutating func read(arc: XMLElement) {
    let location = document.location(of: arc)
    let source = name(in: arc.first("sourceId")) ?? name(in: arc.first("realSourceId"))
    let target = name(in: arc.first("destinationId")) ?? name(in: arc.first("realDestinationId"))
    var draft = DraftArc(
      id: nil, source: source ?? Name(id: "", location: location), target: target ?? Name(id: "", location: location),
      location: location)
    if let type = arc.first("type"), let words = type.words {
      switch words {
      case "regular": draft.kind = .normal
      case "inhibitor": draft.kind = .inhibitor
      case "reset": draft.kind = .reset
      default: findings.error(.arcType(words), at: document.textLocation(of: type))
      }
    }
    draft.weight = findings.wholeNumber(
      in: arc.first("multiplicity"), "the multiplicity of this arc", least: 1, default: 1, document)
    self.draft.arcs.append(draft)
  }

  /// The id that an element holds; nil when it is not there, or empty.
  func name(in element: XMLElement?) -> Name? {
    guard let element, let id = element.words else { return nil }
    return Name(id: id, location: document.textLocation(of: element))
  }
}

extension Position {
  /// The point of a node of PNEditor's, which is relative to its subnet.
  fileprivate init?(of node: XMLElement, from origin: Position = Position(x: 0, y: 0)) {
    guard let local = Position(x: node.words(of: "x"), y: node.words(of: "y")) else { return nil }
    self.init(x: origin.x + local.x, y: origin.y + local.y)
  }
}

extension Diagnostic.Message {
  fileprivate static let noSubnet = Self("<document> holds no <subnet>, so there is no net", hint: whatIsRead)

  fileprivate static func secondSubnet(_ first: SourceLocation) -> Self {
    Self("<document> holds a second net; the first is at \(first)", hint: "save each in a file of its own")
  }

  fileprivate static func ofReference(_ reference: Reference, _ element: String, _ words: String) -> Self {
    Self(
      "<\(element)> of the reference place \(quoted(reference.id)) is \(quoted(words)), which is not kept",
      hint: "what the place has that it stands for counts")
  }

  fileprivate static func arcType(_ type: String) -> Self {
    Self("an arc cannot have the type \(quoted(type))", hint: "the types are regular, inhibitor and reset")
  }

  fileprivate static func shared(_ places: [String]) -> Self {
    let subject = places.count == 1 ? "place \(listed(places)) is" : "places \(listed(places)) are"
    return Self(
      "the static \(subject) shared by all instances in PNEditor; here each instance has its own",
      hint: "no instance sees the tokens of another")
  }
}
