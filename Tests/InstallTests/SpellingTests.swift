import Diagnostics
import Installer
import PetriNet
import Postgres
import SQL
import TestServer
import Testing

/// Names that are the same to a reader and differ in their bytes: in their Unicode normal form.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct SpellingTests {
  @Test(arguments: [("caf\u{e9}", "cafe\u{301}"), ("cafe\u{301}", "caf\u{e9}"), ("K", "\u{212a}"), ("\u{212a}", "K")])
  func `a net is not installed beside one whose name is the same in another normal form`(
    _ name: String, _ other: String
  ) throws {
    try Site.with([.game(name), .game("other")]) { site in
      let before = try site.contents()
      for dryRun in [true, false] {
        let refused = site.refusal {
          _ = try Installer.install([try plan(.game(other))], facade: nil, on: try site.asOwner(), dryRun: dryRun)
        }
        #expect(refused as? InstallRefusal == .otherSpelling(other))
      }
      // The script that `ptflow compile` writes refuses it as well.
      let owner = try site.asOwner()
      let refused = #expect(throws: PostgresError.self) {
        try owner.execute(installScript([try plan(.game(other))], facade: "public").text)
      }
      #expect(refused?.sqlstate == "42710")
      #expect(refused?.message.hasSuffix("in another Unicode normal form is installed") == true)
      try owner.execute("ROLLBACK")
      #expect(try site.contents() == before)
      // Under its own name it is the same net, and to a client another is not there.
      #expect(try site.install([.game(name)]).isEmpty)
      let late = #expect(throws: PostgresError.self) {
        try site.asOwner().query("SELECT public.ptflow_dispatch($1, 'a', 'x')", [other])
      }
      #expect(late?.sqlstate == "PT404")
    }
  }

  @Test func `two nets of one installation are not called the same in two normal forms`() throws {
    try Site.with([]) { site in
      let refused = site.refusal { _ = try site.install([.game("caf\u{e9}"), .game("cafe\u{301}")]) }
      #expect(refused as? InstallRefusal == .sameName("cafe\u{301}"))
    }
  }
}
