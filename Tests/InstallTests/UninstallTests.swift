import Installer
import PetriNet
import Postgres
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct UninstallTests {
  @Test func `a net with instances is kept, unless they may be lost`() throws {
    try Site.with([.game(), .game("other")]) { site in
      let owner = try site.asOwner()
      #expect(owner.fire("x") == "ok")
      let before = try site.contents()
      let refused = site.refusal { try owner.execute("SELECT ptflow.uninstall('game')") } as? PostgresError
      #expect(refused?.sqlstate == "55006")
      #expect(refused?.message == "the net game has 1 instance")
      #expect(refused?.hint == "To lose them and their events: ptflow uninstall game --with-data")
      #expect(try site.contents() == before)

      #expect(try owner.column("SELECT ptflow.uninstall('game', with_data => true)") == ["1"])
      #expect(owner.fire("x") == "PT404")
      #expect(owner.outcome("SELECT ptflow_create('other', 'g')") == "ok")
      #expect(try owner.column("SELECT to_regnamespace('game')::text") == ["NULL"])
      #expect(try owner.column("SELECT n.net FROM ptflow.nets AS n") == ["other"])
    }
  }

  @Test func `who was granted something in a net that is gone can call nothing any more`() throws {
    try Site.with { site in
      try site.make("alice")
      try site.grant("fire", "*", to: "alice")
      try site.asOwner().execute("SELECT ptflow.uninstall('game')")
      #expect(try site.connect(as: "alice").fire("x") == "42501")
      let rights = try site.rights()
      #expect(rights == [])
      _ = try site.install([.game()])
      #expect(try site.connect(as: "alice").fire("x") == "42501", "a net that comes back gives nothing back")
    }
  }

  @Test func `a net that was removed can be installed again, and is as new`() throws {
    try Site.with { site in
      let before = try site.dump()
      #expect(try site.asOwner().fire("x") == "ok")
      try site.asOwner().execute("SELECT ptflow.uninstall('game', true)")
      #expect(try site.install([.game()]).steps.map(\.change) == [.install])
      let after = try site.dump()
      #expect(after.filter { !$0.contains("setval(") } == before.filter { !$0.contains("setval(") })
      #expect(try site.asOwner().fire("x") == "ok")
    }
  }

  @Test func `a net that is not there is not removed`() throws {
    try Site.with { site in
      let owner = try site.asOwner()
      #expect(owner.outcome("SELECT ptflow.uninstall('nothing', true)") == "PT404")
      #expect(owner.outcome("SELECT ptflow.uninstall(NULL)") == "PT400")
    }
  }

  @Test func `of two removals at once the second is told that the net is gone`() throws {
    try Site.with { site in
      let first = try site.asOwner()
      try first.execute("BEGIN; SELECT ptflow.uninstall('game')")
      let second = Background { [url = site.database.url(as: site.owner)] in
        try Connection(url).outcome("SELECT ptflow.uninstall('game')")
      }
      try site.waitForLock()
      try first.execute("COMMIT")
      #expect(try second.result() == "PT404")
    }
  }

  @Test func `an event that is being written is counted before a net is removed`() throws {
    try Site.with { site in
      let writer = try site.asOwner()
      try writer.execute("BEGIN; SELECT ptflow_dispatch('game', 'g', 'x')")
      let removal = Background { [url = site.database.url(as: site.owner)] in
        try Connection(url).outcome("SELECT ptflow.uninstall('game')")
      }
      try site.waitForLock()
      try writer.execute("COMMIT")
      #expect(try removal.result() == "55006")
      #expect(try site.asOwner().column("SELECT count(*) FROM game.events") == ["2"])
    }
  }
}
