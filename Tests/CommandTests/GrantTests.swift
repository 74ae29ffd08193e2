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
        listed.map { $0.split(separator: " ") }.contains(["shuttle", "fire", "carrier", Substring(alice), "grant"]))
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

  @Test func `who holds what in fact is listed, with what they have it by`() throws {
    try Bench.withDatabase { bench in
      let suffix = UUID().uuidString.prefix(8).lowercased()
      let (group, alice, nora, boss) = ("group_\(suffix)", "alice_\(suffix)", "nora_\(suffix)", "boss_\(suffix)")
      let superuser = try bench.connect()
      try superuser.execute(
        """
        CREATE ROLE \(group); CREATE ROLE \(alice) IN ROLE \(group); CREATE ROLE \(nora) NOINHERIT IN ROLE \(group);
        CREATE ROLE \(boss) SUPERUSER
        """)
      defer {
        for role in [alice, nora, group, boss] { try? superuser.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
      }
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      _ = try bench.answer("install", "shuttle.pflow")
      _ = try bench.answer("grant", "shuttle", "carrier", "--to", group)
      _ = try bench.answer("grant", "shuttle", "--read", "--to", alice)

      let words = try bench.answer("list")
      let lines = words.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
      for line in [
        "shuttle fire * ptflow grant", "shuttle fire carrier \(group) grant",
        "shuttle fire carrier \(alice) member of \(group)",
        "shuttle fire carrier \(nora) SET ROLE \(group)", "shuttle read \(alice) grant",
      ] { #expect(lines.contains(line), "\(line) in \(words)") }
      #expect(!words.contains("PUBLIC"))
      let superusers = try #require(lines.last { $0.hasPrefix("superusers may do everything: ") })
      #expect(superusers.contains("ptflow") && superusers.contains(boss) && !superusers.contains(alice))

      let json = try bench.object("list")
      #expect((json["superusers"] as? [String])?.contains(boss) == true)
      let net = try #require((json["nets"] as? [[String: Any]])?.first)
      #expect(net["open_to_public"] as? Bool == false)
      let grants = try #require(net["grants"] as? [[String: String]])
      #expect(grants.count == 5)
      #expect(
        grants.contains([
          "privilege": "fire", "role": "carrier", "member": nora, "way": "set role", "granted_to": group,
        ]))

      // As after a restore without privileges.
      try superuser.execute("GRANT USAGE ON TYPE shuttle.role_carrier TO PUBLIC")
      #expect(try bench.answer("list").contains("the rights on shuttle are open to PUBLIC, so that nobody has any"))
      #expect(((try bench.object("list")["nets"] as? [[String: Any]])?.first?["open_to_public"] as? Bool) == true)
      #expect(try bench.answer("install", "shuttle.pflow").hasPrefix("shuttle: unchanged\n"))
      #expect(try bench.answer("list") == words)
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
