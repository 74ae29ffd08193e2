import Installer
import Postgres
import TestServer
import Testing

/// A right on a net comes by a grant of that right, and by no privilege that is given for other reasons.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct RightsTests {
  /// What a stranger may do who was let to call everything: the rights that the functions find, one line a right.
  private func rights(of name: String, _ site: Site) throws -> [String] {
    try site.asOwner().column(
      """
      SELECT concat_ws(' ', r.privilege, r.role) FROM ptflow.rights AS r WHERE ptflow.has_right(r.net, r.privilege, r.role, $1)
      UNION ALL
      SELECT t.action FROM game.transitions AS t WHERE game.role_for(t.action, $1) IS NOT NULL
      UNION ALL
      SELECT 'create' WHERE game.creating_role($1) IS NOT NULL
      """, [site.role(name)])
  }

  /// Lets somebody call the facade and the functions of the net, as a careless administrator might.
  private func open(to name: String, _ site: Site) throws {
    let role = site.role(name)
    try site.superuser().execute(
      """
      GRANT USAGE ON SCHEMA game, ptflow TO \(role);
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public, game TO \(role);
      """)
  }

  @Test func `no predefined role of the server holds a right`() throws {
    try Site.with { site in
      let roles = try site.superuser().column(
        "SELECT r.rolname FROM pg_roles AS r WHERE r.rolname LIKE 'pg\\_%' ORDER BY 1")
      #expect(roles.contains("pg_read_all_data") && roles.contains("pg_write_all_data"))
      for role in roles {
        try site.make("stranger")
        // One of them is the owner of the database, and takes no members.
        let granted = try site.superuser().outcome("GRANT \(role) TO \(site.role("stranger"))")
        #expect((granted == "ok") == (role != "pg_database_owner"), "\(role): \(granted)")
        let stranger = try site.connect(as: "stranger")
        for (function, arguments) in facadeCalls {
          #expect(stranger.outcome("SELECT public.\(function)(\(arguments))") == "42501", "\(role): \(function)")
        }
        try open(to: "stranger", site)
        #expect(try rights(of: "stranger", site) == [], "\(role)")
        for (function, arguments) in closedCalls {
          #expect(stranger.outcome("SELECT public.\(function)(\(arguments))") == "PT403", "\(role): \(function)")
        }
        #expect(stranger.outcome("SELECT game.x('g')") == "PT403", "\(role)")
        try site.superuser().execute("DROP OWNED BY \(site.role("stranger")); DROP ROLE \(site.role("stranger"))")
      }
    }
  }

  @Test(arguments: [
    "GRANT SELECT ON ALL TABLES IN SCHEMA game, ptflow TO stranger",
    "GRANT ALL ON ALL TABLES IN SCHEMA game, ptflow TO stranger",
    "GRANT ALL ON ALL SEQUENCES IN SCHEMA game, ptflow TO stranger",
    "GRANT ALL ON ALL FUNCTIONS IN SCHEMA game, ptflow TO stranger",
    "GRANT ALL ON ALL ROUTINES IN SCHEMA game, ptflow TO stranger", "GRANT ALL ON SCHEMA game, ptflow TO stranger",
    "GRANT ALL ON DATABASE database TO stranger", "GRANT USAGE ON TYPE game.marking TO stranger",
    "ALTER ROLE stranger CREATEROLE CREATEDB REPLICATION BYPASSRLS",
  ])
  func `a grant in bulk gives no right, and the next grant closes the functions again`(statement: String) throws {
    try Site.with { site in
      for name in ["stranger", "alice"] { try site.make(name) }
      let role = site.role("stranger")
      try site.superuser().execute(
        statement.replacing("stranger", with: role).replacing(
          "DATABASE database", with: "DATABASE \(site.database.name)"))
      try open(to: "stranger", site)
      #expect(try rights(of: "stranger", site) == [])
      let stranger = try site.connect(as: "stranger")
      for (function, arguments) in closedCalls {
        #expect(stranger.outcome("SELECT public.\(function)(\(arguments))") == "PT403", "\(function)")
      }
      for door in ["x", "o", "pass"] { #expect(stranger.outcome("SELECT game.\(door)('g')") == "PT403") }

      try site.grant("fire", "PlayerX", to: "alice")
      let kept = try site.rights().filter { $0.hasSuffix(" to \(role)") && $0.hasPrefix("function game.") }
      #expect(kept == [])
      #expect(try site.connect(as: "alice").fire("x") == "ok")
    }
  }

  @Test func `defaults of the database give no right on nets to come`() throws {
    try Site.with([]) { site in
      let stranger = try site.make("stranger")
      let owner = try site.asOwner()
      for (kind, granted) in [
        ("TABLES", "ALL"), ("SEQUENCES", "ALL"), ("ROUTINES", "EXECUTE"), ("TYPES", "USAGE"), ("SCHEMAS", "USAGE"),
      ] {
        try owner.execute(
          """
          ALTER DEFAULT PRIVILEGES GRANT \(granted) ON \(kind) TO PUBLIC;
          ALTER DEFAULT PRIVILEGES GRANT \(granted) ON \(kind) TO \(stranger) WITH GRANT OPTION
          """)
      }
      _ = try site.install([.game()])
      #expect(try rights(of: "stranger", site) == [])
      #expect(try site.rights() == [])
    }
  }

  @Test func `a type that is open to everybody gives the right to nobody, until a grant closes it`() throws {
    try Site.with { site in
      for name in ["alice", "bob"] { try site.make(name) }
      try site.grant("fire", "PlayerX", to: "alice")
      let owner = try site.asOwner()
      for type in ["\"role_PlayerX\"", "\"role_*\"", "reader", "gateway"] {
        try owner.execute("GRANT USAGE ON TYPE game.\(type) TO PUBLIC")
      }
      try open(to: "bob", site)
      #expect(try rights(of: "bob", site) == [] && rights(of: "alice", site) == [])
      #expect(try site.connect(as: "bob").fire("x") == "PT403")
      #expect(try Catalogue(of: owner).openNets(owner) == ["game"])

      try site.grant("fire", "PlayerO", to: "bob")
      #expect(try Catalogue(of: owner).openNets(owner) == [])
      #expect(try site.connect(as: "alice").fire("x") == "ok")
      #expect(try site.connect(as: "bob").fire("x") == "PT403")
      #expect(try site.connect(as: "bob").fire("o") == "ok")
    }
  }

  @Test func `who may write to all tables cannot have the owner run what it wrote`() throws {
    try Site.with { site in
      try site.make("writer")
      try site.superuser().execute("GRANT pg_write_all_data, pg_read_all_data TO \(site.role("writer"))")
      let writer = try site.connect(as: "writer")
      #expect(writer.outcome("UPDATE ptflow.calls SET definition = 'SELECT evil()'") != "ok")
      #expect(writer.outcome("UPDATE ptflow.engine SET facade = 'public\"; DROP TABLE game.events; --'") == "ok")
      #expect(writer.outcome("UPDATE ptflow.engine SET facade = 'public'") == "ok")
      try writer.execute(
        "UPDATE ptflow.objects SET arguments = 'text); DROP TABLE game.arcs; --' WHERE name = 'verify'")
      #expect(try site.asOwner().outcome("SELECT ptflow.uninstall('game')") != "ok")
      #expect(try site.asOwner().column("SELECT count(*) > 0 FROM game.arcs") == ["t"])
    }
  }
}
