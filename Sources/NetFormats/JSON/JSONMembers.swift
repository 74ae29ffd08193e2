import Diagnostics
import JSON
import PetriNet

/// What may stand in an object of a format.
struct JSONMembers {
  /// What the object is, in a sentence: `a place`.
  let what: String
  /// Members that are read, or known to be harmless.
  let known: [String]
  /// Whether other programs may add members of their own: those are told, but stop nothing.
  var isOpen = false
}

extension Findings {
  /// Tells what is wrong with the members of an object: unknown ones, and those that stand twice.
  ///
  /// - Returns: whether it is an object at all, which is told as well.
  @discardableResult
  mutating func check(_ node: JSONNode, _ members: JSONMembers, _ document: JSONDocument) -> Bool {
    guard node.isObject else {
      error(.notAnObject(members.what), at: document.location(of: node))
      return false
    }
    var seen: Set<String> = []
    for member in node.members {
      if !seen.insert(member.name).inserted {
        error(.memberTwice(member.name), at: document.location(of: member))
      }
      guard !members.known.contains(member.name) else { continue }
      var suggestions = Suggestions(from: members.known)
      let near = suggestions.nearest(to: member.name)
      if members.isOpen, near == nil {
        warn(.unread(member.name, members.what), at: document.location(of: member))
      } else {
        error(.unknownMember(member.name, members.what, near), at: document.location(of: member))
      }
    }
    return true
  }

  /// The number of a value; the default when there is none, or null.
  mutating func wholeNumber(
    in node: JSONNode?, _ what: @autoclosure () -> String, least: Int, default: Int, _ document: JSONDocument
  ) -> Int {
    guard let node else { return `default` }
    switch node.value {
    case .null: return `default`
    case .number(let digits): return wholeNumber(digits, what(), least: least, at: document.location(of: node))
    default:
      error(.noNumber(what()), at: document.location(of: node))
      return least
    }
  }

  /// The text of a value; nil when there is none, or it is null or blank, or, which is told, no string.
  mutating func text(in node: JSONNode?, _ what: String, _ document: JSONDocument) -> String? {
    guard let node, !node.isNull else { return nil }
    if case .string(let text) = node.value { return text.trimmed.isEmpty ? nil : text }
    error(.noText(what), at: document.location(of: node))
    return nil
  }

  /// A truth value; false when there is none, or null, or, which is told, something else.
  mutating func boolean(in node: JSONNode?, _ what: String, _ document: JSONDocument) -> Bool {
    guard let node, !node.isNull else { return false }
    if case .boolean(let value) = node.value { return value }
    error(.noBoolean(what), at: document.location(of: node))
    return false
  }

  /// The elements of an array; none when there is none, or, which is told, something else.
  mutating func elements(of node: JSONNode?, _ what: String, _ document: JSONDocument) -> [JSONNode] {
    guard let node, !node.isNull else { return [] }
    if let elements = node.elements { return elements }
    error(.noArray(what), at: document.location(of: node))
    return []
  }

  /// An id that an object names, which must be there.
  mutating func name(_ member: String, of node: JSONNode, _ document: JSONDocument) -> Name {
    let text = text(in: node[member], member, document)
    return Name(id: text ?? "", location: document.location(of: text == nil ? node : node[member] ?? node))
  }
}

extension Position {
  /// The point of an object that has `x` and `y`.
  init?(ofJSON node: JSONNode) {
    guard let x = node["x"]?.double, let y = node["y"]?.double, x.isFinite, y.isFinite else { return nil }
    self.init(x: x, y: y)
  }
}

extension Diagnostic.Message {
  fileprivate static func notAnObject(_ what: String) -> Self { Self("\(what) is an object, {…}") }

  fileprivate static func memberTwice(_ name: String) -> Self {
    Self("the member \(quoted(name)) stands twice in this object", hint: "remove one of them")
  }

  fileprivate static func unread(_ name: String, _ what: String) -> Self {
    Self("the member \(quoted(name)) of \(what) is not known, and not kept")
  }

  fileprivate static func unknownMember(_ name: String, _ what: String, _ near: String?) -> Self {
    Self(
      "the member \(quoted(name)) means nothing in \(what)",
      hint: near.map { "did you mean \(quoted($0))?" } ?? "remove it, if the net means the same without it")
  }

  fileprivate static func noNumber(_ what: String) -> Self { Self("\(what) is no number", hint: "write it in digits") }

  fileprivate static func noText(_ what: String) -> Self { Self("\(what) is no string", hint: "write it in quotes") }

  fileprivate static func noBoolean(_ what: String) -> Self { Self("\(what) is true or false") }

  fileprivate static func noArray(_ what: String) -> Self { Self("\(what) is an array, […]") }
}
