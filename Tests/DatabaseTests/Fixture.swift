import Compiler
import Diagnostics
import Foundation
import Installer
import NetFormats
import PetriNet
import Plan
import Postgres
import TestServer

/// The repository, found from this file.
let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A plan of a net that a test wrote down.
func plan(_ net: Net) throws -> NetPlan {
  try compile(net, source: Source(file: "\(net.name).test", format: "test", text: net.canonicalForm))
}

/// A plan of a net in a file.
func plan(file: URL) throws -> NetPlan {
  let source = SourceFile(name: file.lastPathComponent, bytes: Array(try Data(contentsOf: file)))
  return try compile(source, name: NetFormat.name(ofNetIn: file.lastPathComponent) ?? file.lastPathComponent).plan
}

extension TestDatabase {
  /// Runs a test in a database of its own with nets installed.
  static func with<Result>(nets: [Net], _ body: (TestDatabase) throws -> Result) throws -> Result {
    try with { database in
      _ = try install(try nets.map { try plan($0) }, facade: nil, on: try database.connect())
      return try body(database)
    }
  }
}

extension Net {
  /// `take` moves a token from `here` to `there`; `put` brings it back; `there` holds at most two.
  static let shuttle = named("shuttle")

  static func named(_ name: String) -> Net {
    do {
      return try Net(
        name: name,
        places: [Place("here", initial: 1), Place("there", capacity: 2)],
        transitions: [Transition("take", roles: ["carrier"]), Transition("put")],
        arcs: [
          Arc(.input, place: 0, transition: 0), Arc(.output, place: 1, transition: 0),
          Arc(.input, place: 1, transition: 1), Arc(.output, place: 0, transition: 1),
        ])
    } catch {
      fatalError("\(error)")
    }
  }
}

extension Connection {
  /// Keeps the triggers of this session from running, as whoever owns the tables can.
  func takeDownTheSecondWall() throws {
    try execute("SET session_replication_role = replica")
  }

  /// The same, and drops all constraints of domains, and what makes seq a column that hands cannot fill.
  func takeDownAllWalls() throws {
    try takeDownTheSecondWall()
    try execute(
      """
      DO $$
      DECLARE
          change text;
      BEGIN
          FOR change IN
              SELECT format('ALTER DOMAIN %s DROP CONSTRAINT %I', c.contypid::regtype, c.conname)
                FROM pg_constraint AS c
                JOIN pg_namespace  AS n ON n.oid = c.connamespace
               WHERE obj_description(n.oid, 'pg_namespace') LIKE 'ptflow net%'
                 AND c.contypid <> 0
               UNION ALL
              SELECT format('ALTER TABLE %s ALTER COLUMN %I DROP IDENTITY', a.attrelid::regclass, a.attname)
                FROM pg_attribute AS a
                JOIN pg_class     AS c ON c.oid = a.attrelid
                JOIN pg_namespace AS n ON n.oid = c.relnamespace
               WHERE obj_description(n.oid, 'pg_namespace') LIKE 'ptflow net%'
                 AND a.attidentity <> ''
          LOOP
              EXECUTE change;
          END LOOP;
      END;
      $$
      """)
  }
}
