import Diagnostics
import JSON
import PetriNet

/// Reads the models of petri-pilot, as far as they are nets: what holds data or guards is refused, what makes an
/// application of the net is skipped.
struct PetriPilotReader: NetReader {
  static func recognises(_ document: JSONDocument) -> Bool {
    document.root["places"]?.elements?.first?.isObject == true && document.root["arcs"] != nil
  }

  let document: JSONDocument
  var findings: Findings
  var draft = Draft()
  /// Members of the model and of its parts that are not kept, in the order of the file.
  private var unkept: [Name] = []

  init(_ document: JSONDocument, _ findings: Findings) {
    self.document = document
    self.findings = findings
    draft.naming = .id
    draft.location = document.location(of: document.root)
  }

  mutating func read() {
    let root = document.root
    findings.check(root, .model, document)
    draft.title = findings.text(in: root["name"], "name", document)
    for name in ["places", "transitions", "arcs"] {
      for node in findings.elements(of: root[name], name, document) {
        switch name {
        case "places": read(place: node)
        case "transitions": read(transition: node)
        default: read(arc: node)
        }
      }
    }
    readRoles()
    let parts = root.members.filter { JSONMembers.application.contains($0.name) }
    unkept += parts.map { Name(id: $0.name, location: document.location(of: $0)) }
    if let constraints = root["constraints"], constraints.elements?.isEmpty != true {
      findings.warn(.constraints, at: document.location(of: constraints))
    }
    if let first = unkept.first {
      var seen: Set<String> = []
      findings.note(.unkept(unkept.map(\.id).filter { seen.insert($0).inserted }), at: first.location)
    }
  }

  private mutating func read(place node: JSONNode) {
    guard findings.check(node, .place, document) else { return }
    let location = document.location(of: node)
    let name = findings.name("id", of: node, document)
    for member in ["type", "initial_value", "keys"] { refuse(member, of: node) }
    if let kind = node["kind"], let words = findings.text(in: kind, "kind", document), words != "token" {
      findings.error(.data(name.id), at: document.location(of: kind))
    }
    let title = "place \(quoted(name.id))"
    let initial = findings.wholeNumber(
      in: node["initial"], "the initial marking of \(title)", least: 0, default: 0, document)
    let capacity = findings.wholeNumber(
      in: node["capacity"], "the capacity of \(title)", least: 0, default: 0, document)
    let place = Place(
      name.id, initial: initial, capacity: capacity == 0 ? nil : capacity, position: Position(ofJSON: node),
      location: location)
    draft.add(place, id: name.id, &findings)
  }

  private mutating func read(transition node: JSONNode) {
    guard findings.check(node, .transition, document) else { return }
    let name = findings.name("id", of: node, document)
    for member in ["guard", "bindings"] { refuse(member, of: node) }
    for member in node.members where JSONMembers.ofTransitions.contains(member.name) {
      unkept.append(Name(id: member.name, location: document.location(of: member)))
    }
    let role = findings.text(in: node["role"], "role", document)
    let transition = Transition(
      name.id, roles: role.map { [$0] } ?? [], position: Position(ofJSON: node), location: document.location(of: node))
    draft.add(transition, id: name.id, &findings)
  }

  private mutating func read(arc node: JSONNode) {
    guard findings.check(node, .arc, document) else { return }
    for member in ["keys", "value"] { refuse(member, of: node) }
    let source = findings.name("from", of: node, document)
    let target = findings.name("to", of: node, document)
    var arc = DraftArc(id: nil, source: source, target: target, location: document.location(of: node))
    switch findings.text(in: node["type"], "type", document) {
    case "inhibitor": arc.kind = .inhibitor
    case nil, "normal": break
    case .some(let words): findings.error(.arcType(words), at: document.location(of: node["type"] ?? node))
    }
    arc.weight = findings.wholeNumber(in: node["weight"], "the weight of this arc", least: 1, default: 1, document)
    draft.arcs.append(arc)
  }

  /// Refuses a member that would change when a transition fires.
  private mutating func refuse(_ name: String, of node: JSONNode) {
    guard let member = node.members.first(where: { $0.name == name }), !member.node.isVoid else { return }
    findings.error(.unsupported(name), at: document.location(of: member))
  }
}

extension PetriPilotReader {
  /// Reads who may fire what. A role that inherits from another may fire what that one may.
  private mutating func readRoles() {
    var heirs: [String: [String]] = [:]
    for node in findings.elements(of: document.root["roles"], "roles", document) {
      guard findings.check(node, .role, document) else { continue }
      let name = findings.name("id", of: node, document)
      draft.roles.append(Role(name.id, location: document.location(of: node)))
      refuse("dynamicGrant", of: node)
      for parent in findings.elements(of: node["inherits"], "inherits", document) {
        guard let parent = findings.text(in: parent, "inherits", document) else { continue }
        heirs[parent, default: []].append(name.id)
      }
    }
    for node in findings.elements(of: document.root["access"], "access", document) {
      guard findings.check(node, .access, document) else { continue }
      refuse("guard", of: node)
      let transition = findings.name("transition", of: node, document)
      let roles = findings.elements(of: node["roles"], "roles", document)
        .compactMap { findings.text(in: $0, "roles", document) }
      for role in roles { add(role, to: transition) }
    }
    for index in draft.transitions.indices {
      var roles = draft.transitions[index].roles
      var next = 0
      while next < roles.count {
        for heir in heirs[roles[next]] ?? [] where !roles.contains(heir) {
          roles.append(heir)
          draft.addRole(heir, to: index)
        }
        next += 1
      }
    }
  }

  private mutating func add(_ role: String, to transition: Name) {
    if transition.id == "*" {
      for index in draft.transitions.indices { draft.addRole(role, to: index) }
    } else if case .transition(let index) = draft[transition.id] {
      draft.addRole(role, to: index)
    } else {
      findings.error(.noTransition(transition.id), at: transition.location)
    }
  }
}

extension JSONMembers {
  /// Parts of a model that make an application of it.
  fileprivate static let application = [
    "views", "navigation", "admin", "eventSourcing", "simulation", "events", "timers", "webhooks", "approvals",
    "relationships", "softDelete", "graphql", "prediction", "debug", "status", "metadata",
  ]
  /// Members of transitions that say how they are called, and how often.
  fileprivate static let ofTransitions = [
    "event", "event_type", "http_method", "http_path", "fields", "rate", "duration", "minDuration", "maxDuration",
    "clearsHistory",
  ]
  fileprivate static let model = Self(
    what: "a model",
    known: ["name", "version", "description", "places", "transitions", "arcs", "constraints", "roles", "access"]
      + application, isOpen: true)
  fileprivate static let place = Self(
    what: "a place",
    known: [
      "id", "description", "initial", "capacity", "kind", "type", "initial_value", "keys", "exported", "persisted",
      "resource", "x", "y",
    ])
  fileprivate static let transition = Self(
    what: "a transition", known: ["id", "description", "role", "guard", "bindings", "x", "y"] + ofTransitions)
  fileprivate static let arc = Self(what: "an arc", known: ["from", "to", "weight", "type", "keys", "value"])
  fileprivate static let role = Self(
    what: "a role", known: ["id", "name", "description", "inherits", "dynamicGrant"])
  fileprivate static let access = Self(what: "a rule of access", known: ["transition", "roles", "guard"])
}

extension Diagnostic.Message {
  fileprivate static func data(_ place: String) -> Self {
    Self("place \(quoted(place)) holds data; that is not supported yet", hint: "only places with tokens are read")
  }

  fileprivate static func unsupported(_ member: String) -> Self {
    Self("\(member) is not supported yet", hint: "remove it, if the net means the same without it")
  }

  fileprivate static func arcType(_ type: String) -> Self {
    Self("an arc cannot have the type \(quoted(type))", hint: "the types are normal and inhibitor")
  }

  fileprivate static func noTransition(_ name: String) -> Self {
    Self("\(quoted(name)) is no transition", hint: "name one, or \"*\" for all")
  }

  fileprivate static let constraints = Self(
    "constraints are not kept", hint: "ptflow explain says which laws of tokens are proved")

  fileprivate static func unkept(_ members: [String]) -> Self {
    Self(
      "\(listed(members)) \(members.count == 1 ? "is" : "are") not kept: \(members.count == 1 ? "it is" : "they are") of the application, and not of the net"
    )
  }
}
