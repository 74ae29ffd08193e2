import Installer
import PetriNet
import Postgres
import TestServer
import Testing

/// All that can be reached from an entry, over the functions of all nets as they are installed.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct ReachTests {
  /// A function of ours, as the catalogue has it.
  private struct Function {
    let schema: String
    let source: String
    let isEntry: Bool
    let hasPath: Bool
    let isPlpgsql: Bool
    /// Whether somebody who holds every right there is may call it.
    let isOpen: Bool
    let belongsToOwner: Bool
    /// What plpgsql_check says that it calls; nil without the checker.
    let dependencies: Set<String>?
  }

  /// All nets, and somebody who was granted all that can be granted; and the functions, by schema and name.
  private func withFunctions(_ body: ([String: Function], borrowing Connection) throws -> Void) throws {
    try Site.with([]) { site in
      let hostile = try ["hostile", hostileWords[0], hostileWords[2]].map { try plan(hostileNet($0)) }
      _ = try Installer.install(try netsOfRepository() + hostile, facade: nil, on: try site.asOwner())
      try site.make("alice")
      try site.asOwner().query(
        "SELECT ptflow.add_grant(r.net, r.privilege, r.role, $1) FROM ptflow.rights AS r", [site.role("alice")])
      let superuser = try site.superuser()
      var dependencies = "NULL"
      if Tools.runsPlpgsqlCheck {
        try superuser.execute("CREATE SCHEMA checks; CREATE EXTENSION plpgsql_check SCHEMA checks")
        dependencies = """
          CASE WHEN l.lanname = 'plpgsql'
               THEN (SELECT coalesce(string_agg(DISTINCT concat(d.schema, '.', d.name), chr(1)), '')
                       FROM checks.plpgsql_show_dependency_tb(
                                p.oid::regprocedure, coalesce((SELECT max(t.tgrelid) FROM pg_trigger AS t WHERE t.tgfoid = p.oid), 0)) AS d
                      WHERE d.type = 'FUNCTION') END
          """
      }
      let rows = try superuser.query(
        """
        SELECT p.nspname, p.proname, p.prosrc, p.prosecdef, p.proconfig @> '{"search_path=pg_catalog, pg_temp"}',
               l.lanname = 'plpgsql', has_function_privilege($1, p.oid, 'EXECUTE'), p.proowner = $2::regrole, \(dependencies)
          FROM (\(ourFunctions)) AS p
          JOIN pg_language AS l ON l.oid = p.prolang
        """, [site.role("alice"), site.owner])
      var functions: [String: Function] = [:]
      for row in rows {
        let called = row[8].map { Set($0.split(separator: "\u{1}").map(String.init)) }
        let function = Function(
          schema: row[0] ?? "", source: row[2] ?? "", isEntry: row[3] == "t", hasPath: row[4] == "t",
          isPlpgsql: row[5] == "t", isOpen: row[6] == "t", belongsToOwner: row[7] == "t", dependencies: called)
        let name = "\(function.schema).\(row[1] ?? "")"
        #expect(functions.updateValue(function, forKey: name) == nil, "\(name) is there twice")
      }
      #expect(functions.count > 400)
      try body(functions, superuser)
    }
  }

  /// What a function calls, of ours. All else that it calls has to be PostgreSQL's own.
  private func calls(
    of name: String, _ function: Function, _ functions: [String: Function], _ builtIn: Set<String>
  ) -> Set<String> {
    var ours: Set<String> = []
    for call in SQLCalls(function.source).calls {
      switch call.schema {
      // A list of columns after a table, or after the name that a query gives to rows.
      case _ where call.before == "into": break
      case nil: #expect(builtIn.contains(call.name) || call.before == "as", "\(name) calls \(call.name)")
      case "pg_catalog": #expect(builtIn.contains(call.name), "\(name) calls \(call.name)")
      case let schema?:
        let called = "\(schema).\(call.name)"
        ours.insert(called)
        let isOurs = functions[called] != nil && [function.schema, "ptflow"].contains(schema)
        // The facade calls the inner functions of all nets.
        #expect(isOurs || function.schema == "public" && functions[called]?.isOpen == false, "\(name) calls \(called)")
      }
    }
    return ours
  }

  @Test func `what is reached from an entry is ours or PostgreSQL's own, and nobody can call it but its owner`() throws
  {
    try withFunctions { functions, connection in
      // The search path of an entry holds what it calls without a schema to pg_catalog.
      let builtIn = Set(
        try connection.column(
          """
          SELECT p.proname FROM pg_proc AS p WHERE p.pronamespace = 'pg_catalog'::regnamespace
           UNION SELECT k.word FROM pg_get_keywords() AS k
           UNION SELECT unnest(ARRAY['elsif', 'exit', 'while'])
          """))
      let entries = functions.filter(\.value.isEntry)
      #expect(entries.count > 100)
      var reached: Set<String> = []
      var rest = Array(entries.keys)
      while let name = rest.popLast() {
        guard reached.insert(name).inserted, let function = functions[name] else { continue }
        let called = calls(of: name, function, functions, builtIn)
        if let known = function.dependencies { #expect(called == known, "\(name)") }
        rest += called
      }
      #expect(reached.count > entries.count + 100)

      for name in reached.sorted() {
        let function = try #require(functions[name])
        #expect(function.belongsToOwner, "\(name)")
        #expect(function.isOpen == function.isEntry, "\(name)")
        #expect(function.hasPath || !function.isEntry, "\(name)")
        // Nothing that is reached runs a statement that it has put together.
        #expect(!SQLCalls.runsText(function.source), "\(name) runs dynamic SQL")
      }
      // What is not reached is open to nobody either, and of a net there is nothing else than what its owner calls by hand.
      for (name, function) in functions where !reached.contains(name) {
        let isOfOwner = name.hasSuffix(".redact") || name.hasSuffix(".forget_keys")
        #expect(!function.isOpen && (function.schema == "ptflow" || isOfOwner), "\(name)")
      }
    }
  }

  @Test func `the calls of a text are found past comments, constants and quotes`() {
    let calls = SQLCalls(
      """
      -- a.comment(1)
      SELECT "Sch""ema"."f n"(x, E'it\\'s b.constant(', 'c.constant(''', d.column, e . g ( 1 )) -- h(
        FROM unnest(y) AS u (id) WHERE u.id IN (SELECT max(z))
      """
    ).calls.map { [$0.schema, $0.name, $0.before] }
    #expect(
      calls == [
        ["Sch\"ema", "f n", "select"], ["e", "g", ","], [nil, "unnest", "from"], [nil, "u", "as"], [nil, "in", "id"],
        [nil, "max", "select"],
      ])
    #expect(SQLCalls.runsText("BEGIN EXECUTE x; END"))
    #expect(!SQLCalls.runsText("BEGIN RETURN 'EXECUTE x'; -- EXECUTE\nEND"))
  }
}
