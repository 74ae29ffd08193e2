import EmbeddedServer
import Foundation
import Postgres
import TestServer
import Testing

/// Which database the program works on: that of `--db`, of DATABASE_URL, of PGHOST and its like, or its own.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct DatabaseChoiceTests {
  private let nowhere = "postgresql://localhost:1/x?host=127.0.0.1"

  @Test func `what is said last counts first`() throws {
    try Bench.withDatabase { (bench: Bench) throws -> Void in
      let parts = URLComponents(string: bench.url)
      func item(_ name: String) -> String { parts?.queryItems?.first { $0.name == name }?.value ?? "" }
      let words = [
        "PGHOST": item("host"), "PGPORT": item("port"), "PGUSER": item("user"),
        "PGDATABASE": String(parts?.path.dropFirst() ?? ""),
      ]
      func code(_ arguments: [String], _ environment: [String: String]) throws -> Int32 {
        try Program.ptflow.run(["list"] + arguments, in: bench.folder, environment: environment).code
      }
      #expect(try code(["--db", bench.url], ["DATABASE_URL": nowhere, "PGHOST": "/nowhere"]) == 0)
      #expect(try code([], ["DATABASE_URL": bench.url, "PGHOST": "/nowhere"]) == 0)
      #expect(try code([], words) == 0)
      #expect(try code(["--db", nowhere], words) == 2)
      #expect(try code([], ["DATABASE_URL": nowhere].merging(words) { $1 }) == 2)
      #expect(!FileManager.default.fileExists(atPath: bench.folder + "/.ptflow"), "no server of its own is made")
    }
  }

  @Test func `a server that is not there is told in words that help`() throws {
    try Bench.with { bench in
      let run = try bench.ptflow("list", "--db", "postgresql://someone:secret@127.0.0.1:1/x")
      #expect(run.code == 2)
      #expect(run.output == "")
      #expect(run.errors.hasPrefix("error: connection to server at \"127.0.0.1\", port 1 failed: Connection refused\n"))
      #expect(!run.errors.contains("secret"))
      let wrong = try bench.ptflow("list", "--db", "nonsense with secret")
      #expect(wrong.code == 2)
      #expect(wrong.errors.hasPrefix("error: the connection string is wrong: "))
      #expect(wrong.errors.contains("HINT:  Write postgresql://user@host:port/database"))
      #expect(!wrong.errors.contains("secret"))
    }
  }

  @Test func `without a database it makes a server of its own, which goes on when it ends`() throws {
    try Bench.with { bench in
      defer { try? EmbeddedServer(project: bench.folder).remove() }
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let none = try bench.ptflow("db", "status")
      #expect(none.code == 1)
      #expect(none.output == "no cluster in this directory; ptflow db start creates one\n")
      #expect(try bench.ptflow("db", "stop").output == "not running\n")
      #expect(!FileManager.default.fileExists(atPath: bench.folder + "/.ptflow"), "asking makes nothing")

      // Empty settings are none.
      let first = try bench.ptflow("install", "shuttle.pflow", environment: ["DATABASE_URL": "", "PGHOST": ""])
      #expect(first.code == 0)
      #expect(first.output.hasPrefix("shuttle: installed\n"), "\(first)")
      #expect(first.errors.hasPrefix("ptflow: creating the database cluster\nptflow: starting PostgreSQL "), "\(first)")

      let status = try bench.ptflow("db", "status", "--json")
      #expect(status.code == 0)
      let json = try #require(try JSONSerialization.jsonObject(with: Data(status.output.utf8)) as? [String: Any])
      #expect(json["state"] as? String == "running")
      let url = try bench.ptflow("db", "url")
      #expect(url.output == (json["url"] as? String ?? "") + "\n")
      #expect(try Connection(url.output.trimmingCharacters(in: .newlines)).query("SELECT FROM ptflow.nets").count == 1)
      let psql = try bench.ptflow("db", "psql", "-Atc", "SELECT n.net FROM ptflow.nets AS n")
      #expect(psql.code == 0 && psql.output == "shuttle\n", "\(psql)")

      #expect(try bench.ptflow("db", "stop").output == "stopped\n")
      #expect(try bench.ptflow("db", "status").output.hasPrefix("stopped\n"))
      let again = try bench.ptflow("dispatch", "shuttle", "s1", "take")
      #expect(again.code == 0 && again.output == "shuttle s1 1: take\n  there\n", "\(again)")
      #expect(again.errors.hasPrefix("ptflow: starting PostgreSQL "), "\(again)")
    }
  }
}
