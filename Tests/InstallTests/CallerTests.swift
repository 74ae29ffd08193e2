import Postgres
import TestServer
import Testing

/// Who the caller is: the role of the session as the client set it, and nobody else.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct CallerTests {
  @Test func `a member of a role that was granted something may do it`() throws {
    try Site.with { site in
      try site.make("players", "NOLOGIN")
      try site.make("alice", "LOGIN INHERIT IN ROLE \(site.role("players"))")
      try site.grant("fire", "PlayerX", to: "players")
      #expect(try site.connect(as: "alice").fire("x") == "ok")
      #expect(try site.connect(as: "alice").fire("o") == "PT403")
    }
  }

  @Test func `a member that does not inherit may only as the role that it sets`() throws {
    try Site.with { site in
      try site.make("players", "NOLOGIN")
      try site.make("nora", "LOGIN NOINHERIT IN ROLE \(site.role("players"))")
      try site.make("anybody")
      try site.grant("fire", "PlayerX", to: "players")
      try site.grant("fire", "PlayerO", to: "nora")
      let nora = try site.connect(as: "nora")
      #expect(nora.fire("x") == "PT403")
      try nora.execute("SET ROLE \(site.role("players"))")
      #expect(nora.fire("x") == "ok")
      #expect(nora.fire("o") == "PT403")
      try nora.execute("RESET ROLE")
      #expect(nora.fire("o") == "ok")
      let actors = try site.asOwner().column(
        "SELECT e.actor FROM game.events AS e WHERE e.id = 'g' AND e.seq > 0 ORDER BY e.seq")
      #expect(actors == [site.role("players"), site.role("nora")])
    }
  }

  @Test func `a role that is set counts for one transaction when it is set locally`() throws {
    try Site.with { site in
      try site.make("web", "NOLOGIN")
      try site.make("authenticator", "LOGIN NOINHERIT IN ROLE \(site.role("web"))")
      try site.grant("fire", "PlayerX", to: "web")
      let session = try site.connect(as: "authenticator")
      #expect(session.fire("x") == "42501")
      try session.execute("BEGIN; SET LOCAL ROLE \(site.role("web"))")
      #expect(session.fire("x") == "ok")
      try session.execute("COMMIT")
      #expect(session.fire("x") == "42501")
    }
  }

  @Test func `a wrapper that runs with its owner's rights does not lend them`() throws {
    try Site.with { site in
      for name in ["alice", "mallory"] { try site.make(name) }
      try site.grant("fire", "*", to: "alice")
      try site.superuser().execute("CREATE SCHEMA shop AUTHORIZATION \(site.role("alice"))")
      try site.connect(as: "alice").execute(
        """
        GRANT USAGE ON SCHEMA shop TO PUBLIC;
        CREATE FUNCTION shop.fire(action text) RETURNS json LANGUAGE sql SECURITY DEFINER
            AS 'SELECT public.ptflow_dispatch(''game'', ''g'', action)';
        CREATE FUNCTION shop.look() RETURNS jsonb LANGUAGE sql SECURITY DEFINER
            AS 'SELECT public.ptflow_state(''game'', ''g'')';
        """)
      #expect(try site.connect(as: "alice").outcome("SELECT shop.fire('x')") == "ok")
      let mallory = try site.connect(as: "mallory")
      #expect(mallory.outcome("SELECT shop.fire('x')") == "PT403")
      #expect(mallory.outcome("SELECT shop.look()") == "PT403")
    }
  }

  @Test(arguments: [
    "SET ptflow.roles = 'PlayerX'", "SET ptflow.roles = ' PlayerO , PlayerX '", "SET ptflow.roles = '[\"PlayerX\"]'",
    "SET request.jwt.claims = '{\"ptflow_roles\": [\"PlayerX\"], \"roles\": [\"PlayerO\"]}'",
    "SET request.jwt.claims = '{\"roles\": [\"PlayerX\"]}'", "SET request.jwt.claims = '{\"roles\": \"PlayerX\"}'",
  ])
  func `a gateway is believed which roles its user has, and nobody else is`(_ claim: String) throws {
    try Site.with { site in
      for name in ["gate", "alice"] { try site.make(name) }
      try site.grant("gateway", to: "gate")
      try site.grant("fire", "default", to: "alice")
      let gate = try site.connect(as: "gate")
      #expect(gate.fire("x") == "PT403")
      try gate.execute(claim)
      #expect(gate.fire("x") == "ok")
      #expect(gate.fire("pass") == "PT403")
      #expect(gate.outcome("SELECT public.ptflow_state('game', 'g')") == "PT403")

      let alice = try site.connect(as: "alice")
      try alice.execute(claim)
      #expect(alice.fire("x") == "PT403")
      #expect(alice.fire("pass") == "ok")
    }
  }

  @Test(arguments: [
    "", "SET ptflow.roles = ''", "SET ptflow.roles = '[]'", "SET ptflow.roles = ','", "SET ptflow.roles = 'playerx'",
    "SET ptflow.roles = '[null]'", "SET request.jwt.claims = ''", "SET request.jwt.claims = '[]'",
    "SET request.jwt.claims = 'null'", "SET request.jwt.claims = '{\"role\": \"PlayerX\"}'",
    "SET request.jwt.claims = '{\"roles\": {\"PlayerX\": true}}'", "SET ptflow.roles = 'billing_clerk'",
  ])
  func `a gateway whose user has no role of the net may nothing, not even make an instance`(_ claim: String) throws {
    try Site.with { site in
      try site.make("gate")
      try site.grant("gateway", to: "gate")
      let gate = try site.connect(as: "gate")
      try gate.execute(claim)
      #expect(gate.fire("x") == "PT403")
      #expect(gate.outcome("SELECT public.ptflow_create('game', 'g')") == "PT403")
      #expect(gate.outcome("SELECT public.ptflow_state('game', 'g')") == "PT403")
    }
  }

  @Test func `a claim that cannot be read is refused, and is no trouble to who is no gateway`() throws {
    try Site.with { site in
      for name in ["gate", "alice"] { try site.make(name) }
      try site.grant("gateway", to: "gate")
      try site.grant("fire", "PlayerX", to: "alice")
      for name in ["gate", "alice"] {
        for claim in ["ptflow.roles = '[PlayerX'", "request.jwt.claims = '{roles: '"] {
          let session = try site.connect(as: name)
          try session.execute("SET \(claim)")
          #expect(session.fire("x") == (name == "gate" ? "PT400" : "ok"))
        }
      }
    }
  }
}
