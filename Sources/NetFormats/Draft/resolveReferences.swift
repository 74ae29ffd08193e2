import Diagnostics
import PetriNet

extension Draft {
  /// What each reference stands for in the end; nil where that is nothing.
  ///
  /// Chains are followed step by step and remembered, so that long ones take linear time.
  mutating func resolveReferences(_ findings: inout Findings) -> [DraftNode?] {
    var resolved = [DraftNode??](repeating: nil, count: references.count)
    var suggestions = Suggestions(from: ids)
    for first in references.indices where resolved[first] == nil {
      var path = [first]
      var onPath: Set = [first]
      var end: DraftNode?
      walk: while let index = path.last {
        let reference = references[index]
        switch reference.target.flatMap({ self[$0.id] }) {
        case .reference(let next):
          if let known = resolved[next] {
            end = known
            break walk
          }
          guard onPath.insert(next).inserted else {
            findings.error(.circle(reference), at: reference.target?.location ?? reference.location)
            break walk
          }
          path.append(next)
        case .some(let node):
          end = check(node, fits: reference, &findings)
          break walk
        case nil:
          end = missing(reference, &suggestions, &findings)
          break walk
        }
      }
      for index in path { resolved[index] = .some(end) }
    }
    return resolved.map { $0 ?? nil }
  }

  private func check(_ node: DraftNode, fits reference: Reference, _ findings: inout Findings) -> DraftNode? {
    switch (reference.kind, node) {
    case (.place, .transition), (.transition, .place):
      findings.error(.wrongKind(reference), at: reference.target?.location ?? reference.location)
      return nil
    default: return node
    }
  }

  /// A reference of PNEditor's that leads nowhere is the open end of a stored subnet; elsewhere it is a mistake.
  private mutating func missing(
    _ reference: Reference, _ suggestions: inout Suggestions, _ findings: inout Findings
  ) -> DraftNode? {
    if naming == .label {
      findings.warn(.openEnd(reference), at: reference.target?.location ?? reference.location)
      return addPlace(for: reference)
    }
    let near = reference.target.flatMap { suggestions.nearest(to: $0.id) }
    findings.error(.nowhere(reference, near), at: reference.target?.location ?? reference.location)
    return nil
  }
}

extension Reference {
  /// The reference as messages call it.
  fileprivate var title: String { "reference \(kind.rawValue) \(quoted(id))" }
}

extension Diagnostic.Message {
  fileprivate static func circle(_ reference: Reference) -> Self {
    Self("\(reference.title) stands for itself, by way of others", hint: "let it lead to a \(reference.kind.rawValue)")
  }

  fileprivate static func wrongKind(_ reference: Reference) -> Self {
    let other = reference.kind == .place ? "transition" : "place"
    return Self(
      "\(reference.title) stands for \(quoted(reference.target?.id ?? "")), which is a \(other)",
      hint: "let it lead to a \(reference.kind.rawValue)")
  }

  fileprivate static func nowhere(_ reference: Reference, _ near: String?) -> Self {
    guard let target = reference.target else {
      return Self("\(reference.title) does not say what it stands for", hint: "name a \(reference.kind.rawValue)")
    }
    return Self(
      "\(reference.title) stands for \(quoted(target.id)), which does not exist",
      hint: near.map { "did you mean \(quoted($0))?" } ?? "let it lead to a \(reference.kind.rawValue)")
  }

  fileprivate static func openEnd(_ reference: Reference) -> Self {
    let target = reference.target.map { "stands for \(quoted($0.id)), which does not exist" } ?? "stands for no place"
    return Self(
      "\(reference.title) \(target); it becomes a place of its own, without tokens",
      hint: "connect it to a place of the outer net, if there should be one")
  }
}
