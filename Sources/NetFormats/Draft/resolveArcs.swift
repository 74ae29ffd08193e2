import Diagnostics
import PetriNet

extension Draft {
  /// The arcs between the nodes that they name; those whose ends are wrong are left out.
  func resolveArcs(
    _ references: [DraftNode?], places: [Place], transitions: [Transition], _ findings: inout Findings
  ) -> [Arc] {
    var ends = ArcEnds(draft: self, references: references)
    var resolved: [Arc] = []
    resolved.reserveCapacity(arcs.count)
    for arc in arcs {
      let source = ends.node(arc.source, "starts", arc, &findings)
      let target = ends.node(arc.target, "ends", arc, &findings)
      switch (source, target) {
      case (.place(let place), .transition(let transition)):
        let kind = Arc.Kind(takingBy: arc.kind)
        if kind == .reset, arc.weight > 1 { findings.warn(.resetWeight(arc), at: arc.location) }
        let weight = kind == .reset ? 1 : arc.weight
        resolved.append(Arc(kind, place: place, transition: transition, weight: weight, location: arc.location))
      case (.transition(let transition), .place(let place)):
        guard arc.kind == .normal else {
          let (from, to) = (transitions[transition].name, places[place].name)
          findings.error(.backwards(arc, from: from, to: to), at: arc.location)
          continue
        }
        resolved.append(Arc(.output, place: place, transition: transition, weight: arc.weight, location: arc.location))
      case (.place(let a), .place(let b)):
        findings.error(.sameKind(arc, "place", places[a].name, places[b].name, "transition"), at: arc.location)
      case (.transition(let a), .transition(let b)):
        findings.error(
          .sameKind(arc, "transition", transitions[a].name, transitions[b].name, "place"), at: arc.location)
      default: continue
      }
    }
    return resolved
  }
}

extension Arc.Kind {
  /// The kind of an arc from a place to a transition.
  fileprivate init(takingBy kind: DraftArc.Kind) {
    switch kind {
    case .normal: self = .input
    case .read: self = .read
    case .inhibitor: self = .inhibitor
    case .reset: self = .reset
    }
  }
}

/// Looks up the ends of arcs.
private struct ArcEnds {
  let draft: Draft
  let references: [DraftNode?]
  /// The ids of nodes by their labels: an author may have written the one for the other.
  lazy var idsByLabel = Dictionary(
    zip(draft.places.map(\.name) + draft.transitions.map(\.name), draft.placeIDs + draft.transitionIDs),
    uniquingKeysWith: { first, _ in first })
  lazy var suggestions = Suggestions(from: draft.ids)

  init(draft: Draft, references: [DraftNode?]) {
    self.draft = draft
    self.references = references
  }

  /// The place or transition at an end; nil when there is none, which is then told, or was with its reference.
  mutating func node(_ end: Name, _ verb: String, _ arc: DraftArc, _ findings: inout Findings) -> DraftNode? {
    switch draft[end.id] {
    case .reference(let index): return references[index]
    case .some(let node): return node
    case nil:
      if end.id.isEmpty {
        findings.error(.noEnd(arc, verb), at: end.location)
      } else if let id = idsByLabel[end.id] {
        findings.error(.unknownEnd(arc, verb, end.id, hint: .label(end.id, of: id)), at: end.location)
      } else {
        let near = suggestions.nearest(to: end.id)
        findings.error(.unknownEnd(arc, verb, end.id, hint: .near(near)), at: end.location)
      }
      return nil
    }
  }
}

extension String {
  fileprivate static func label(_ label: String, of id: String) -> String {
    "\(quoted(label)) is the name of the node with the id \(quoted(id)); arcs name ids"
  }

  fileprivate static func near(_ near: String?) -> String {
    near.map { "did you mean \(quoted($0))?" } ?? "name a place or a transition, or remove the arc"
  }
}

extension Diagnostic.Message {
  fileprivate static func noEnd(_ arc: DraftArc, _ verb: String) -> Self {
    Self("\(arc.title) \(verb) nowhere", hint: "an arc joins a place and a transition; name both, or remove the arc")
  }

  fileprivate static func unknownEnd(_ arc: DraftArc, _ verb: String, _ end: String, hint: String) -> Self {
    Self("\(arc.title) \(verb) at \(quoted(end)), which is no place and no transition", hint: hint)
  }

  fileprivate static func backwards(_ arc: DraftArc, from: String, to: String) -> Self {
    let kind = arc.kind == .inhibitor ? "an inhibitor arc" : "a \(arc.kind.rawValue) arc"
    return Self(
      "\(arc.title) is \(kind) from the transition \(quoted(from)) to the place \(quoted(to))",
      hint: "\(kind) goes from a place to a transition: turn it round, or make it a regular arc")
  }

  fileprivate static func resetWeight(_ arc: DraftArc) -> Self {
    Self("\(arc.title) is a reset arc of weight \(arc.weight); the weight is not kept", hint: "it empties the place")
  }

  fileprivate static func sameKind(
    _ arc: DraftArc, _ kind: String, _ from: String, _ to: String, _ between: String
  ) -> Self {
    Self(
      "\(arc.title) goes from the \(kind) \(quoted(from)) to the \(kind) \(quoted(to))",
      hint: "put a \(between) between them")
  }
}
