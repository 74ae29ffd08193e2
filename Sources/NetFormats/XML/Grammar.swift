import Diagnostics

/// What may stand in a file of a format. Whatever else stands there is told: skipping it might change what the net
/// means.
struct Grammar {
  /// What may stand in elements of one name.
  struct Rule {
    /// Attributes that may stand in the tag.
    var attributes: [String] = []
    /// Elements that stand in it once, if at all.
    var once: [String] = []
    /// Elements that may be repeated.
    var many: [String] = []
    /// What text may stand in it.
    var text = Text.none
  }

  /// What text may stand in an element.
  enum Text {
    /// White space only.
    case none
    /// Any.
    case any
    /// Any, either in the element itself or in one of `text` and `value`.
    case label
  }

  /// By the name of the element.
  let rules: [String: Rule]
  /// Elements that are known to be harmless, or that the reader looks into by itself.
  let skipped: Set<String>
}

extension Grammar.Rule {
  /// An element that holds text and nothing else.
  static let text = Self(text: .any)
  /// An element of PNML that says something, and where that is drawn.
  static let label = Self(once: ["text", "value", "graphics"], many: ["toolspecific"], text: .label)
}

extension Findings {
  /// Tells what an element, or any element in it, holds that it should not: unknown elements and attributes, text where
  /// there should be none, and elements twice of which there is one.
  ///
  /// Elements are nested no deeper than `readXML` lets them.
  mutating func check(_ element: XMLElement, _ grammar: Grammar, _ document: XMLDocument) {
    guard let rule = grammar.rules[element.name] else { return }
    for attribute in element.attributes
    where !rule.attributes.contains(attribute.name) && !attribute.name.isHarmlessAttribute {
      error(
        .unknownAttribute(attribute.name, in: element.name, rule),
        at: document.location(of: attribute.name, in: element))
    }
    var seen: [String] = []
    for child in element.children {
      if !rule.many.contains(child.name) {
        guard rule.once.contains(child.name) else {
          var suggestions = Suggestions(from: rule.once + rule.many)
          let near = suggestions.nearest(to: child.name)
          error(.unknownElement(child.name, in: element.name, near), at: document.location(of: child))
          continue
        }
        if seen.contains(child.name) {
          error(.twice(child.name, in: element.name), at: document.location(of: child))
        } else {
          seen.append(child.name)
        }
      }
      if !grammar.skipped.contains(child.name) { check(child, grammar, document) }
    }
    if let words = element.words {
      switch rule.text {
      case .none: error(.unknownText(words, in: element.name), at: document.textLocation(of: element))
      case .label where !Set(seen).isDisjoint(with: ["text", "value"]):
        error(.saidTwice(element.name), at: document.location(of: element))
      case .any, .label: break
      }
    } else if case .label = rule.text, seen.contains("text"), seen.contains("value") {
      error(.saidTwice(element.name), at: document.location(of: element))
    }
  }
}

extension String {
  /// Whether it is an attribute of XML itself, or one that says where the grammar stands.
  fileprivate var isHarmlessAttribute: Bool { hasPrefix("xml:") || hasPrefix("xsi:") }
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

  fileprivate static func unknownAttribute(_ name: String, in element: String, _ rule: Grammar.Rule) -> Self {
    var suggestions = Suggestions(from: rule.attributes)
    let hint =
      if rule.once.contains(name) {
        "write <\(name)> in the element instead"
      } else if case .label = rule.text, name == "value" {
        "write <\(element)><text>…</text></\(element)>"
      } else if let near = suggestions.nearest(to: name) {
        "did you mean \(near)?"
      } else {
        "remove it, if the net means the same without it"
      }
    return Self("the attribute \(clipped(name)) means nothing in <\(element)>", hint: hint)
  }

  fileprivate static func unknownText(_ text: String, in element: String) -> Self {
    Self(
      "the text \(quoted(text)) means nothing in <\(element)>", hint: "remove it, or write the element that it needs")
  }

  fileprivate static func saidTwice(_ element: String) -> Self {
    Self("<\(element)> says its text more than once", hint: "keep one of them, in <text>")
  }
}
