internal import Postgres

/// What is looked at together: a schema, or the functions that clients call.
enum Part: Hashable {
  case engine
  case facade
  case net(String)
}

/// What a database says of the engine.
func engineFacts(
  facade: String, tables: OwnTables, on connection: borrowing Connection
) throws(PostgresError) -> [Fact] {
  try facts(of: "ptflow", standingFor: "ptflow", on: connection)
    + engineRowFacts(facade: facade, in: tables, on: connection)
}

/// What a database says of a net.
func netFacts(
  of net: StoredNet, tables: OwnTables, on connection: borrowing Connection
) throws(PostgresError) -> [Fact] {
  guard case .plan(let plan, let isWhole) = net.reading else { return [] }
  let facts =
    try facts(of: net.schema, standingFor: net.schema, on: connection)
    + rowFacts(of: plan, version: net.version, in: tables, on: connection)
  // The title is told there, and what the author says of the net, which only the file knows.
  return isWhole
    ? facts
    : facts.filter { ($0.phase != 1 || $0.aspect != "comment") && !$0.object.hasPrefix("constraint stated_law_") }
}
