import Diagnostics
import PetriNet

extension PNMLReader {
  mutating func read(place: XMLElement) {
    check(place, .place)
    let (id, label) = (place.id, place.first("name")?.label ?? "")
    let title = "place \(quoted(label.isEmpty ? id : label))"
    let initial = findings.wholeNumber(
      in: place.first("initialMarking")?.labelElement, "the initial marking of \(title)", least: 0, default: 0, document
    )
    let capacity = findings.wholeNumber(
      in: place.first("capacity")?.labelElement, "the capacity of \(title)", least: 0, default: 0, document)
    let node = Place(
      label, initial: initial, capacity: capacity == 0 ? nil : capacity, position: Position(ofPNML: place),
      location: document.location(of: place))
    draft.add(node, id: id, &findings)
  }

  mutating func read(transition: XMLElement) {
    check(transition, .transition)
    let node = Transition(
      transition.first("name")?.label ?? "", roles: transition.resources, position: Position(ofPNML: transition),
      location: document.location(of: transition))
    draft.add(node, id: transition.id, &findings)
  }

  mutating func read(reference: XMLElement, _ kind: Reference.Kind) {
    check(reference, .reference)
    let location = document.location(of: reference)
    let target = reference[attribute: "ref"]?.trimmed ?? ""
    let node = Reference(
      kind: kind, id: reference.id, target: target.isEmpty ? nil : Name(id: target, location: location),
      position: Position(ofPNML: reference), location: location)
    draft.add(node, &findings)
  }

  /// The roles that WoPeD declares for the net, whether a transition has them or not.
  mutating func read(rolesOf net: XMLElement) {
    var seen: Set<String> = []
    for tool in net.all("toolspecific") where tool.isWoPeD {
      for role in tool.first("resources")?.all("role") ?? [] {
        guard let name = role[attribute: "Name"]?.trimmed, !name.isEmpty, seen.insert(name).inserted else { continue }
        draft.roles.append(Role(name, location: document.location(of: role)))
      }
    }
  }

  /// Attributes in which other dialects keep what PNML keeps in labels: skipping them would lose it.
  private static let meaningful = [
    "initialMarking", "tokens", "weight", "inscription", "multiplicity", "guard", "capacity", "invariant",
  ]

  /// Tells what is unknown, and remembers what belongs to colours or time: those are told once.
  mutating func check(_ element: XMLElement, _ vocabulary: Vocabulary) {
    var known = element
    known.children.removeAll { child in
      switch child.name {
      case "hlinitialMarking", "hlinscription", "condition", "structure":
        coloured = coloured ?? child
        return true
      case "type" where child.first("structure") != nil:
        coloured = coloured ?? child
        return true
      case "delay", "rate", "timed", "priority":
        timed = timed ?? child
        return true
      default: return false
      }
    }
    findings.check(known, vocabulary, document)
    for label in known.children where Vocabulary.labels.contains(label.name) {
      findings.check(label, .label, document)
    }
    for attribute in element.attributes where Self.meaningful.contains(attribute.name) {
      findings.error(.attribute(attribute.name, of: element.name), at: document.location(of: element))
    }
  }
}

extension XMLElement {
  /// The `id` attribute; empty when there is none.
  var id: String { self[attribute: "id"]?.trimmed ?? "" }

  fileprivate var isWoPeD: Bool { name == "toolspecific" && self[attribute: "tool"] == "WoPeD" }

  /// Who fires a transition, as WoPeD has it.
  fileprivate var resources: [String] {
    var roles: [String] = []
    var seen: Set<String> = []
    for tool in children where tool.isWoPeD {
      for resource in tool.all("transitionResource") {
        guard let role = resource[attribute: "roleName"]?.trimmed, !role.isEmpty, seen.insert(role).inserted else {
          continue
        }
        roles.append(role)
      }
    }
    return roles
  }
}

extension Diagnostic.Message {
  fileprivate static func attribute(_ attribute: String, of element: String) -> Self {
    Self(
      "the attribute \(attribute) of <\(element)> is not read, but the net may mean something else without it",
      hint: ["initialMarking", "inscription", "capacity"].contains(attribute)
        ? "write <\(attribute)><text>1</text></\(attribute)> in the element"
        : "remove it, or write what PNML has for it")
  }
}

extension Vocabulary {
  /// The children of nodes and arcs that hold words.
  static let labels = ["name", "initialMarking", "capacity", "inscription"]
  /// What may stand in a label.
  static let label = Self(once: ["text", "value", "graphics"], many: ["toolspecific"])

  fileprivate static let place = Self(
    once: ["name", "initialMarking", "capacity", "graphics"], many: ["toolspecific"])
  fileprivate static let transition = Self(once: ["name", "graphics"], many: ["toolspecific"])
  fileprivate static let reference = Self(once: ["name", "graphics"], many: ["toolspecific"])
}
