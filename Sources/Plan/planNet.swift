internal import Crypto
public import Diagnostics
public import NetAnalysis
public import PetriNet

/// Decides how a net stands in the database.
///
/// - Parameters:
///   - net: the net.
///   - source: the file that it was read from.
///   - facts: what is proved of its markings.
/// - Returns: all decisions, as values. The laws that the author states are held by the database: they have to be proved
///   before (`decide`), or firings that the net allows are refused.
/// - Throws: what PostgreSQL cannot hold: a name that it keeps for itself; and laws that cannot be understood.
public func planNet(_ net: Net, source: Source, facts: LinearFacts) throws(Diagnostics) -> NetPlan {
  let schema = identifier(for: net.name)
  if schema.utf8.starts(with: "pg_".utf8) || reservedSchemas.contains(schema) {
    throw Diagnostics([Diagnostic(.error, .reservedSchema(schema), at: SourceLocation(file: source.file))])
  }

  let columns = identifiers(for: net.places.map(\.name), reserved: reservedColumns)
  let places = net.places.indices.map { index in
    PlacePlan(place: net.places[index], column: columns[index], bound: facts.bounds[index])
  }
  let ours = NetFunction.allCases.map(\.rawValue) + FiringPart.functions(for: net.transitions.count)
  let functions = identifiers(for: net.transitions.map(\.name), reserved: Set(ours).union(wordsOfPsql))
  let ruled = net.transitions.indices.filter { net.transitions[$0].payload != nil }
  let payloadFunctions = Dictionary(
    uniqueKeysWithValues: zip(
      ruled,
      identifiers(
        for: ruled.map { "payload_" + net.transitions[$0].name }, reserved: Set(ours + functions).union(wordsOfPsql))))
  let indices = Dictionary(net.places.enumerated().map { ($1.name, $0) }) { $1 }
  let bounds = facts.bounds.map { $0?.most }
  let stated = try statedLaws(of: net)
  let element = IntegerType(holding: bounds, and: net.transitions.indices.map { net.changes(of: $0) })
  let transitions = net.transitions.indices.map { index in
    let conditions = net.conditions(of: index)
    return TransitionPlan(
      transition: net.transitions[index],
      function: functions[index],
      roles: net.roles(of: index),
      conditions: conditions,
      changes: net.changes(of: index),
      asked: conditions.filter { !hasRoom($0, bounds: bounds, element: element) },
      effects: net.effects(of: index),
      guardPlaces: Dictionary(
        net.transitions[index].when?.places.compactMap { name in indices[name].map { (name, $0) } } ?? []
      ) { $1 },
      payloadFunction: payloadFunctions[index])
  }
  return NetPlan(
    net: net,
    schema: schema,
    digest: Array(SHA256.hash(data: Array(net.canonicalForm.utf8))),
    source: source,
    marking: MarkingPlan(element: element, places: places, stated: stated, laws: facts.invariants, of: net),
    places: places,
    transitions: transitions,
    hasRules: transitions.contains(where: \.hasRules),
    rights: rights(of: net),
    laws: facts.invariants)
}

/// The laws that the author of a net states.
private func statedLaws(of net: Net) throws(Diagnostics) -> [Law] {
  try net.obligations().compactMap { obligation in
    if case .law(let law) = obligation.meaning { law } else { nil }
  }
}

/// Whether a condition is room that the place is proved to have: a place without a capacity, whose tokens stay below a
/// bound whenever the other conditions let the transition fire. What one firing adds to that bound has to fit as well.
private func hasRoom(_ condition: Condition, bounds: [Int?], element: IntegerType) -> Bool {
  guard condition.kind == .overflow, condition.afterReset == nil, let bound = bounds[condition.place] else {
    return false
  }
  return bound <= element.most - condition.drift
}

/// The net's roles, then reading, then acting for others.
private func rights(of net: Net) -> [Right] {
  let fixed = [Role.default, Role.all]
  let names = net.roles.map(\.name).filter { !fixed.contains($0) } + fixed
  let types = identifiers(for: names.map { "role_" + $0 }, reserved: [])
  return zip(names, types).map { Right(privilege: .fire, role: $0, type: $1) } + [
    Right(privilege: .read, role: nil, type: "reader"), Right(privilege: .gateway, role: nil, type: "gateway"),
  ]
}

/// The columns of `states` and `history` that are not places, and those that PostgreSQL gives each table.
private let reservedColumns: Set<String> = [
  "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid",

  "id", "seq", "action", "multiple", "payload", "marking", "actor", "role", "key", "at", "hash", "version", "head",
  "txid", "created_at", "updated_at",
]

/// Schemas that are somebody else's, or cannot be restored.
private let reservedSchemas: Set<String> = wordsOfPsql.union(["ptflow", "public", "information_schema"])

/// Names that pg_dump writes without quotes, and that psql takes for the beginning of a body when they stand in a CREATE
/// FUNCTION: it would wait for the body's end, and a dump could not be restored.
private let wordsOfPsql: Set<String> = ["begin"]

extension Diagnostic.Message {
  static func reservedSchema(_ schema: String) -> Self {
    Self("a net cannot be called \"\(schema)\": the schema of that name is not ours to make", hint: "use --as NAME")
  }
}
