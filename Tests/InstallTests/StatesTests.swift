import Installer
import Plan
import Postgres
import TestServer
import Testing

/// A net that is installed keeps its states, or keeps them no longer, as it is asked to.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct StatesTests {
  @Test func `the view becomes a table and back, while instances are there, and stays where nobody says`() throws {
    try Site.with([]) { site in
      let plan = try gameFile()
      let owner = try site.asOwner()
      func change(_ isKept: Bool?, dryRun: Bool = false) throws -> Installation.Step.Change? {
        let plan = isKept.map { plan.keepingStates($0) } ?? plan
        return try Installer.install([plan], facade: nil, on: owner, dryRun: dryRun).steps.first?.change
      }
      _ = try change(nil)
      #expect(owner.fire("x") == "ok")
      let whole = try site.dump("--schema-only").sorted()
      let states = try owner.column("SELECT s::text FROM game.states AS s ORDER BY s.id")

      #expect(try change(true, dryRun: true) == .states(isKept: true))
      #expect(try change(true) == .states(isKept: true))
      #expect(try owner.column("SELECT s::text FROM game.states AS s ORDER BY s.id") == states)
      #expect(try owner.column("SELECT relkind FROM pg_class WHERE oid = 'game.states'::regclass") == ["r"])
      #expect(try change(nil) == .keep)
      #expect(try change(true) == .keep)
      #expect(owner.fire("o") == "ok")
      #expect(try owner.column("SELECT problem FROM ptflow_verify('game')").isEmpty)
      #expect(try owner.column("SELECT max(seq) FROM game.states") == ["2"])

      #expect(try change(false) == .states(isKept: false))
      #expect(try change(nil) == .keep)
      #expect(owner.fire("x") == "ok")
      #expect(try owner.column("SELECT max(seq) FROM game.states") == ["3"])
      #expect(try owner.column("SELECT problem FROM ptflow_verify('game')").isEmpty)
      #expect(try site.dump("--schema-only").sorted() == whole)
      #expect(try owner.column("SELECT ptflow.uninstall('game', true)") == ["1"])
    }
  }
}
