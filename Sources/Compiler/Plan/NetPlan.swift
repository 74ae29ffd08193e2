public import NetAnalysis
public import PetriNet

/// All decisions about how a net stands in the database, as values: what is called how, and what holds what.
public struct NetPlan: Hashable, Sendable {
  /// The net.
  public let net: Net
  /// The schema that holds it.
  public let schema: String
  /// sha-256 of the net's canonical form.
  public let digest: [UInt8]
  /// The file that it was read from.
  public let source: Source
  /// The domains of its places; the first is the unbounded one.
  public let domains: [Domain]
  /// How its places are held, in the order of the net.
  public let places: [PlacePlan]
  /// How its transitions are fired, in the order of the net.
  public let transitions: [TransitionPlan]
  /// Its roles; `default` and `*` are the last.
  public let roles: [RolePlan]
  /// Equalities that hold in every reachable marking, those of fewest places first.
  public let laws: [Invariant]
  /// The one of the laws that the database checks, as a second wall beside the domains; nil when none is simple enough.
  public let checkedLaw: CheckedLaw?
  /// The narrowest integer that holds the count of every place.
  public let count: IntegerType

  /// Whether PostgreSQL would look for something to compress in each row of `states`: it does from a quarter of a page on.
  var hasWideRows: Bool { places.bytes > 1900 }

  /// The digest in hexadecimal digits.
  public var digestText: String { hexadecimal(digest) }
}

/// The file that a net was read from, to be kept with it.
public struct Source: Hashable, Sendable {
  /// The file's name, without its folder, so that the same net gives the same SQL wherever it lies.
  public let file: String
  /// Its format.
  public let format: String
  /// What it holds, as text.
  public let text: String

  /// A file.
  public init(file: String, format: String, text: String) {
    self.file = file
    self.format = format
    self.text = text
  }
}

/// How a place is held.
public struct PlacePlan: Hashable, Sendable {
  /// The place.
  public let place: Place
  /// Its column in `states` and `delta`.
  public let column: String
  /// The most tokens that it ever holds, with the proof; nil when none was found.
  public let bound: PlaceBound?

  /// The domain of its column.
  public var domain: Domain { Domain(bound: bound?.most) }
}

extension [PlacePlan] {
  /// What the counts take in a row.
  var bytes: Int { reduce(0) { $0 + $1.domain.base.bytes } }
}

/// How a transition is fired.
public struct TransitionPlan: Hashable, Sendable {
  /// The transition.
  public let transition: Transition
  /// The function that fires it.
  public let function: String
  /// The roles that may; `default` when it names none.
  public let roles: [String]
  /// What it needs of each place that it touches, and does to it.
  public let effects: [Effect]
}

/// How it is known who holds a role.
public struct RolePlan: Hashable, Sendable {
  /// The role.
  public let role: Role
  /// The view that whoever holds the role may select from. PostgreSQL's own privileges on it say who does, and are asked
  /// for with each firing.
  public let view: String
}

/// An integer type of PostgreSQL; the narrower ones come first.
public enum IntegerType: String, Hashable, Comparable, Sendable, CaseIterable {
  /// 16 bits.
  case smallint
  /// 32 bits.
  case integer
  /// 64 bits.
  case bigint

  /// The narrowest type that holds numbers up to a bound.
  init(holding bound: Int) {
    switch bound {
    case ...Int(Int16.max): self = .smallint
    case ...Int(Int32.max): self = .integer
    default: self = .bigint
    }
  }

  /// Whether a type is narrower than another.
  public static func < (narrow: Self, wide: Self) -> Bool { narrow.bytes < wide.bytes }

  /// In a row.
  var bytes: Int {
    switch self {
    case .smallint: 2
    case .integer: 4
    case .bigint: 8
    }
  }
}

/// A domain: the type of the columns of all places with one bound.
public struct Domain: Hashable, Sendable {
  /// The most tokens; nil when there is no bound.
  public let bound: Int?

  /// Its name: `token`, or `token_` and the bound.
  public var name: String { bound.map { "token_\($0)" } ?? "token" }

  /// The narrowest integer that holds it.
  public var base: IntegerType { bound.map { IntegerType(holding: $0) } ?? .bigint }
}
