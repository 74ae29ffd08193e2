import Foundation
import Installer
import Postgres
import SQL
import TestServer
import Testing

/// What the checkers of SQL say of everything that we generate.
@Suite struct StaticCheckTests {
  @Test(.enabled(if: Tools.runsPgspot, "there is no pgspot; make setup installs it"))
  func `pgspot finds nothing`() throws {
    let hostile = try ["hostile", hostileWords[0], hostileWords[2]].map { try plan(hostileNet($0)) }
    let plans = try netsOfRepository() + hostile
    #expect(plans.count > 15)
    let file = FileManager.default.temporaryDirectory.appending(path: "ptflow-pgspot-\(UUID().uuidString).sql")
    defer { try? FileManager.default.removeItem(at: file) }
    for facade in ["public", "The \"API\"; $$"] {
      try Data(underPathOfEntries(installScript(plans, facade: facade)).utf8).write(to: file)
      let run = try Program.named(Tools.pgspot).run([file.path])
      #expect(run.code == 0, "\(run)")
      #expect(run.output.contains("Errors: 0 Warnings: 0 Unknown: 0"), "\(run)")
    }
  }

  /// The script with the search path of the entries in each function that sets none: an inner function runs under the
  /// path of the entry that called it, and nobody else can call it, which the tests of rights show. pgspot sees a function
  /// alone and would take it to run under the caller's path.
  private func underPathOfEntries(_ script: SQL) -> String {
    var isHeader = false
    var lines: [String] = []
    for line in script.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("CREATE FUNCTION ") || line.hasPrefix("CREATE OR REPLACE FUNCTION ") { isHeader = true }
      if isHeader, line.contains("SET search_path") { isHeader = false }
      if isHeader, line.hasPrefix("AS $") {
        lines.append("    SET search_path = pg_catalog, pg_temp")
        isHeader = false
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  /// What plpgsql_check says and is wrong about. An entry that is not found any more fails the test.
  private static let allowed: Set<String> = [
    // The argument is part of the call as it is documented, and in quotes wherever it is named.
    "facade.ptflow_events: name of parameter \"limit\" is reserved keyword",
    "net.read_events: name of parameter \"limit\" is reserved keyword",
    "ptflow.refuse_limit: name of parameter \"limit\" is reserved keyword",
    "facade.ptflow_states_as_of: name of parameter \"limit\" is reserved keyword",
    "net.read_states_as_of: name of parameter \"limit\" is reserved keyword",
    "facade.ptflow_feed: name of parameter \"limit\" is reserved keyword",
    "net.read_feed: name of parameter \"limit\" is reserved keyword",
    "facade.ptflow_receive: name of parameter \"limit\" is reserved keyword",
    "ptflow.begin_batch: name of parameter \"limit\" is reserved keyword",
    "facade.ptflow_subscribe: name of parameter \"from\" is reserved keyword",
    // Only a net with rules asks what they say of the payload.
    "net.read_why_not: unused parameter \"payload\"",
    // Each puts together one statement of identifiers that format's %I, quote_ident or the output of regprocedure and
    // regtype have quoted: a call that the checker does not follow. They run when something is installed, granted or
    // removed, as who does that.
    "ptflow.seal: text type variable is not sanitized",
    "ptflow.sync_privileges: text type variable is not sanitized",
    "ptflow.refresh_facade: text type variable is not sanitized",
    "ptflow.drop_net: text type variable is not sanitized",
    // Its one statement is dynamic, so the checker does not see that it only reads. It counts what the installation has
    // locked, which a STABLE function would not see.
    "ptflow.count_instances: routine is marked as VOLATILE, should be STABLE",
  ]

  /// Casts that are meant: the sum of a count and of what firing changes is a bigint, and its cast to the type of the
  /// counts is what finds that it is too large; a marking is read as the array that it is.
  private static let meantCasts = [#"cast "bigint" value to "integer" type"#, #".marking" value to ""#]

  @Test(.enabled(if: Tools.runsPlpgsqlCheck, "there is no plpgsql_check; make setup installs it"))
  func `plpgsql_check finds nothing, with all of its warnings on`() throws {
    try Site.with([]) { site in
      let hostile = try ["hostile", hostileWords[0], hostileWords[2]].map { try plan(hostileNet($0)) }
      _ = try Installer.install(try netsOfRepository() + hostile, facade: nil, on: try site.asOwner())
      let superuser = try site.superuser()
      try superuser.execute("CREATE SCHEMA checks; CREATE EXTENSION plpgsql_check SCHEMA checks")
      let checked = try superuser.column(
        "SELECT p.oid::regprocedure::text FROM (\(ourFunctions)) AS p JOIN pg_language AS l ON l.oid = p.prolang "
          + "WHERE l.lanname = 'plpgsql'")
      #expect(checked.count > 400)
      let found = try superuser.query(
        """
        SELECT CASE WHEN p.nspname IN ('ptflow', 'public') THEN replace(p.nspname, 'public', 'facade') ELSE 'net' END
                   || '.' || p.proname || ': ' || c.message,
               format('%s %s, line %s: %s %s', c.level, c.sqlstate, c.lineno, c.detail, c.query)
          FROM (\(ourFunctions)) AS p
          JOIN pg_language AS l ON l.oid = p.prolang AND l.lanname = 'plpgsql'
          LEFT JOIN pg_trigger AS t ON t.tgfoid = p.oid
         CROSS JOIN LATERAL checks.plpgsql_check_function_tb(
                   p.oid::regprocedure, coalesce(t.tgrelid, 0), fatal_errors => false, other_warnings => true,
                   extra_warnings => true, performance_warnings => true, security_warnings => true,
                   compatibility_warnings => true) AS c
        """)
      let wrong = [
        // A setting is set by calling set_config, whose answer has to go somewhere and is not read.
        ": never read variable \"writing\"", ": never read variable \"index\"",
        // The checker counts the arguments of format, and does not see that VARIADIC brings many.
        ": too few arguments for format()",
      ]
      for finding in found
      where !wrong.contains(where: (finding[0] ?? "").hasSuffix) && !Self.allowed.contains(finding[0] ?? "")
        && !Self.meantCasts.contains(where: (finding[1] ?? "").contains)
      {
        Issue.record("\(finding[0] ?? "") (\(finding[1] ?? ""))")
      }
      let unneeded = Self.allowed.subtracting(found.map { $0[0] ?? "" })
      #expect(unneeded == [], "these are not found any more")
    }
  }
}

/// The functions that ptflow made, by what their schemas and the facade's comments say.
let ourFunctions = """
  SELECT p.*, n.nspname FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
   WHERE obj_description(n.oid, 'pg_namespace') LIKE 'ptflow %' OR obj_description(p.oid, 'pg_proc') LIKE 'ptflow facade:%'
  """
