public import NetAnalysis
public import PetriNet

/// All decisions about how a net stands in the database, as values: what is called how, and what holds what.
public struct NetPlan: Hashable, Sendable {
  /// The net.
  public private(set) var net: Net
  /// The schema that holds it.
  public let schema: String
  /// sha-256 of the net's canonical form: 32 bytes.
  public let digest: [UInt8]
  /// The file that it was read from.
  public let source: Source
  /// What every marking of the net is, as the domain of the markings holds it.
  public let marking: MarkingPlan
  /// How its places are held, in the order of the net.
  public let places: [PlacePlan]
  /// How its transitions are fired, in the order of the net.
  public let transitions: [TransitionPlan]
  /// Whether more than tokens decides whether some of them fires.
  public let hasRules: Bool
  /// What can be granted: its roles, of which `default` and `*` are the last, then reading, then acting for others.
  public let rights: [Right]
  /// Equalities that hold in every reachable marking, those of fewest places first.
  public let laws: [Invariant]

  /// The most columns that a view of PostgreSQL has, less those that are not places.
  private static let mostColumns = 1664 - 16

  /// Whether the views have a column a place; a wider net has its markings there as vectors only.
  public var hasColumnForEachPlace: Bool { places.count <= Self.mostColumns }

  /// Whether states is a table, derived from the log, and no view of it.
  public var keepsStates: Bool { net.keepsStates ?? false }

  /// The same plan with its states in a table or not.
  public func keepingStates(_ isKept: Bool) -> NetPlan {
    var plan = self
    plan.net.keepsStates = isKept
    return plan
  }

  /// The digest in hexadecimal digits.
  public var digestText: String { hexadecimal(digest) }

  /// The roles that may fire a transition of the net.
  public var roles: [Right] { rights.filter { $0.privilege == .fire } }

  /// The right to a role.
  public func right(to role: String) -> Right? { rights.first { $0.privilege == .fire && $0.role == role } }

  /// The right to a privilege that is no role.
  public func right(to privilege: Privilege) -> Right? { rights.first { $0.privilege == privilege } }

  /// The roles that may make instances, `*` apart: those that say so, or all where none does.
  public var creators: [String] {
    let named = net.roles.filter(\.mayCreate).map(\.name)
    return (named.isEmpty ? roles.compactMap(\.role) : named).filter { $0 != Role.all }
  }
}

/// Bytes as hexadecimal digits.
public func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
