import Diagnostics

extension DraftArc {
  /// The id and the ends of an arc as PNML writes them, and all that is written in its manner.
  init(ofPNML arc: XMLElement, at location: SourceLocation) {
    self.init(
      id: arc.id.isEmpty ? nil : arc.id,
      source: Name(id: arc[attribute: "source"]?.trimmed ?? "", location: location),
      target: Name(id: arc[attribute: "target"]?.trimmed ?? "", location: location),
      location: location)
  }
}
