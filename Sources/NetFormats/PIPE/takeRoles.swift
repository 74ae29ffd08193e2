import Diagnostics
import PetriNet

extension PIPEReader {
  /// Makes roles of the places that bitwrap means as such: `alice_role` with nothing but inhibitor arcs.
  ///
  /// bitwrap reads no other meaning out of an inhibitor arc, and PNML has no other way to say who fires a transition.
  mutating func takeRoles() {
    var arcsOfPlace: [Int: [(arc: DraftArc, isRole: Bool, transition: Int)]] = [:]
    for arc in draft.arcs {
      if case .place(let place) = draft[arc.source.id] {
        guard Role.name(inPlace: arc.source.id) != nil else { continue }
        if arc.kind == .inhibitor, case .transition(let transition) = draft[arc.target.id] {
          arcsOfPlace[place, default: []].append((arc, true, transition))
        } else {
          arcsOfPlace[place, default: []].append((arc, false, 0))
        }
      } else if case .place(let place) = draft[arc.target.id] {
        arcsOfPlace[place, default: []].append((arc, false, 0))
      }
    }
    var taken: Set<Int> = []
    var names: Set<String> = []
    for place in draft.places.indices {
      guard let role = Role.name(inPlace: draft.placeIDs[place]), let arcs = arcsOfPlace[place] else { continue }
      let (id, location) = (draft.placeIDs[place], draft.places[place].location)
      guard arcs.allSatisfy(\.isRole) else {
        if arcs.contains(where: \.isRole) { findings.warn(.notOnlyARole(id), at: location) }
        continue
      }
      for arc in arcs { draft.addRole(role, to: arc.transition) }
      if names.insert(role).inserted { draft.roles.append(Role(role, location: location)) }
      findings.warn(.role(id, role, counted(arcs.count, "transition")), at: location)
      taken.insert(place)
    }
    guard !taken.isEmpty else { return }
    draft.arcs = draft.arcs.filter { arc in
      guard case .place(let place) = draft[arc.source.id] else { return true }
      return !taken.contains(place)
    }
    draft.removePlaces(taken)
  }
}

extension Role {
  /// The role that a place of bitwrap's may mean: `alice` for `alice_role`, and for `role_alice`.
  fileprivate static func name(inPlace id: String) -> String? {
    if id.hasSuffix("_role"), id != "_role" { return String(id.dropLast(5)) }
    if id.hasPrefix("role_"), id != "role_" { return String(id.dropFirst(5)) }
    return nil
  }
}

extension Diagnostic.Message {
  fileprivate static func role(_ place: String, _ role: String, _ transitions: String) -> Self {
    Self(
      "place \(quoted(place)) becomes the role \(quoted(role)) of \(transitions), as in bitwrap",
      hint: "rename the place if it should stay one")
  }

  fileprivate static func notOnlyARole(_ place: String) -> Self {
    Self(
      "place \(quoted(place)) stays a place, because it has other arcs than inhibitor arcs",
      hint: "in bitwrap it would be a role; give it inhibitor arcs alone to make it one")
  }
}
