import Foundation
import Postgres
import TestServer

extension Site {
  /// All that a database holds, as one line an object or a row, each with the transaction that wrote it last: the same
  /// lines mean that nothing was touched.
  func contents() throws -> [String] {
    let connection = try superuser()
    var lines: [String] = []
    for (catalogue, columns) in [
      ("pg_namespace", "oid, nspname, nspacl"), ("pg_class", "oid, relname, relacl"),
      ("pg_type", "oid, typname, typacl"),
      ("pg_proc", "oid, proname, proacl"), ("pg_constraint", "oid, conname"), ("pg_description", "objoid, description"),
      ("pg_attribute", "attrelid, attname, attacl"),
    ] {
      lines += try connection.column(
        "SELECT concat_ws(' ', '\(catalogue)', xmin, \(columns)) FROM \(catalogue) ORDER BY 1")
    }
    let tables = try connection.column(
      """
      SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1
      """)
    for table in tables {
      lines += try connection.column(
        "SELECT concat_ws(' ', '\(table)', t.xmin, t.ctid, t.*) FROM \(table) AS t ORDER BY 1")
    }
    return lines
  }

  /// The database as `pg_dump` writes it, without what differs between two runs of it, and without times; and without the
  /// fingerprints, which what is made anew gives new ones.
  func dump(_ options: String...) throws -> [String] {
    let run = try Program.named("pg_dump").run(
      ["--no-sync", "--exclude-table-data=ptflow.fingerprints"] + options + [database.url()])
    guard run.code == 0 else { throw Failure(words: run.errors) }
    let time = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]{8,15}[+-][0-9]{2}"
    return run.output
      .replacingOccurrences(of: time, with: "(a time)", options: .regularExpression)
      .replacingOccurrences(of: owner, with: "(owner)")
      .components(separatedBy: "\n")
      .filter { !$0.hasPrefix("\\restrict") && !$0.hasPrefix("\\unrestrict") }
  }

  /// Runs a script with `psql -f`, as the owner; no error stops it.
  func psql(
    _ script: String, _ arguments: [String] = [], database other: TestDatabase? = nil
  ) throws -> Program.Outcome {
    let database = other ?? database
    let file = FileManager.default.temporaryDirectory.appending(path: "\(database.name).sql")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(script.utf8).write(to: file)
    return try Program.named("psql").run(
      ["--no-psqlrc", "--quiet"] + arguments + ["-f", file.path, database.url(as: owner)])
  }

  /// Why an installation was refused, or what the database said.
  func refusal(_ body: () throws -> Void) -> (any Error)? {
    do {
      try body()
      return nil
    } catch {
      return error
    }
  }
}

/// What another program said.
struct Failure: Error {
  let words: String
}
