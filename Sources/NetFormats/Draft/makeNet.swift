import Diagnostics
import PetriNet

extension Draft {
  /// Resolves ids and names. Nil when the net cannot be made; why is among the findings.
  ///
  /// Even when something was wrong already the rest is made into a net, so that its mistakes are told as well.
  consuming func net(name: String, _ findings: inout Findings) -> Net? {
    var draft = self
    let references = draft.resolveReferences(&findings)
    let places = draft.named(draft.places, &findings)
    let transitions = draft.named(draft.transitions, &findings)
    let arcs = draft.resolveArcs(references, places: places, transitions: transitions, &findings)
    let specification = draft.specification(references, places: places, &findings)
    if places.isEmpty, transitions.isEmpty, !findings.hasErrors { findings.warn(.empty, at: draft.location) }
    if draft.hasForeignReaders { remark(on: arcs, places: places, transitions: transitions, &findings) }
    do throws(Diagnostics) {
      return try Net(
        name: draft.name ?? name, title: draft.title, about: draft.about, places: places, transitions: transitions,
        arcs: arcs, roles: draft.roles, keepsStates: draft.keepsStates,
        specification: specification)
    } catch {
      findings.add(error)
      return nil
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let empty: Self = "the net has no places and no transitions"
}
