import Foundation
import Installer
import Postgres
import Testing

@Suite(.enabled(if: serverIsInstalled, whyNot))
struct EmbeddedServerTests {
  @Test func `a server starts, says where it is, and stops`() throws {
    try TestProject.with { project in
      let server = project.server
      #expect(server.status().state == .none)
      let url = try server.start()
      let status = server.status()
      #expect(status.state == .running)
      #expect(status.url == url)
      let rows = try Connection(url).query("SELECT current_user, current_database(), pg_postmaster_start_time() < now()")
      #expect(rows[0].values == ["ptflow", "ptflow", "t"])
      #expect(try server.stop())
      #expect(server.status().state == .stopped)
      #expect(try !server.stop())
    }
  }
}
