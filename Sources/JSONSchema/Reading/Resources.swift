internal import JSON

/// The schemas of a file by what refers to them: `$id`, `$anchor`, and JSON pointers.
struct Resources {
  /// A place of a schema in the file.
  struct Place {
    let node: JSONNode
    let pointer: String
    /// What references in it are resolved against.
    let base: URIReference
  }

  private let root: Place
  private var places: [URIReference: Place] = [:]
  private var bases: [String: URIReference] = [:]

  /// Finds all schemas that have a name.
  init(of root: JSONNode) {
    self.root = Place(node: root, pointer: "", base: URIReference(""))
    places[URIReference("")] = self.root
    find(in: root, at: "", base: URIReference(""))
  }

  /// What references in the root are resolved against.
  var rootBase: URIReference { bases[""] ?? root.base }

  /// Passes a schema and those in it, wherever a keyword of JSON Schema has one.
  private mutating func find(in node: JSONNode, at place: String, base outer: URIReference) {
    guard case .object = node.value else { return }
    var base = outer
    if let id = node.string("$id") {
      base = URIReference(id).resolved(against: outer).resource
      places[base] = Place(node: node, pointer: place, base: base)
    }
    bases[place] = base
    if let anchor = node.string("$anchor") {
      var name = base
      name.fragment = anchor
      places[name] = Place(node: node, pointer: place, base: base)
    }
    for member in node.members {
      let at = pointer(place, member.name)
      switch Keyword.holding[member.name] {
      case .schema: find(in: member.node, at: at, base: base)
      case .list, .map: for (step, part) in member.node.parts { find(in: part, at: pointer(at, step), base: base) }
      case nil: break
      }
    }
  }

  /// The schema that a reference means.
  ///
  /// - Parameters:
  ///   - reference: the text of `$ref`.
  ///   - base: what it is resolved against.
  /// - Returns: nil when it is not in the file.
  func place(of reference: String, from base: URIReference) -> Place? {
    let target = URIReference(reference).resolved(against: base)
    let fragment = target.decodedFragment
    if !fragment.isEmpty, !fragment.hasPrefix("/") {
      var name = target
      name.fragment = fragment
      return places[name]
    }
    guard var place = places[target.resource] else { return nil }
    for step in steps(of: fragment) {
      guard let part = place.node.part(step) else { return nil }
      let at = pointer(place.pointer, step)
      place = Place(node: part, pointer: at, base: bases[at] ?? place.base)
    }
    return place
  }
}

extension JSONNode {
  /// The text of a member; nil when there is none.
  func string(_ name: String) -> String? {
    if case .string(let text) = self[name]?.value { text } else { nil }
  }

  /// The members of an object by their names, or the elements of an array by their numbers.
  var parts: [(step: String, node: JSONNode)] {
    switch value {
    case .object(let members): members.map { ($0.name, $0.node) }
    case .array(let elements): elements.enumerated().map { (String($0), $1) }
    default: []
    }
  }
}
