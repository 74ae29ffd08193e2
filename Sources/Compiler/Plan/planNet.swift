internal import Crypto
public import Diagnostics
internal import NetAnalysis
public import PetriNet

/// Decides how a net stands in the database.
///
/// - Throws: what PostgreSQL cannot hold: a net wider than a row, a name that it keeps for itself.
public func planNet(_ net: Net, source: Source) throws(Diagnostics) -> NetPlan {
  guard net.places.count <= rowColumns else {
    throw Diagnostics([Diagnostic(.error, .tooWide(net.places.count), at: SourceLocation(file: source.file))])
  }
  let facts = LinearFacts(of: net)
  let domains = [Domain(bound: nil)] + Set(facts.bounds.compactMap { $0?.most }).sorted().map { Domain(bound: $0) }
  let columns = identifiers(for: net.places.map(\.name), reserved: reservedColumns)
  let declared = net.roles.filter { $0.name != Role.default && $0.name != Role.all }
  let fixed = [Role.default, Role.all].map { name in net.roles.first { $0.name == name } ?? Role(name) }
  let views = identifiers(for: (declared + fixed).map { "ptflow_as_" + $0.name }, reserved: [])
  let functions = identifiers(for: net.transitions.map(\.name), reserved: reservedFunctions)
  let places = net.places.indices.map { index in
    PlacePlan(place: net.places[index], column: columns[index], bound: facts.bounds[index])
  }

  var problems: [Diagnostic] = []
  let schema = identifier(for: net.name)
  if schema.utf8.starts(with: "pg_".utf8) || reservedSchemas.contains(schema) {
    problems.append(Diagnostic(.error, .reservedSchema(schema), at: SourceLocation(file: source.file)))
  }
  if places.bytes > rowBytes {
    problems.append(Diagnostic(.error, .tooWide(places.count), at: SourceLocation(file: source.file)))
  }
  guard problems.isEmpty else { throw Diagnostics(problems) }

  return NetPlan(
    net: net,
    schema: schema,
    digest: Array(SHA256.hash(data: Array(net.canonicalForm.utf8))),
    source: source,
    domains: domains,
    places: places,
    transitions: net.transitions.indices.map { index in
      TransitionPlan(
        transition: net.transitions[index], function: functions[index], roles: net.roles(of: index),
        effects: net.effects(of: index))
    },
    roles: zip(declared + fixed, views).map { RolePlan(role: $0, view: $1) },
    laws: facts.invariants,
    checkedLaw: CheckedLaw(among: facts.invariants, of: places),
    count: places.map(\.domain.base).max() ?? .smallint)
}

/// The columns of `states` and of `delta` that are not places, and those that every table of PostgreSQL has.
private let reservedColumns: Set<String> = [
  "id", "seq", "head", "net_version", "created_at", "updated_at", "action",
  "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid",
]

/// The functions of a net's schema that are not transitions, and the aliases in the function of a transition: PL/pgSQL
/// takes `s.id` for the argument `id` of a function that is called `s`.
private let reservedFunctions: Set<String> = [
  "s", "ptflow_begin", "ptflow_create", "ptflow_dispatch", "ptflow_enabled", "ptflow_events", "ptflow_fire_many",
  "ptflow_genesis", "ptflow_lock_many", "ptflow_marking", "ptflow_obstacles", "ptflow_prepare", "ptflow_settle",
  "ptflow_state", "ptflow_verify", "ptflow_why_not",
]

/// Schemas that are somebody else's.
private let reservedSchemas: Set<String> = ["ptflow", "public", "information_schema"]

/// What a row of `states` leaves for the places, in bytes: a page, less its header, the row's, and the other columns at
/// their widest (an id of 255 characters of 4 bytes).
private let rowBytes = 8192 - 24 - 4 - 232 - 8 - 1024 - 40 - 40

/// PostgreSQL's limit of columns in a table, less those that are not places.
private let rowColumns = 1600 - 6

extension Diagnostic.Message {
  static func reservedSchema(_ schema: String) -> Self {
    Self("a net cannot be called \"\(schema)\": the schema of that name is not ours to make", hint: "use --as NAME")
  }

  static func tooWide(_ places: Int) -> Self {
    Self(
      """
      the net has \(places) places; PostgreSQL keeps a row on one page of 8192 bytes, which is room for about 850 places \
      without a capacity, or \(rowColumns) with small ones
      """,
      hint: "give places capacities, or divide the net")
  }
}
