internal import Engine
internal import Postgres
internal import SQL

/// What a database says of the objects of a schema.
///
/// - Parameters:
///   - schema: the schema, as it is called.
///   - name: the schema that it stands for, in words and statements.
///   - connection: a session that finds nothing but what is PostgreSQL's own.
/// - Returns: the facts, in the order in which they are told.
/// - Throws: what the database said.
func facts(
  of schema: String, standingFor name: String, on connection: borrowing Connection
) throws(PostgresError) -> [Fact] {
  var facts: [Fact] = []
  for inspection in Engine.inspections {
    let parameters = [schema, name] + (inspection == functionInspection ? [nil] : [])
    for row in try connection.query(Engine.inspection(inspection).text, parameters) {
      let fact = Fact(row)
      facts.append(fact.object == "schema \(name)" ? fact : fact.part(of: "schema \(name)"))
    }
  }
  return facts
}

/// What a database says of some functions of a schema, by their names.
func functionFacts(
  of schema: String, standingFor name: String, named functions: [String], on connection: borrowing Connection
) throws(PostgresError) -> [Fact] {
  try connection.query(Engine.inspection(functionInspection).text, [schema, name, arrayText(functions)]).map(Fact.init)
}

private let functionInspection = "pgsql/doctor/functions.sql"

extension Fact {
  fileprivate init(_ row: Row) {
    self.init(
      phase: row.integer("phase"), object: row["object"] ?? "", aspect: row["aspect"] ?? "", parent: row["parent"],
      value: row["value"] ?? "", make: row["make"], remake: row["remake"], unmake: row["unmake"],
      surplus: row["surplus"].flatMap(Surplus.init(rawValue:)))
  }

  /// The same as part of an object, where it is of none yet.
  fileprivate func part(of object: String) -> Fact {
    Fact(
      phase: phase, object: self.object, aspect: aspect, parent: parent ?? object, value: value, make: make,
      remake: remake, unmake: unmake, surplus: surplus)
  }
}
