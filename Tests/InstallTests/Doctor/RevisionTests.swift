import Compiler
import Diagnostics
import Installer
import NetFormats
import PetriNet
import Plan
import Postgres
import TestServer
import Testing

/// A net that stays, by its digest, while its file says something else about it.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct RevisionTests {
  private func plan(_ text: String, name: String = "door") throws -> NetPlan {
    try compile(SourceFile(name: "\(name).ptflow.yaml", text: text), name: name).plan
  }

  private let before = """
    about: A door.
    places: {shut: {start: 1, about: Nobody passes.}, open: 0}
    transitions:
      push: {takes: shut, gives: open}
    laws: [shut + open = 1, open <= 3]

    """

  private let after = """
    # Another comment, another about, another law.
    about: A gate.
    places: {shut: {start: 1, about: Somebody waits.}, open: 0}
    transitions:
      push: {takes: shut, gives: open, about: Hard.}
    laws: [open >= 0]
    ends: open

    """

  @Test func `its file, comments and laws are revised, its version and its events stay`() throws {
    try Site.with([]) { site in
      let owner = try site.asOwner()
      func install(_ text: String, dryRun: Bool = false) throws -> Installation {
        try Installer.install([try plan(text)], facade: nil, on: owner, dryRun: dryRun)
      }
      func lines(_ installation: Installation) -> [String] {
        guard case .refresh(let differences) = installation.steps[0].change else { return [] }
        return differences.map(\.line)
      }
      _ = try install(before)
      try owner.query("SELECT ptflow_dispatch('door', 'd', 'push')")
      let log = try owner.column("SELECT e::text FROM door.events AS e ORDER BY e.seq")
      let old = try site.contents()

      let planned = try install(after, dryRun: true)
      #expect(try site.contents() == old)
      #expect(lines(planned).first == "file of door")
      #expect(lines(planned).contains { $0.contains("stated_law_2") && $0.hasPrefix("+") })
      let done = try install(after)
      #expect(lines(done) == lines(planned))

      #expect(try owner.column("SELECT v.source FROM ptflow.net_versions AS v") == [after])
      #expect(try owner.column("SELECT e::text FROM door.events AS e ORDER BY e.seq") == log)
      let schema = try site.dump("--schema-only").joined(separator: "\n")
      #expect(schema.contains("A gate.") && schema.contains("Hard.") && !schema.contains("A door."))
      #expect(schema.contains("Somebody waits.") && !schema.contains("Nobody passes."))
      #expect(
        try owner.column(
          """
          SELECT c.conname || ' ' || obj_description(c.oid, 'pg_constraint') FROM pg_constraint AS c
           WHERE c.conname LIKE 'stated_law_%' ORDER BY 1
          """) == ["stated_law_1 open >= 0"])
      #expect(try site.faults() == [])
      #expect(try install(after).isEmpty)

      // What is there is what an installation of the new file makes.
      let revised = try site.dump("--schema-only").filter { !$0.contains("ptflow.net_versions") }
      try Site.with([]) { other in
        _ = try Installer.install([try plan(after)], facade: nil, on: try other.asOwner())
        let fresh = try other.dump("--schema-only").filter { !$0.contains("ptflow.net_versions") }
        func told(_ lines: [String], _ site: Site) -> [String] {
          lines.map { $0.replacing(site.owner, with: "owner") }.sorted()
        }
        #expect(told(revised, site) == told(fresh, other))
      }
    }
  }

  @Test func `a comment alone is kept as well`() throws {
    try Site.with([]) { site in
      let owner = try site.asOwner()
      _ = try Installer.install([try plan(before)], facade: nil, on: owner)
      let commented = "# Why.\n" + before
      let done = try Installer.install([try plan(commented)], facade: nil, on: owner)
      guard case .refresh(let differences) = done.steps[0].change else {
        Issue.record("\(done.steps[0].change)")
        return
      }
      #expect(differences.map(\.object) == ["file of door"])
      #expect(try owner.column("SELECT v.source FROM ptflow.net_versions AS v") == [commented])
    }
  }

  @Test func `a law of the author's is a constraint, which refuses what breaks it`() throws {
    try Site.with([]) { site in
      let owner = try site.asOwner()
      _ = try Installer.install([try plan(before)], facade: nil, on: owner)
      for (marking, outcome) in [("{1,0}", "ok"), ("{0,1}", "ok"), ("{1,1}", "23514"), ("{0,4}", "23514")] {
        #expect(owner.outcome("SELECT '\(marking)'::door.marking") == outcome, "\(marking)")
      }
    }
  }

  @Test func `a net under another name than its file's is examined under its own`() throws {
    try Site.with([]) { site in
      let owner = try site.asOwner()
      var net = try compile(SourceFile(name: "a.ptflow.yaml", text: "net: first\n" + before), name: "a").file.net
      net.name = "second"
      let source = Source(file: "a.ptflow.yaml", format: "native", text: "net: first\n" + before)
      _ = try Installer.install([try compile(net, source: source)], facade: nil, on: owner)
      #expect(try site.faults() == [])
      try owner.execute("DROP VIEW second.states")
      #expect(try site.mending().after.faults == [])
      #expect(try owner.column("SELECT count(*) FROM second.states") == ["0"])
    }
  }
}
