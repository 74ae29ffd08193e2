import Diagnostics

/// What may stand in an element. Whatever else stands there is told: skipping it might change what the net means.
struct Vocabulary {
  /// Elements that stand there once, if at all.
  let single: [String]
  /// Elements that may be repeated.
  let repeated: [String]

  init(once single: [String], many repeated: [String] = []) {
    self.single = single
    self.repeated = repeated
  }
}

extension Findings {
  /// Tells what an element holds that it should not: unknown elements, and elements twice of which there is one.
  mutating func check(_ element: XMLElement, _ vocabulary: Vocabulary, _ document: XMLDocument) {
    var seen: [String] = []
    for child in element.children {
      if vocabulary.repeated.contains(child.name) { continue }
      if vocabulary.single.contains(child.name) {
        if seen.contains(child.name) {
          error(.twice(child.name, in: element.name), at: document.location(of: child))
        } else {
          seen.append(child.name)
        }
        continue
      }
      var suggestions = Suggestions(from: vocabulary.single + vocabulary.repeated)
      let near = suggestions.nearest(to: child.name)
      error(.unknownElement(child.name, in: element.name, near), at: document.location(of: child))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func twice(_ child: String, in element: String) -> Self {
    Self("<\(child)> stands twice in this <\(element)>", hint: "remove one of them")
  }

  static func unknownElement(_ child: String, in element: String, _ near: String?) -> Self {
    Self(
      "<\(clipped(child))> means nothing in <\(element)>",
      hint: near.map { "did you mean <\($0)>?" } ?? "remove it, if the net means the same without it")
  }
}
