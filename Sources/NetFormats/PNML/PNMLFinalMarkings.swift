import Diagnostics
import PetriNet

extension PNMLReader {
  /// Reads the final markings as ProM and pm4py write them: `<marking><place idref="p1"><text>1</text></place></marking>`.
  ///
  /// A marking without tokens is what these write where no final marking is known.
  mutating func read(finalMarkings element: XMLElement) {
    tell(strangeIn: element, known: "marking", attributes: [])
    for marking in element.all("marking") {
      tell(strangeIn: marking, known: "place", attributes: [])
      var parts: [FinalMarking.Part] = []
      for place in marking.all("place") {
        tell(strangeIn: place, known: "text", attributes: ["idref"])
        let id = place[attribute: "idref"]?.trimmed ?? ""
        let location = document.location(of: place)
        if id.isEmpty { findings.error(.noReference, at: location) }
        let tokens = findings.wholeNumber(
          in: place.labelElement, "the final marking of \(quoted(id))", least: 0, default: 0, document)
        if tokens > 0 { parts.append(.init(id, tokens: tokens, location: location)) }
      }
      if !parts.isEmpty { draft.finalMarkings.append(FinalMarking(parts, location: document.location(of: marking))) }
    }
  }

  /// Tells of what stands here and is not known: another one of this name has other rules elsewhere.
  private mutating func tell(strangeIn element: XMLElement, known: String, attributes: [String]) {
    for child in element.children where child.name != known {
      findings.error(.unknownElement(child.name, in: element.name, nil), at: document.location(of: child))
    }
    for attribute in element.attributes where !attributes.contains(attribute.name) {
      findings.error(
        .strangeAttribute(attribute.name, in: element.name), at: document.location(of: attribute.name, in: element))
    }
    if known != "text", let words = element.words {
      findings.error(.strangeText(words, in: element.name), at: document.textLocation(of: element))
    }
  }
}

extension Draft {
  /// What is said of the net, with the places of final markings called by their names.
  func specification(_ references: [DraftNode?], places: [Place], _ findings: inout Findings) -> Specification {
    var suggestions = Suggestions(from: ids)
    var specification = specification
    for marking in finalMarkings {
      var parts: [FinalMarking.Part] = []
      for part in marking.parts {
        var node = self[part.place]
        if case .reference(let index)? = node { node = references[index] }
        guard case .place(let index)? = node else {
          findings.error(.noSuchPlace(part.place, suggestions.nearest(to: part.place)), at: part.location)
          continue
        }
        parts.append(.init(places[index].name, tokens: part.tokens, location: part.location))
      }
      specification.ends.append(FinalMarking(parts, location: marking.location))
    }
    return specification
  }
}

extension Diagnostic.Message {
  fileprivate static let noReference = Self(
    "a place of a final marking has no idref", hint: "write the id of a place: <place idref=\"p1\">")

  fileprivate static func noSuchPlace(_ id: String, _ near: String?) -> Self {
    Self(
      "a final marking names \(quoted(id)), which is no place",
      hint: near.map { "did you mean \(quoted($0))?" } ?? "name the id of a place")
  }

  fileprivate static func strangeAttribute(_ name: String, in element: String) -> Self {
    Self(
      "the attribute \(clipped(name)) means nothing in this <\(element)>",
      hint: "remove it, if the net means the same without it")
  }

  fileprivate static func strangeText(_ text: String, in element: String) -> Self {
    Self("the text \(quoted(text)) means nothing in this <\(element)>", hint: "the number of tokens stands in <text>")
  }
}
