import Diagnostics
import PetriNet

extension PFlowReader {
  /// Reads who may fire what. It comes after the nets, since it names their transitions.
  mutating func read(roles: XMLElement) {
    var suggestions = Suggestions(from: draft.transitionIDs)
    for element in roles.all("role") {
      let role = Role(
        element.words(of: "name") ?? "",
        mayCreate: element.first("createCase").map { findings.boolean($0, document) } ?? false,
        mayDestroy: element.first("destroyCase").map { findings.boolean($0, document) } ?? false,
        location: document.location(of: element))
      draft.roles.append(role)
      for child in element.all("transitionId") {
        guard let name = name(in: child) else { continue }
        switch draft[name.id] {
        case .transition(let index): if !role.name.isEmpty { draft.addRole(role.name, to: index) }
        case .place(let index): findings.error(.rolePlace(role.name, draft.places[index].name), at: name.location)
        case .reference, nil:
          let near = suggestions.nearest(to: name.id)
          findings.error(.roleUnknown(role.name, name.id, near), at: name.location)
        }
      }
    }
  }
}

extension Findings {
  /// A truth value; false when it is empty or, which is then told, something else.
  mutating func boolean(_ element: XMLElement, _ document: XMLDocument) -> Bool {
    switch element.words {
    case "true": return true
    case "false", nil: return false
    case .some(let words):
      error(.notABoolean(element.name, words), at: document.textLocation(of: element))
      return false
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func notABoolean(_ element: String, _ words: String) -> Self {
    Self("<\(element)> is \(quoted(words))", hint: "it is true or false")
  }

  fileprivate static func rolePlace(_ role: String, _ place: String) -> Self {
    Self("role \(quoted(role)) names the place \(quoted(place))", hint: "a role names transitions")
  }

  fileprivate static func roleUnknown(_ role: String, _ id: String, _ near: String?) -> Self {
    Self(
      "role \(quoted(role)) names the transition \(quoted(id)), which does not exist",
      hint: near.map { "did you mean \(quoted($0))?" } ?? "remove it from the role")
  }
}
