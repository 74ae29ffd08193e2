import Diagnostics
import PetriNet

/// The nodes of a format that calls them by name wherever they stand, and in which a place and a transition may share
/// a name.
struct NamedNodes<Node: Nameable> {
  /// In the order in which they came.
  private(set) var all: [Node] = []
  private var indices: [String: Int] = [:]
  private var declared: Set<Int> = []

  /// The index of the node with a name; nil when there is none.
  subscript(name: String) -> Int? { indices[name] }

  /// The node at an index.
  subscript(index: Int) -> Node {
    get { all[index] }
    set { all[index] = newValue }
  }

  /// The index of the node with the name of this one, which is added if there is none.
  mutating func mention(_ node: Node) -> Int {
    if let known = indices[node.name] { return known }
    indices[node.name] = all.count
    all.append(node)
    return all.count - 1
  }

  /// As `mention`; where this is the first declaration, the node is where this one is.
  mutating func declare(_ node: Node) -> Int {
    let index = mention(node)
    if declared.insert(index).inserted { all[index].location = node.location }
    return index
  }
}

extension Draft {
  /// An id that no node of the other kind has.
  static func id(_ kind: String, _ name: String) -> String { "\(kind) \(name)" }

  /// Adds all nodes; their names are unique already.
  mutating func add(_ places: NamedNodes<Place>, _ transitions: NamedNodes<Transition>, _ findings: inout Findings) {
    for place in places.all { add(place, id: Self.id("place", place.name), &findings) }
    for transition in transitions.all { add(transition, id: Self.id("transition", transition.name), &findings) }
  }

  /// Adds an arc from a place to a transition, or of kind `normal` the other way round.
  mutating func addArc(
    place: String, transition: String, isOutput: Bool, kind: DraftArc.Kind = .normal, weight: Int,
    at location: SourceLocation
  ) {
    let place = Name(id: Self.id("place", place), location: location)
    let transition = Name(id: Self.id("transition", transition), location: location)
    arcs.append(
      DraftArc(
        id: nil, source: isOutput ? transition : place, target: isOutput ? place : transition, kind: kind,
        weight: weight, location: location))
  }
}

extension Diagnostic.Message {
  /// A name that something of the same kind has already.
  static func nameTwice(_ kind: String, _ name: String, _ earlier: SourceLocation) -> Self {
    Self("there are two \(kind)s called \(quoted(name)); the first is at \(earlier)", hint: "rename one of them")
  }
}
