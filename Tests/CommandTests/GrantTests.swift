import Foundation
import Postgres
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct GrantTests {
  @Test func `what is granted and revoked is told`() throws {
    try Bench.withDatabase { bench in
      let alice = "alice_\(UUID().uuidString.prefix(8).lowercased())"
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      #expect(
        try bench.ptflow("grant", "shuttle", "carrier", "--to", alice).errors
          == "ERROR PT404:  no net is installed in this database\nHINT:  Install one: ptflow install FILE\n")
      _ = try bench.answer("install", "shuttle.pflow")
      #expect(
        try bench.ptflow("grant", "shuttle", "carrier", "--to", alice).errors
          == "ERROR PT404:  the database has no role \(alice)\nHINT:  Make it first: CREATE ROLE \(alice) LOGIN;\n")
      try bench.connect().execute("CREATE ROLE \(alice) LOGIN")
      defer { try? bench.connect().execute("DROP OWNED BY \(alice); DROP ROLE \(alice)") }

      #expect(
        try bench.answer("grant", "shuttle", "carrier", "--to", alice)
          == "\(alice) may now fire as carrier in shuttle\n")
      #expect(
        try bench.answer("grant", "shuttle", "carrier", "--read", "--to", alice)
          == "\(alice) could already fire as carrier in shuttle\n\(alice) may now read in shuttle\n")
      let listed = try bench.answer("list").split(separator: "\n")
      #expect(
        listed.suffix(3).map { $0.split(separator: " ") }.contains(["shuttle", "fire", "carrier", Substring(alice)]))
      #expect(
        try bench.answer("revoke", "shuttle", "carrier", "--from", alice)
          == "\(alice) may no longer fire as carrier in shuttle\n")
      #expect(
        try bench.answer("revoke", "shuttle", "carrier", "--from", alice)
          == "\(alice) had no grant to fire as carrier in shuttle\n")
      let json = try bench.object("revoke", "shuttle", "--read", "--gateway", "--from", alice)
      #expect((json["privileges"] as? [[String: Any]])?.map { $0["changed"] as? Bool } == [true, false])
    }
  }

  @Test func `of several grants all are made or none, and nothing is told of what was not`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      _ = try bench.answer("install", "shuttle.pflow")
      // Only the second privilege cannot be granted.
      try bench.connect().execute("DELETE FROM ptflow.rights WHERE privilege = 'read'")
      let run = try bench.ptflow("grant", "shuttle", "carrier", "--read", "--to", "ptflow")
      #expect(run.code == 2)
      #expect(run.output == "")
      #expect(try bench.connect().query("SELECT FROM ptflow.grants").count == 1)
    }
  }
}
