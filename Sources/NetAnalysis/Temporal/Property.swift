/// A question about the runs of a net, in computation tree logic: E. M. Clarke and E. A. Emerson, "Design and synthesis of
/// synchronization skeletons using branching-time temporal logic" (1981).
///
/// A run goes on as long as something is enabled; it ends only in a marking that enables nothing. No fairness is assumed: a
/// run may pass over a transition for ever.
public indirect enum Property: Hashable, Sendable {
  /// What holds of the present marking.
  case now(Query)
  /// It does not hold.
  case not(Property)
  /// All of these hold.
  case all([Property])
  /// Any of these holds.
  case any([Property])
  /// On some run, after one firing.
  case existsNext(Property)
  /// On some run, the first holds until the second does, which it will; with a first that always holds, EF.
  case existsUntil(Property, Property)
  /// On some run, it always holds.
  case existsGlobally(Property)

  /// What always holds.
  static let always = Property.now(.all([]))

  /// The property of a marking that it is; nil when it speaks of runs.
  public var query: Query? {
    if case .now(let query) = self { return query }
    return nil
  }

  /// What holds when this does not.
  var opposite: Property {
    switch self {
    case .now(let query): .now(query.opposite)
    case .not(let property): property
    default: .not(self)
    }
  }

  /// All of some, told of the present marking where that is possible.
  static func every(_ parts: [Property]) -> Property {
    let queries = parts.compactMap(\.query)
    return queries.count == parts.count ? .now(.all(queries)) : .all(parts)
  }

  /// Any of some, told of the present marking where that is possible.
  static func some(_ parts: [Property]) -> Property {
    let queries = parts.compactMap(\.query)
    return queries.count == parts.count ? .now(.any(queries)) : .any(parts)
  }

  /// EF: some marking that can be reached has it.
  static func possibly(_ property: Property) -> Property { .existsUntil(always, property) }
  /// AG: all markings that can be reached have it.
  static func invariantly(_ property: Property) -> Property { possibly(property.opposite).opposite }
  /// AF: each run comes to a marking that has it.
  static func inevitably(_ property: Property) -> Property { Property.existsGlobally(property.opposite).opposite }
  /// AX: it holds after whichever firing comes next.
  static func next(_ property: Property) -> Property { Property.existsNext(property.opposite).opposite }
  /// A[… U …]: on each run the first holds until the second does, which it will.
  static func until(_ first: Property, _ second: Property) -> Property {
    let (no, never) = (second.opposite, Property.every([first.opposite, second.opposite]))
    return Property.any([.existsUntil(no, never), .existsGlobally(no)]).opposite
  }
}
