import Diagnostics
import PetriNet

extension PNMLReader {
  mutating func read(place: XMLElement) {
    tell(unsupportedIn: place)
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
    tell(unsupportedIn: transition)
    let label = transition.first("name")?.label ?? ""
    note(toolsOf: transition, label.isEmpty ? transition.id : label)
    let node = Transition(
      label, roles: transition.resources, position: Position(ofPNML: transition),
      location: document.location(of: transition))
    draft.add(node, id: transition.id, &findings)
  }

  /// Remembers what tools say of a transition that a net here does not: triggers, silence, distributions of time.
  private mutating func note(toolsOf transition: XMLElement, _ name: String) {
    for tool in transition.all("toolspecific") {
      switch tool[attribute: "tool"] {
      case "WoPeD":
        // Resources trigger as roles; 201 is a message, 202 is time.
        guard let trigger = tool.first("trigger"), ["201", "202"].contains(trigger[attribute: "type"]) else { continue }
        triggered.append(Name(id: name, location: document.location(of: trigger)))
      case "ProM" where tool[attribute: "activity"] == "$invisible$":
        silent.append(Name(id: name, location: document.location(of: tool)))
      case "StochasticPetriNet": timed = timed ?? tool
      default: continue
      }
    }
  }

  mutating func read(reference: XMLElement, _ kind: Reference.Kind) {
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

  /// Remembers what belongs to colours or time: that is told once.
  mutating func tell(unsupportedIn element: XMLElement) {
    for child in element.children {
      switch child.name {
      case "hlinitialMarking", "hlinscription", "condition": coloured = coloured ?? child
      case "type" where element.name == "place" || child.first("structure") != nil: coloured = coloured ?? child
      case "delay", "rate", "timed", "priority": timed = timed ?? child
      default: continue
      }
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
