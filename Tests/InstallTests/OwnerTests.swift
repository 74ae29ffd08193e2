import Installer
import PetriNet
import Postgres
import SQL
import TestServer
import Testing

/// What it takes to install: the right to make schemas, and nothing else.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct OwnerTests {
  @Test(arguments: [nil, "api", "The \"API\"; $$"])
  func `who owns a database and is nothing else does it all`(facade: String?) throws {
    try Site.with([], facade: facade) { site in
      try site.make("alice")
      _ = try site.install([.game()], facade: facade)
      try site.grant("fire", "PlayerX", to: "alice")
      let alice = try site.connect(as: "alice")
      let schema = facade.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" } ?? "public"
      #expect(alice.outcome("SELECT \(schema).ptflow_dispatch('game', 'g', 'x')") == "ok")
      #expect(alice.outcome("SELECT \(schema).ptflow_dispatch('game', 'g', 'o')") == "PT403")
      #expect(try site.asOwner().column("SELECT ptflow.uninstall('game', true)") == ["1"])
      #expect(try site.install([.game(stones: 1)]).facade == facade ?? "public")
      #expect(try site.install([.game(stones: 2)]).steps.count == 1)
      #expect(try site.asOwner().column("SELECT ptflow.uninstall('game')") == ["0"])
    }
  }

  @Test func `who may make schemas in the database of another does it all, beside public`() throws {
    try Site.with([]) { site in
      let guest = try site.make("guest")
      try site.make("alice")
      try site.superuser().execute("GRANT CREATE ON DATABASE \(site.database.name) TO \(guest)")
      let connection = try site.connect(as: "guest")
      let refused = site.refusal { _ = try Installer.install([try plan(.game())], facade: nil, on: connection) }
      #expect((refused as? PostgresError)?.sqlstate == "42501")
      _ = try Installer.install([try plan(.game())], facade: "api", on: connection)
      #expect(connection.outcome("SELECT ptflow.add_grant('game', 'fire', '*', '\(site.role("alice"))')") == "ok")
      #expect(try site.connect(as: "alice").outcome("SELECT api.ptflow_dispatch('game', 'g', 'x')") == "ok")
      #expect(connection.outcome("SELECT ptflow.uninstall('game', true)") == "ok")
    }
  }

  @Test func `the facade stays where it is`() throws {
    try Site.with(facade: "api") { site in
      let before = try site.contents()
      let refused = site.refusal { _ = try site.install([.game("other")], facade: "public") }
      #expect(refused as? InstallRefusal == .otherFacade(found: "api", wanted: "public"))
      let script = installScript([try plan(.game("other"))], facade: "public").text
      #expect(try site.asOwner().outcome(script) == "55000")
      #expect(try site.contents() == before)
    }
  }

  @Test(arguments: ["ptflow", "pg_catalog", "pg_temp", "information_schema", "game", ""])
  func `a schema that cannot hold the facade is refused, and nothing is left`(facade: String) throws {
    try Site.with([]) { site in
      let before = try site.contents()
      for role in [site.owner, nil] {
        let connection = try site.database.connect(as: role)
        let refused = site.refusal { _ = try Installer.install([try plan(.game())], facade: facade, on: connection) }
        #expect(refused is InstallRefusal, "\(facade) as \(role ?? "superuser"): \(String(describing: refused))")
      }
      #expect(try site.contents() == before)
    }
  }
}
