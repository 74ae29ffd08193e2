import Installer
import PetriNet
import Postgres
import SQL
import TestServer
import Testing

/// What `ptflow compile` writes, run by psql.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct ScriptTests {
  @Test(arguments: [[], ["before", "long before"]], ["public", "api"])
  func `psql -f of the script gives the same database as an installation`(before: [String], facade: String) throws {
    let nets: [Net] = [.game(), .game("it's \"ours\"; $$")]
    let installed = try Site.with(before.map { .game($0) }, facade: facade) { site in
      _ = try site.install(nets, facade: facade)
      return try site.dump()
    }
    let scripted = try Site.with(before.map { .game($0) }, facade: facade) { site in
      let run = try site.psql(installScript(try nets.map { try plan($0) }, facade: facade).text)
      #expect(run.code == 0 && run.errors == "", "\(run)")
      return try site.dump()
    }
    #expect(installed.count > 1000)
    #expect(scripted == installed)
  }

  @Test func `the script run twice fails and leaves all as it was`() throws {
    try Site.with([]) { site in
      let script = installScript([try plan(.game("new")), try plan(.game())], facade: "public").text
      #expect(try site.psql(script).errors == "")
      #expect(try site.asOwner().fire("x") == "ok")
      let before = try site.contents()
      for arguments in [[], ["-v", "ON_ERROR_STOP=1"]] {
        let again = try site.psql(script, arguments)
        #expect(again.errors.contains("ERROR:  schema \"new\" already exists"), "\(again)")
        #expect(try site.contents() == before)
      }
      #expect(try site.asOwner().fire("x") == "ok")
    }
  }

  @Test func `the script does the same whatever the session's settings are`() throws {
    let nets: [Net] = [.game("back\\slash 'n' \"q\"")]
    let expected = try Site.with(nets) { site in try site.dump() }
    let found = try Site.with([]) { site in
      let script = installScript(try nets.map { try plan($0) }, facade: "public").text
      let settings = """
        SET standard_conforming_strings = off; SET backslash_quote = on; SET search_path = ''; SET DateStyle = 'German';
        SET default_transaction_isolation = 'serializable'; SET default_transaction_read_only = on; SET bytea_output = 'escape';

        """
      let run = try site.psql(settings + script)
      #expect(run.errors == "", "\(run)")
      return try site.dump()
    }
    #expect(found == expected)
  }
}
