import Diagnostics
import PetriNet

extension PNMLReader {
  mutating func read(arc: XMLElement) {
    check(arc, .arc)
    let location = document.location(of: arc)
    var draft = DraftArc(
      id: arc.id.isEmpty ? nil : arc.id,
      source: Name(id: arc[attribute: "source"]?.trimmed ?? "", location: location),
      target: Name(id: arc[attribute: "target"]?.trimmed ?? "", location: location),
      location: location)
    if arc.name == "inhibitorArc" { draft.kind = .inhibitor }
    if let kind = kind(of: arc, draft) { draft.kind = kind }
    draft.weight = findings.wholeNumber(
      in: arc.first("inscription")?.labelElement, "the inscription of \(draft.title)", least: 1, default: 1, document)
    if let id = draft.id {
      arcIDs[id, default: 0] += 1
      if arcIDs[id] == 2 { arcsTwice.append(Name(id: id, location: location)) }
    }
    self.draft.arcs.append(draft)
  }

  /// What an arc says it is. The standard has no kinds of arcs, so each tool has its own way to say it:
  /// `<type value="inhibitor"/>`, `<arctype><text>reset</text></arctype>`, `type="inhibitor"`.
  private mutating func kind(of arc: XMLElement, _ draft: DraftArc) -> DraftArc.Kind? {
    let element = arc.first("type") ?? arc.first("arctype")
    let words = element.flatMap { $0[attribute: "value"] ?? $0.label ?? $0.words } ?? arc[attribute: "type"]
    guard let words = words?.trimmed, !words.isEmpty else { return nil }
    switch words.lowercased() {
    case "normal", "regular": return .normal
    case "inhibitor": return .inhibitor
    case "reset": return .reset
    case "read", "test": return .read
    default:
      findings.error(.arcType(draft, words), at: document.location(of: element ?? arc))
      return nil
    }
  }
}

extension Vocabulary {
  fileprivate static let arc = Self(
    once: ["name", "inscription", "graphics", "type", "arctype"], many: ["toolspecific"])
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
}
