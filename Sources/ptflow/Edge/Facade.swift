import Installer
import Postgres
import SQL

/// The functions that clients call, called.
///
/// A session finds operators by its search path, in which others may make some. Where an argument has no type of its own,
/// one of theirs would fit better than PostgreSQL's, so it is named with its schema.
struct Facade {
  /// An argument with its type; one whose value is nil is left to its default.
  typealias Argument = (name: String, type: SQL, value: String?)

  private let schema: String

  /// Finds the facade of a database.
  ///
  /// It is looked for where all may look, since not everybody may read the catalogue; and it has to belong to the owner
  /// of the engine, since anybody may call a function of theirs like ours.
  init(_ connection: borrowing Connection) throws {
    let found = try connection.query(
      """
      SELECT n.nspname
        FROM pg_proc AS p
        JOIN pg_namespace AS n ON n.oid = p.pronamespace
        JOIN pg_namespace AS engine ON engine.nspname = 'ptflow' AND engine.nspowner = p.proowner
       WHERE p.proname = 'ptflow_dispatch' AND obj_description(p.oid, 'pg_proc') LIKE 'ptflow facade:%'
      """)
    guard let schema = found.first?[0] else {
      throw PostgresError(
        severity: "ERROR", sqlstate: "PT404", message: "no net is installed in this database",
        hint: "Install one: ptflow install FILE")
    }
    self.schema = schema
  }

  /// Calls a function that answers one JSON value.
  func value(
    _ function: String, _ arguments: [Argument], on connection: borrowing Connection
  ) throws -> String {
    let given = arguments.filter { $0.value != nil }
    let call: SQL = "SELECT \(call(function, given))"
    return try connection.query(call.text, given.map(\.value))[0][0] ?? "null"
  }

  /// Calls a function that answers rows.
  func rows(
    _ function: String, _ arguments: [Argument], on connection: borrowing Connection
  ) throws -> [Row] {
    let given = arguments.filter { $0.value != nil }
    let call: SQL = "SELECT * FROM \(call(function, given))"
    return try connection.query(call.text, given.map(\.value))
  }

  /// Calls a function that answers rows, and makes one JSON array of them.
  func array(
    _ function: String, _ arguments: [Argument], on connection: borrowing Connection
  ) throws -> String {
    let given = arguments.filter { $0.value != nil }
    let call: SQL = """
      SELECT coalesce(jsonb_agg(to_jsonb(r) OPERATOR(pg_catalog.-) 'ordinality'::text ORDER BY r.ordinality), '[]')
        FROM \(call(function, given)) WITH ORDINALITY AS r
      """
    return try connection.query(call.text, given.map(\.value))[0][0] ?? "[]"
  }

  /// Calls a function that answers rows, each with a cursor: the cursor and the whole row as JSON.
  func lines(
    _ function: String, _ arguments: [Argument], on connection: borrowing Connection
  ) throws -> [(cursor: String, json: String)] {
    let given = arguments.filter { $0.value != nil }
    let call: SQL = """
      SELECT r.cursor, (to_jsonb(r) OPERATOR(pg_catalog.-) 'ordinality'::text)::text
        FROM \(call(function, given)) WITH ORDINALITY AS r
       ORDER BY r.ordinality
      """
    return try connection.query(call.text, given.map(\.value)).map { ($0[0] ?? "", $0[1] ?? "") }
  }

  /// Fires many transitions, all or none.
  ///
  /// - Parameters:
  ///   - events: a JSON array.
  ///   - connection: the session.
  /// - Returns: how many events are new, and how many were there already.
  /// - Throws: the refusal; nothing is stored then.
  func dispatchMany(
    _ events: String, on connection: borrowing Connection
  ) throws -> (stored: Int, replayed: Int) {
    let call: SQL = """
      SELECT count(*) FILTER (WHERE a.answer OPERATOR(pg_catalog.->) 'replayed'::text = 'false'::jsonb) AS stored,
             count(*) FILTER (WHERE a.answer OPERATOR(pg_catalog.->) 'replayed'::text = 'true'::jsonb) AS replayed
        FROM jsonb_array_elements(\(call("ptflow_dispatch_many", [("events", "jsonb", events)]))::jsonb) AS a (answer)
      """
    let row = try connection.query(call.text, [events])[0]
    return (row["stored"].flatMap { Int($0) } ?? 0, row["replayed"].flatMap { Int($0) } ?? 0)
  }

  private func call(_ function: String, _ arguments: [Argument]) -> SQL {
    let list = arguments.enumerated().map { index, argument in
      "\(name: argument.name) => $\(index + 1)::\(argument.type)" as SQL
    }
    return "\(name: schema).\(name: function)(\(list, separator: ", "))"
  }
}
