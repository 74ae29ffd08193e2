import Postgres
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct GrantTests {
  @Test func `before a grant nobody but the owner can call anything`() throws {
    try Site.with { site in
      try site.make("alice")
      let alice = try site.connect(as: "alice")
      for (function, arguments) in facadeCalls {
        #expect(alice.outcome("SELECT public.\(function)(\(arguments))") == "42501", "\(function)")
      }
      let owner = try site.asOwner()
      for (function, arguments) in facadeCalls {
        #expect(owner.outcome("SELECT public.\(function)(\(arguments))") == "ok", "\(function)")
      }
    }
  }

  @Test func `a role of the net allows its transitions and no others`() throws {
    try Site.with { site in
      try site.make("alice")
      try site.grant("fire", "PlayerX", to: "alice")
      let alice = try site.connect(as: "alice")
      #expect(alice.fire("x") == "ok")
      #expect(alice.fire("o") == "PT403")
      #expect(alice.fire("pass") == "PT403")
      for (function, arguments) in readingCalls {
        #expect(alice.outcome("SELECT public.\(function)(\(arguments))") == "PT403", "\(function)")
      }
    }
  }

  @Test func `default allows the transitions without a role, and an asterisk allows all and reading`() throws {
    try Site.with { site in
      for name in ["dora", "adam"] { try site.make(name) }
      try site.grant("fire", "default", to: "dora")
      try site.grant("fire", "*", to: "adam")
      let dora = try site.connect(as: "dora")
      #expect(["pass", "x", "o"].map { dora.fire($0) } == ["ok", "PT403", "PT403"])
      let adam = try site.connect(as: "adam")
      #expect(["pass", "x", "o"].map { adam.fire($0) } == ["ok", "ok", "ok"])
      #expect(adam.outcome("SELECT public.ptflow_state('game', 'g')") == "ok")
    }
  }

  @Test func `reading is granted apart from firing`() throws {
    try Site.with { site in
      for name in ["rita", "alice"] { try site.make(name) }
      try site.grant("read", to: "rita")
      try site.grant("fire", "PlayerX", to: "alice")
      let rita = try site.connect(as: "rita")
      let alice = try site.connect(as: "alice")
      #expect(alice.fire("x") == "ok")
      #expect(rita.fire("x") == "42501")
      #expect(rita.outcome("SELECT public.ptflow_create('game', 'h')") == "42501")
      for (function, arguments) in readingCalls {
        #expect(rita.outcome("SELECT public.\(function)(\(arguments))") == "ok", "\(function)")
      }
      try site.grant("read", to: "alice")
      #expect(alice.outcome("SELECT public.ptflow_state('game', 'g')") == "ok")
    }
  }

  @Test func `a grant is for one net`() throws {
    try Site.with([.game(), .game("other")]) { site in
      try site.make("alice")
      for privilege in [("fire", "*"), ("read", ""), ("gateway", "")] {
        try site.grant(privilege.0, privilege.1, on: "other", to: "alice")
      }
      let alice = try site.connect(as: "alice")
      try alice.execute("SET ptflow.roles = '*'")
      for (function, arguments) in closedCalls {
        #expect(alice.outcome("SELECT public.\(function)(\(arguments))") == "PT403", "\(function)")
      }
    }
  }

  @Test func `what is revoked is gone, and what was not stays`() throws {
    try Site.with { site in
      try site.make("alice")
      try site.grant("fire", "PlayerX", to: "alice")
      try site.grant("fire", "PlayerO", to: "alice")
      let alice = try site.connect(as: "alice")
      #expect(["x", "o"].map { alice.fire($0) } == ["ok", "ok"])
      try site.revoke("fire", "PlayerO", from: "alice")
      #expect(["x", "o"].map { alice.fire($0) } == ["ok", "PT403"])
      try site.revoke("fire", "PlayerX", from: "alice")
      #expect(alice.fire("x") == "42501")
    }
  }

  @Test func `a role that lost all its grants can be dropped`() throws {
    try Site.with([.game()], facade: "api") { site in
      try site.make("alice")
      try site.grant("fire", "PlayerX", to: "alice")
      try site.revoke("fire", "PlayerX", from: "alice")
      #expect(try site.superuser().outcome("DROP ROLE \(site.role("alice"))") == "ok")
    }
  }

  @Test func `a new role of an old name inherits nothing`() throws {
    try Site.with { site in
      let name = try site.make("alice")
      try site.grant("fire", "*", to: "alice")
      try site.grant("read", to: "alice")
      try site.superuser().execute("DROP OWNED BY \(name); DROP ROLE \(name)")
      try site.make("alice")
      let alice = try site.connect(as: "alice")
      #expect(alice.fire("x") == "42501")
      try site.grant("fire", "PlayerO", to: "alice")
      #expect(["x", "o"].map { alice.fire($0) } == ["PT403", "ok"])
      #expect(alice.outcome("SELECT public.ptflow_state('game', 'g')") == "PT403")
      let members = try site.asOwner().column("SELECT pg_get_userbyid(g.member) FROM ptflow.grants AS g ORDER BY 1")
      #expect(members == [name, site.owner], "grants of a role that is gone are gone")
    }
  }

  @Test func `what DROP OWNED BY took, no later grant or installation gives back`() throws {
    try Site.with { site in
      for name in ["alice", "bob", "group"] { try site.make(name) }
      try site.superuser().execute("GRANT \(site.role("group")) TO \(site.role("bob"))")
      for (privilege, role) in [("fire", "PlayerX"), ("fire", "*"), ("read", ""), ("gateway", "")] {
        for name in ["alice", "group"] { try site.grant(privilege, role, to: name) }
      }
      #expect(try site.connect(as: "alice").fire("o") == "ok" && site.connect(as: "bob").fire("o") == "ok")
      try site.superuser().execute("DROP OWNED BY \(site.role("alice")), \(site.role("group"))")
      try site.grant("fire", "PlayerO", to: "bob")
      _ = try site.install([.game("other")])
      try site.asOwner().execute("UPDATE ptflow.engine SET digest = sha256('another')")
      _ = try site.install([.game("third")])
      #expect(try ["x", "o"].map { try site.connect(as: "alice").fire($0) } == ["42501", "42501"])
      #expect(try ["x", "o"].map { try site.connect(as: "bob").fire($0) } == ["PT403", "ok"])
      #expect(try site.rights().filter { $0.contains(site.role("alice")) || $0.contains(site.role("group")) } == [])
      #expect(try site.superuser().outcome("DROP ROLE \(site.role("alice"))") == "ok")
    }
  }

  @Test(arguments: [false, true])
  func `a grant is refused when who gets it could not call anything`(mayUse: Bool) throws {
    try Site.with(facade: "api") { site in
      for name in ["alice", "other"] { try site.make(name) }
      try site.superuser().execute("ALTER SCHEMA api OWNER TO \(site.role("other"))")
      // PostgreSQL refuses who has nothing there, and only warns who has something.
      if mayUse { try site.superuser().execute("GRANT USAGE ON SCHEMA api TO \(site.owner)") }
      let before = try site.rights()
      for (privilege, role) in [("fire", "PlayerX"), ("read", ""), ("gateway", "")] {
        let error = #expect(throws: PostgresError.self) { try site.grant(privilege, role, to: "alice") }
        #expect(error?.sqlstate == "42501")
        if mayUse {
          #expect(
            error?.message.hasSuffix(" may not call the functions in the schema api, which belongs to somebody else")
              == true)
          #expect(error?.hint?.contains("GRANT USAGE ON SCHEMA api TO \(site.role("alice"))") == true)
        }
      }
      #expect(try site.rights() == before)
      guard mayUse else { return }
      try site.connect(as: "other").execute("GRANT USAGE ON SCHEMA api TO \(site.role("alice"))")
      try site.grant("fire", "PlayerX", to: "alice")
      #expect(try site.connect(as: "alice").outcome("SELECT api.ptflow_dispatch('game', 'g', 'x')") == "ok")
    }
  }

  @Test func `what somebody else granted on is not said to be revoked`() throws {
    try Site.with { site in
      for name in ["alice", "bob"] { try site.make(name) }
      try site.grant("fire", "PlayerX", to: "alice")
      try site.asOwner().execute("GRANT USAGE ON TYPE game.\"role_PlayerX\" TO \(site.role("alice")) WITH GRANT OPTION")
      try site.connect(as: "alice").execute("GRANT USAGE ON TYPE game.\"role_PlayerX\" TO \(site.role("bob"))")
      let error = #expect(throws: PostgresError.self) { try site.revoke("fire", "PlayerX", from: "bob") }
      #expect(error?.sqlstate == "42501")
      try site.revoke("fire", "PlayerX", from: "alice")
      #expect(try site.rights() == [])
      try site.revoke("fire", "PlayerX", from: "bob")
    }
  }

  @Test func `only what exists can be granted`() throws {
    try Site.with { site in
      let name = try site.make("alice")
      let owner = try site.asOwner()
      for (arguments, code) in [
        ("'nothing', 'fire', 'PlayerX', '\(name)'", "PT404"), ("'game', 'fire', 'PlayerY', '\(name)'", "PT404"),
        ("'game', 'fire', 'PlayerX', 'nobody_at_all'", "PT404"), ("'game', 'write', '', '\(name)'", "PT404"),
        ("'game', 'read', 'PlayerX', '\(name)'", "PT404"), ("'game', 'fire', '', '\(name)'", "PT404"),
      ] {
        #expect(owner.outcome("SELECT ptflow.add_grant(\(arguments))") == code, "\(arguments)")
      }
      #expect(try owner.column("SELECT count(*) FROM ptflow.grants") == ["1"])
    }
  }

  @Test func `who is granted something cannot grant it on`() throws {
    try Site.with { site in
      for name in ["alice", "bob"] { try site.make(name) }
      try site.grant("fire", "*", to: "alice")
      let alice = try site.connect(as: "alice")
      #expect(alice.outcome("SELECT ptflow.add_grant('game', 'fire', '*', '\(site.role("bob"))')") == "42501")
      try alice.execute("GRANT EXECUTE ON FUNCTION public.ptflow_dispatch TO \(site.role("bob"))")
      #expect(try site.connect(as: "bob").fire("x") == "42501")
    }
  }

  @Test func `two grants at once wait for each other`() throws {
    try Site.with { site in
      for name in ["alice", "bob"] { try site.make(name) }
      let first = try site.asOwner()
      try first.execute("BEGIN")
      try first.query("SELECT ptflow.add_grant('game', 'fire', 'PlayerX', $1)", [site.role("alice")])
      let second = Background { [url = site.database.url(as: site.owner), bob = site.role("bob")] in
        try Connection(url).outcome("SELECT ptflow.add_grant('game', 'fire', 'PlayerO', '\(bob)')")
      }
      try site.waitForLock()
      try first.execute("COMMIT")
      #expect(try second.result() == "ok")
      #expect(try site.connect(as: "alice").fire("x") == "ok")
      #expect(try site.connect(as: "bob").fire("o") == "ok")
    }
  }
}
