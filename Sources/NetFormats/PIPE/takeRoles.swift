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
    var left: [Int] = []
    for place in draft.places.indices {
      guard let role = Role.name(inPlace: draft.placeIDs[place]), let arcs = arcsOfPlace[place] else { continue }
      guard arcs.allSatisfy(\.isRole) else {
        if arcs.contains(where: \.isRole) { left.append(place) }
        continue
      }
      for arc in arcs { draft.addRole(role, to: arc.transition) }
      if names.insert(role).inserted { draft.roles.append(Role(role, location: draft.places[place].location)) }
      taken.insert(place)
    }
    if let first = left.first {
      findings.warn(.leftAsPlaces(left.map { quoted(draft.placeIDs[$0]) }), at: draft.places[first].location)
    }
    guard let first = taken.min() else { return }
    let places = taken.sorted().map { quoted(draft.placeIDs[$0]) }
    findings.warn(.takenAsRoles(places, draft.roles.map { quoted($0.name) }), at: draft.places[first].location)
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
  fileprivate static func takenAsRoles(_ places: [String], _ roles: [String]) -> Self {
    let text =
      places.count == 1
      ? "place \(listed(places)) becomes the role" : "places \(listed(places)) become the roles"
    return Self("\(text) \(listed(roles)), as in bitwrap", hint: "rename what should stay a place")
  }

  fileprivate static func leftAsPlaces(_ places: [String]) -> Self {
    let text = places.count == 1 ? "place \(listed(places)) stays a place" : "places \(listed(places)) stay places"
    return Self(
      "\(text), because there are other arcs than inhibitor arcs",
      hint: "in bitwrap it would be a role; leave it nothing but inhibitor arcs to make it one")
  }
}
