import Diagnostics
import PetriNet

/// Tells what other tools do otherwise with these arcs: parallel ones, and those there and back.
///
/// One line for each kind of surprise, since a net may have thousands of such arcs.
func remark(on arcs: [Arc], places: [Place], transitions: [Transition], _ findings: inout Findings) {
  struct Pair: Hashable {
    let place: Int
    let transition: Int
  }
  var counts: [Arc.Kind: [Pair: Int]] = [:]
  var parallel: [Arc.Kind: [Arc]] = [:]
  for arc in arcs {
    let pair = Pair(place: arc.place, transition: arc.transition)
    counts[arc.kind, default: [:]][pair, default: 0] += 1
    if counts[arc.kind]?[pair] == 2 { parallel[arc.kind, default: []].append(arc) }
  }
  func ends(_ arc: Arc) -> String {
    let (place, transition) = (quoted(places[arc.place].name), quoted(transitions[arc.transition].name))
    return arc.kind == .output ? "\(transition) to \(place)" : "\(place) to \(transition)"
  }

  for kind in Arc.Kind.allCases {
    guard let found = parallel[kind], let first = found.first else { continue }
    findings.warn(.parallel(kind, found.map(ends)), at: first.location)
  }
  var looped: Set<Pair> = []
  let loops = arcs.filter { arc in
    let pair = Pair(place: arc.place, transition: arc.transition)
    return arc.kind == .input && counts[.output]?[pair] != nil && looped.insert(pair).inserted
  }
  if let first = loops.first {
    let pairs = loops.map { "\(quoted(transitions[$0.transition].name)) of \(quoted(places[$0.place].name))" }
    findings.note(.loops(pairs), at: first.location)
  }
}

extension Diagnostic.Message {
  fileprivate static func parallel(_ kind: Arc.Kind, _ pairs: [String]) -> Self {
    let rule =
      switch kind {
      case .input, .output: "their weights add up"
      case .read: "the largest weight decides"
      case .inhibitor: "the smallest weight decides"
      case .reset: "one does the same"
      }
    let kind = kind == .input || kind == .output ? "" : "\(kind.rawValue) "
    return Self(
      "several parallel \(kind)arcs go from \(listed(pairs)); \(rule)", hint: "draw one arc if you meant one")
  }

  fileprivate static func loops(_ pairs: [String]) -> Self {
    let subject = pairs.count == 1 ? "a transition takes and puts" : "some transitions take and put"
    return Self(
      "\(subject) tokens of one place, \(listed(pairs)); the tokens must be there to fire",
      hint: "some tools keep only the difference, and fire without them")
  }
}
