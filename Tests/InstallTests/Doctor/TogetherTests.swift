import Foundation
import Installer
import Postgres
import TestServer
import Testing

/// The doctor while others are at work.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct TogetherTests {
  @Test func `two that mend at once wait for each other, and both find all mended`() throws {
    try Site.with { site in
      let owner = try site.asOwner()
      try owner.execute("DROP VIEW game.states; ALTER TABLE game.events DISABLE TRIGGER kept; DELETE FROM game.delta")
      try owner.execute("BEGIN; LOCK TABLE ptflow.engine IN SHARE UPDATE EXCLUSIVE MODE")
      let both = [0, 1].map { _ in Background { try site.mending().after.differences } }
      try site.waitForLock()
      let glance = Installer.glance(at: ["game"], on: try site.asOwner())
      #expect(glance == nil, "who only glances does not wait")
      try owner.execute("COMMIT")
      for one in both { #expect(try one.result() == []) }
      #expect(try site.faults() == [])
    }
  }

  @Test func `who examines waits for nobody who fires, and nobody who fires waits for it`() throws {
    try Site.with { site in
      let player = try site.asOwner()
      let owner = try site.asOwner()
      try player.execute("BEGIN; SELECT ptflow_dispatch('game', 'g', 'x')")
      try owner.execute("SET lock_timeout = '1ms'")
      let examination = try Installer.examine(on: owner)
      #expect(examination?.differences == [])
      try player.execute("COMMIT")
    }
  }

  @Test func `mending that is cut off has mended nothing`() throws {
    try Site.with { site in
      let blocker = try site.asOwner()
      try blocker.execute(
        """
        DROP VIEW game.states; DROP FUNCTION game.verify; DELETE FROM ptflow.rights;
        ALTER TABLE game.events DISABLE TRIGGER kept
        """)
      let before = try site.contents()
      try blocker.execute("BEGIN; LOCK TABLE game.events IN ROW EXCLUSIVE MODE")
      let mender = Background { try site.mending().after.differences.count }
      try site.waitForLock()
      try site.superuser().execute(
        """
        SELECT pg_terminate_backend(a.pid)
          FROM pg_stat_activity AS a
         WHERE a.datname = current_database() AND a.wait_event_type = 'Lock'
        """)
      #expect(throws: PostgresError.self) { try mender.result() }
      try blocker.execute("ROLLBACK")
      #expect(try site.contents() == before)
      #expect(try site.mending().after.differences == [])
    }
  }
}
