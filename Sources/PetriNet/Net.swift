internal import CEL
public import Diagnostics

/// A Petri net: places, transitions, and arcs of five kinds between them.
///
/// A value of this type is always well formed: names are unique and not empty, every arc ends at a place and a
/// transition of the net, weights are positive, the initial marking fits the capacities, there is at most one arc of each
/// kind between a place and a transition, and no guard can fail for the type of a value.
public struct Net: Hashable, Sendable {
  /// The name under which it is installed and called.
  public var name: String
  /// What its author called it, where the file says so.
  public let title: String?
  /// What its author says about it: prose, and no part of what it does.
  public let about: String?
  /// In the order of the file; a marking counts in this order.
  public let places: [Place]
  /// In the order of the file.
  public let transitions: [Transition]
  /// One at most of each kind between a place and a transition, by transition, then by place.
  public let arcs: [Arc]
  /// The declared roles and those that only a transition names, in the order of the file.
  public let roles: [Role]
  /// Whether a database keeps the current markings of all instances in a table, beside the log from which they follow; nil
  /// where nobody says, so that it does as before. That makes reading all of them cheap and firing dearer; it is no part of
  /// what the net means.
  public var keepsStates: Bool?
  /// What has to be proved of it, and where its instances end.
  public let specification: Specification
  /// `arcs[arcRanges[t]]` are the arcs of transition t.
  private let arcRanges: [Range<Int>]

  /// Makes a net of its parts, or says all that is wrong with them.
  ///
  /// Parallel arcs of one kind become one arc: inputs and outputs add up, of inhibitors the smallest weight decides, of
  /// reads the largest (design section 1).
  ///
  /// - Throws: every mistake, each at the location of the part that has it.
  public init(
    name: String, title: String? = nil, about: String? = nil, places: [Place], transitions: [Transition], arcs: [Arc],
    roles: [Role] = [], keepsStates: Bool? = nil, specification: Specification = Specification()
  ) throws(Diagnostics) {
    var problems: [Diagnostic] = []
    problems += Self.nameProblems(places.map { ($0.name, $0.location) }, "place")
    problems += Self.nameProblems(transitions.map { ($0.name, $0.location) }, "transition")
    problems += Self.nameProblems(roles.map { ($0.name, $0.location) }, "role")
    problems += Self.spellingProblems(of: roles, transitions)
    problems += places.compactMap(\.problem)
    problems += transitions.flatMap(\.problems)
    problems += Self.guardProblems(transitions, places)
    let (merged, arcProblems) = Self.merge(arcs, places: places, transitions: transitions)
    problems += arcProblems
    problems += specification.problems(among: places)
    guard problems.isEmpty else { throw Diagnostics(problems) }

    self.name = name
    self.title = title
    self.about = about
    self.places = places
    self.transitions = transitions
    self.arcs = merged
    self.roles = Self.complete(roles, by: transitions)
    self.keepsStates = keepsStates
    self.specification = specification
    arcRanges = Self.ranges(of: merged, transitions: transitions.count)
  }

  /// The arcs of a transition, by place.
  public func arcs(of transition: Int) -> ArraySlice<Arc> { arcs[arcRanges[transition]] }

  /// The marking in which every instance begins.
  public var initialMarking: Marking { Marking(places.map(\.initial)) }

  /// The same net with another initial marking.
  ///
  /// - Throws: every place that cannot hold what it should.
  public func beginning(in marking: Marking) throws(Diagnostics) -> Net {
    var places = places
    for place in places.indices { places[place].initial = marking[place] }
    return try having(places: places)
  }

  /// The same net with other parts.
  ///
  /// - Throws: all that is wrong with them.
  public func having(
    places: [Place]? = nil, transitions: [Transition]? = nil, arcs: [Arc]? = nil, roles: [Role]? = nil
  ) throws(Diagnostics) -> Net {
    try Net(
      name: name, title: title, about: about, places: places ?? self.places,
      transitions: transitions ?? self.transitions, arcs: arcs ?? self.arcs, roles: roles ?? self.roles,
      keepsStates: keepsStates, specification: specification)
  }

  /// The roles that may fire a transition: its own, or `default`. The administrator `*` may as well.
  public func roles(of transition: Int) -> [String] {
    transitions[transition].roles.isEmpty ? [Role.default] : transitions[transition].roles
  }
}

extension Net {
  /// Names that are empty or given twice.
  private static func nameProblems(_ names: [(String, SourceLocation)], _ what: String) -> [Diagnostic] {
    var first: [String: SourceLocation] = [:]
    var problems: [Diagnostic] = []
    for (name, location) in names {
      if name.isEmpty { problems.append(Diagnostic(.error, .noName(what), at: location)) }
      if let earlier = first.index(forKey: name) {
        let (spelling, place) = first[earlier]
        let isSame = spelling.utf8.elementsEqual(name.utf8)
        problems.append(
          Diagnostic(
            .error, isSame ? .nameTwice(what, name, place) : .otherSpelling(what, name, place), at: location))
      } else {
        first[name] = location
      }
    }
    return problems
  }

  /// Roles of transitions that are known in another Unicode normal form: to a reader one role, to the database two.
  private static func spellingProblems(of roles: [Role], _ transitions: [Transition]) -> [Diagnostic] {
    var known = Dictionary(roles.map { ($0.name, $0.location) }) { first, _ in first }
    var problems: [Diagnostic] = []
    for transition in transitions {
      for name in transition.roles {
        if let earlier = known.index(forKey: name) {
          let (spelling, location) = known[earlier]
          if !spelling.utf8.elementsEqual(name.utf8) {
            problems.append(Diagnostic(.error, .otherSpelling("role", name, location), at: transition.location))
          }
        } else {
          known[name] = transition.location
        }
      }
    }
    return problems
  }

  /// Guards that can fail for the type of a value.
  private static func guardProblems(_ transitions: [Transition], _ places: [Place]) -> [Diagnostic] {
    guard transitions.contains(where: { $0.when != nil }) else { return [] }
    let names = Set(places.map(\.name))
    // What is written once and repeated has its mistake once.
    var seen: Set<Diagnostic> = []
    return transitions.compactMap { transition in
      transition.when?.problem(payload: transition.payload.map { StaticType($0.schema) } ?? .any, places: names)
    }.filter { seen.insert($0).inserted }
  }

  /// Parallel arcs made one, and what is wrong with arcs.
  private static func merge(
    _ arcs: [Arc], places: [Place], transitions: [Transition]
  ) -> ([Arc], [Diagnostic]) {
    struct Key: Hashable {
      let transition: Int
      let place: Int
      let kind: Arc.Kind
    }
    var merged: [Key: Arc] = [:]
    var problems: [Diagnostic] = []
    for arc in arcs {
      guard places.indices.contains(arc.place), transitions.indices.contains(arc.transition) else {
        problems.append(Diagnostic(.error, .loose, at: arc.location))
        continue
      }
      guard arc.weight > 0 else {
        problems.append(Diagnostic(.error, .weight(arc.weight), at: arc.location))
        continue
      }
      let key = Key(transition: arc.transition, place: arc.place, kind: arc.kind)
      guard var known = merged[key] else {
        merged[key] = arc
        continue
      }
      switch arc.kind {
      case .input, .output:
        let (sum, overflow) = known.weight.addingReportingOverflow(arc.weight)
        if overflow { problems.append(Diagnostic(.error, .weightOverflow, at: arc.location)) }
        known.weight = overflow ? known.weight : sum
      case .inhibitor: known.weight = min(known.weight, arc.weight)
      case .read: known.weight = max(known.weight, arc.weight)
      case .reset: break
      }
      merged[key] = known
    }
    let order = Dictionary(uniqueKeysWithValues: Arc.Kind.allCases.enumerated().map { ($1, $0) })
    let sorted = merged.values.sorted {
      ($0.transition, $0.place, order[$0.kind] ?? 0) < ($1.transition, $1.place, order[$1.kind] ?? 0)
    }
    return (sorted, problems)
  }

  /// The declared roles, then those that only transitions name.
  private static func complete(_ roles: [Role], by transitions: [Transition]) -> [Role] {
    var known = Set(roles.map(\.name))
    var complete = roles
    for transition in transitions {
      for name in transition.roles where known.insert(name).inserted {
        complete.append(Role(name, location: transition.location))
      }
    }
    return complete
  }

  private static func ranges(of arcs: [Arc], transitions: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(transitions)
    var start = 0
    for transition in 0..<transitions {
      var end = start
      while end < arcs.count, arcs[end].transition == transition { end += 1 }
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }
}

extension Place {
  /// An initial marking that the place cannot have.
  fileprivate var problem: Diagnostic? {
    if initial < 0 { return Diagnostic(.error, .negative(name, initial), at: location) }
    guard let capacity else { return nil }
    if capacity < 1 { return Diagnostic(.error, .noRoom(name, capacity), at: location) }
    guard initial > capacity else { return nil }
    return Diagnostic(.error, .tooFull(name, initial, capacity), at: location)
  }
}

extension Transition {
  /// Roles that cannot be held.
  fileprivate var problems: [Diagnostic] {
    var seen: Set<String> = []
    return roles.compactMap { role in
      if role.isEmpty { return Diagnostic(.error, .noName("role"), at: location) }
      return seen.insert(role).inserted ? nil : Diagnostic(.error, .roleTwice(name, role), at: location)
    }
  }
}

extension Diagnostic.Message {
  static func noName(_ what: String) -> Self { Self("a \(what) has no name", hint: "give it one") }

  static func nameTwice(_ what: String, _ name: String, _ earlier: SourceLocation) -> Self {
    Self("there are two \(what)s called \"\(name)\"; the first is at \(earlier)", hint: "rename one of them")
  }

  static func otherSpelling(_ what: String, _ name: String, _ earlier: SourceLocation) -> Self {
    Self(
      "the \(what) \"\(name)\" is written here in another Unicode normal form than at \(earlier)",
      hint: "write it in one form, or rename one of the two")
  }

  static let loose: Self = "an arc does not end at a place and a transition of this net"

  static func weight(_ weight: Int) -> Self {
    Self("an arc has the weight \(weight)", hint: "a weight is at least 1; remove the arc if it should not be")
  }

  static let weightOverflow = Self(
    "the weights of parallel arcs add up to more than 64 bits hold", hint: "make them smaller")

  static func negative(_ place: String, _ initial: Int) -> Self {
    Self("place \"\(place)\" begins with \(initial) tokens", hint: "a place holds no fewer than 0 tokens")
  }

  static func noRoom(_ place: String, _ capacity: Int) -> Self {
    Self("place \"\(place)\" has the capacity \(capacity)", hint: "a capacity is at least 1; leave it out for no limit")
  }

  static func tooFull(_ place: String, _ initial: Int, _ capacity: Int) -> Self {
    Self(
      "place \"\(place)\" begins with \(initial) tokens but its capacity is \(capacity)",
      hint: "raise the capacity or lower the initial marking")
  }

  static func roleTwice(_ transition: String, _ role: String) -> Self {
    Self("transition \"\(transition)\" names the role \"\(role)\" twice", hint: "name it once")
  }
}
