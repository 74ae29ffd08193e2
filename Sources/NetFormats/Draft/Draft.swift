import Diagnostics
import PetriNet

/// A net as it stands in the file: nodes have ids and labels, and arcs name ids that may not exist.
///
/// All formats are read into this; what they have in common is checked here, once.
struct Draft {
  /// The name under which it is installed, where the file says it.
  var name: String?
  /// What its author called it.
  var title: String?
  /// What its author says about it.
  var about: String?
  /// Where it begins.
  var location = SourceLocation.unknown
  /// Whether a database keeps the current markings in a table.
  var keepsStates: Bool?
  /// What is said of the net beside what it does, with places by their names.
  var specification = Specification()
  /// Final markings of formats that name places by their ids.
  var finalMarkings: [FinalMarking] = []
  /// How the nodes get their names.
  var naming = Naming.label
  /// Whether other programs read the format as well, and some arcs otherwise, which is then told.
  var hasForeignReaders = true
  /// In the order of the file; the name of each is still its label, which may be empty or given twice.
  private(set) var places: [Place] = []
  /// As the places.
  private(set) var transitions: [Transition] = []
  /// Nodes that stand for another one.
  private(set) var references: [Reference] = []
  /// In the order of the file.
  var arcs: [DraftArc] = []
  /// The declared roles.
  var roles: [Role] = []
  /// The ids of `places`.
  private(set) var placeIDs: [String] = []
  /// The ids of `transitions`.
  private(set) var transitionIDs: [String] = []
  /// The roles that transitions have.
  private var given: Set<GivenRole> = []
  /// What each id stands for.
  private var nodes: [String: (node: DraftNode, location: SourceLocation)] = [:]
}

/// A role of a transition.
private struct GivenRole: Hashable {
  let role: String
  let transition: Int
}

/// What an id can stand for, as an index.
enum DraftNode: Hashable {
  case place(Int)
  case transition(Int)
  case reference(Int)
}

/// A node that stands for another one, so that arcs can reach it from another page.
struct Reference {
  /// Whether it stands for a place or for a transition.
  enum Kind: String {
    case place
    case transition
  }

  /// Whether it stands for a place or for a transition.
  let kind: Kind
  /// What its arcs call it.
  let id: String
  /// The id of the node that it stands for, and where that is named.
  let target: Name?
  /// Where it was drawn.
  let position: Position?
  /// Where it was declared.
  let location: SourceLocation
}

/// An id that is used, and where.
struct Name {
  let id: String
  let location: SourceLocation
}

/// An arc that names its ends.
struct DraftArc {
  /// What the arc does; whether it takes or puts follows from its direction.
  enum Kind: String, CaseIterable {
    case normal
    case read
    case inhibitor
    case reset
  }

  let id: String?
  let source: Name
  let target: Name
  var kind = Kind.normal
  var weight = 1
  let location: SourceLocation

  /// The arc as messages call it.
  var title: String { id.map { "arc \(quoted($0))" } ?? "this arc" }
}

extension Draft {
  /// All ids, for suggestions.
  var ids: [String] { placeIDs + transitionIDs + references.map(\.id) }

  /// What an id stands for; a reference is not followed.
  subscript(id: String) -> DraftNode? { nodes[id]?.node }

  mutating func add(_ place: Place, id: String, _ findings: inout Findings) {
    guard register(id, .place(places.count), place.location, &findings) else { return }
    places.append(place)
    placeIDs.append(id)
  }

  mutating func add(_ transition: Transition, id: String, _ findings: inout Findings) {
    guard register(id, .transition(transitions.count), transition.location, &findings) else { return }
    for role in transition.roles { given.insert(GivenRole(role: role, transition: transitions.count)) }
    transitions.append(transition)
    transitionIDs.append(id)
  }

  mutating func add(_ reference: Reference, _ findings: inout Findings) {
    guard register(reference.id, .reference(references.count), reference.location, &findings) else { return }
    references.append(reference)
  }

  /// Adds a place for a reference that leads nowhere.
  mutating func addPlace(for reference: Reference) -> DraftNode {
    let node = DraftNode.place(places.count)
    places.append(Place("", position: reference.position, location: reference.location))
    placeIDs.append(reference.id)
    return node
  }

  /// Adds a role to a transition, once.
  mutating func addRole(_ role: String, to transition: Int) {
    guard given.insert(GivenRole(role: role, transition: transition)).inserted else { return }
    transitions[transition].roles.append(role)
  }

  /// Takes places out again that stood for something else; their arcs must go as well.
  mutating func removePlaces(_ removed: Set<Int>) {
    var index: [Int: Int] = [:]
    for old in places.indices where !removed.contains(old) { index[old] = index.count }
    places = places.indices.filter { !removed.contains($0) }.map { places[$0] }
    placeIDs = placeIDs.indices.filter { !removed.contains($0) }.map { placeIDs[$0] }
    nodes = nodes.compactMapValues { entry in
      guard case .place(let old) = entry.node else { return entry }
      return index[old].map { (.place($0), entry.location) }
    }
  }

  private mutating func register(
    _ id: String, _ node: DraftNode, _ location: SourceLocation, _ findings: inout Findings
  ) -> Bool {
    if id.isEmpty {
      findings.error(.noID, at: location)
      return false
    }
    if let earlier = nodes[id] {
      findings.error(.idTwice(id, earlier.location), at: location)
      return false
    }
    nodes[id] = (node, location)
    return true
  }
}

extension Diagnostic.Message {
  fileprivate static let noID = Self("this node has no id", hint: "give it one, so that arcs can name it")

  fileprivate static func idTwice(_ id: String, _ earlier: SourceLocation) -> Self {
    Self("there are two nodes with the id \(quoted(id)); the first is at \(earlier)", hint: "change one of the ids")
  }
}
