import Diagnostics
import PetriNet

extension PNMLReader {
  mutating func read(arc: XMLElement) {
    tell(unsupportedIn: arc)
    var draft = DraftArc(ofPNML: arc, at: document.location(of: arc))
    draft.kind = kind(of: arc, draft)
    draft.weight = findings.wholeNumber(
      in: arc.first("inscription")?.labelElement, "the inscription of \(draft.title)", least: 1, default: 1, document)
    if let id = draft.id {
      arcIDs[id, default: 0] += 1
      if arcIDs[id] == 2 { arcsTwice.append(Name(id: id, location: draft.location)) }
    }
    self.draft.arcs.append(draft)
  }

  /// What an arc says it is. The standard has no kinds of arcs, so each tool has its own way to say it:
  /// `<type value="inhibitor"/>`, `<arctype><text>reset</text></arctype>`, `type="inhibitor"`, `<inhibitorArc>`.
  private mutating func kind(of arc: XMLElement, _ draft: DraftArc) -> DraftArc.Kind {
    let elements = [arc.first("type"), arc.first("arctype")].compactMap { $0 }
    var said = elements.flatMap { [$0[attribute: "value"], $0.label] } + [arc[attribute: "type"]]
    if arc.name == "inhibitorArc" { said.append("inhibitor") }
    var kinds: [DraftArc.Kind] = []
    for words in said {
      guard let words = words?.trimmed, !words.isEmpty else { continue }
      switch words.lowercased() {
      case "normal", "regular": kinds.append(.normal)
      case "inhibitor": kinds.append(.inhibitor)
      case "reset": kinds.append(.reset)
      case "read", "test": kinds.append(.read)
      default: findings.error(.arcType(draft, words), at: document.location(of: elements.first ?? arc))
      }
    }
    if let first = kinds.first, let other = kinds.first(where: { $0 != first }) {
      findings.error(.arcTypes(draft, first, other), at: document.location(of: elements.first ?? arc))
    }
    return kinds.first ?? .normal
  }
}

extension Diagnostic.Message {
  static func arcsTwice(_ ids: [String]) -> Self {
    Self(
      "more than one arc has the id \(listed(ids)); all of them are kept", hint: "nothing is lost: nobody names arcs")
  }

  fileprivate static func arcType(_ arc: DraftArc, _ type: String) -> Self {
    Self(
      "\(arc.title) has the type \(quoted(type)), which is not known",
      hint: "the types are normal, inhibitor, read and reset")
  }

  fileprivate static func arcTypes(_ arc: DraftArc, _ a: DraftArc.Kind, _ b: DraftArc.Kind) -> Self {
    Self("\(arc.title) says that it is \(a.rawValue), and that it is \(b.rawValue)", hint: "keep one of them")
  }
}
