import Diagnostics
import PetriNet

/// Reads the PNML of PIPE and bitwrap: no pages, labels in `value`, tokens that may have colours.
struct PIPEReader: NetReader {
  let document: XMLDocument
  var findings: Findings
  var draft = Draft()
  /// The colours that any tokens have, with where they are first used.
  var colours: [Name] = []
  /// The names in `colours`.
  var colourNames: Set<String> = []
  /// The first `timed` and `priority` of the net; when a later one differs, it matters and is told.
  private var first: [String: String] = [:]
  private var hasOrder = false

  /// PIPE calls its nets "P/T net", declares tokens, or keeps the text of a label in `value`.
  static func recognises(_ document: XMLDocument) -> Bool {
    guard document.root.name == "pnml", document.namespace != PNMLReader.standard,
      let net = document.root.first("net")
    else { return false }
    if net[attribute: "type"] == "P/T net" { return true }
    for child in net.children {
      switch child.name {
      case "token", "labels", "definition", "stategroup": return true
      case "place", "transition", "arc":
        for label in child.children {
          if label.first("value") != nil { return true }
          if label.first("text") != nil { return false }
        }
      default: continue
      }
    }
    return false
  }

  init(_ document: XMLDocument, _ findings: Findings) {
    self.document = document
    self.findings = findings
  }

  mutating func read() {
    findings.check(document.root, .pipe, document)
    let nets = document.root.all("net")
    guard let net = nets.first else { return }
    if nets.count > 1 { findings.error(.nets(nets.count), at: document.location(of: nets[1])) }
    // bitwrap's nets have no id and no type, and call nodes by their ids; PIPE shows the names.
    let isBitwrap = net[attribute: "id"] == nil && net[attribute: "type"] == nil
    draft.naming = isBitwrap ? .id : .uniqueLabel
    draft.location = document.location(of: net)
    draft.title = net.first("name")?.label
    for child in net.children {
      switch child.name {
      case "place": read(place: child)
      case "transition": read(transition: child)
      case "arc": read(arc: child)
      default: continue
      }
    }
    if colours.count > 1 {
      findings.error(.coloured(colours.map { quoted($0.id) }), at: colours[1].location)
    }
    takeRoles()
  }

  private mutating func read(place: XMLElement) {
    let (id, label) = (place.id, place.first("name")?.label ?? "")
    let title = "place \(quoted(label.isEmpty ? id : label))"
    let initial = tokens(in: place.first("initialMarking"), "the initial marking of \(title)", least: 0, default: 0)
    let capacity = findings.wholeNumber(
      in: place.first("capacity")?.labelElement, "the capacity of \(title)", least: 0, default: 0, document)
    let node = Place(
      label, initial: initial, capacity: capacity == 0 ? nil : capacity, position: Position(ofPNML: place),
      location: document.location(of: place))
    draft.add(node, id: id, &findings)
  }

  private mutating func read(transition: XMLElement) {
    for name in ["timed", "priority"] {
      guard let element = transition.first(name), let value = element.label else { continue }
      guard let usual = first[name] else {
        first[name] = value
        continue
      }
      guard value != usual, !hasOrder else { continue }
      hasOrder = true
      findings.warn(.order, at: document.location(of: element))
    }
    let node = Transition(
      transition.first("name")?.label ?? "", position: Position(ofPNML: transition),
      location: document.location(of: transition))
    draft.add(node, id: transition.id, &findings)
  }

  private mutating func read(arc: XMLElement) {
    var draft = DraftArc(ofPNML: arc, at: document.location(of: arc))
    if let type = arc.first("type"), let words = type[attribute: "value"]?.trimmed {
      switch words {
      case "normal": draft.kind = .normal
      case "inhibitor": draft.kind = .inhibitor
      default: findings.error(.arcType(draft, words), at: document.location(of: type))
      }
    }
    let weight = tokens(in: arc.first("inscription"), "the weight of \(draft.title)", least: 1, default: 1)
    switch draft.kind {
    case .inhibitor: if weight > 1 { findings.warn(.inhibitorWeight(draft, weight), at: draft.location) }
    default: draft.weight = weight
    }
    self.draft.arcs.append(draft)
  }
}

extension Diagnostic.Message {
  fileprivate static func coloured(_ colours: [String]) -> Self {
    Self(
      "the net has tokens of \(colours.count) colours, \(listed(colours)); coloured nets are not supported yet",
      hint: "draw a place for each colour, with tokens of one colour")
  }

  fileprivate static func inhibitorWeight(_ arc: DraftArc, _ weight: Int) -> Self {
    Self(
      "\(arc.title) is an inhibitor arc of weight \(weight); the weight is not kept",
      hint: "in PIPE an inhibitor arc has none: the place must be empty")
  }

  fileprivate static let order = Self(
    "priorities and time are not kept: in PIPE some transitions go before others, here each fires when it is called",
    hint: "add places or inhibitor arcs where the order matters")

  fileprivate static func arcType(_ arc: DraftArc, _ type: String) -> Self {
    Self("\(arc.title) has the type \(quoted(type)), which is not known", hint: "the types are normal and inhibitor")
  }
}
