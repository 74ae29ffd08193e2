import Postgres
import TestServer
import Testing

/// What a gateway says that its user may: read, or refused by PT400, and never by an error of PostgreSQL's.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct ClaimTests {
  /// Runs a test as a gateway of the net `game`.
  private func with(_ body: (Site) throws -> Void) throws {
    try Site.with { site in
      try site.make("gate")
      for privilege in ["gateway", "read"] { try site.grant(privilege, to: "gate") }
      try body(site)
    }
  }

  private static let calls = [
    "SELECT public.ptflow_dispatch('game', 'g', 'x')",
    "SELECT public.ptflow_dispatch('game', 'g', 'x', multiple => 2, key => 'k')",
    "SELECT public.ptflow_dispatch_many('[{\"net\": \"game\", \"id\": \"g\", \"action\": \"x\"}]')",
    "SELECT public.ptflow_create('game', 'g')",
    "SELECT public.ptflow_try('game', 'g', 'x')",
  ]

  /// Lists of roles that are no JSON, or none that PostgreSQL can hold.
  private static let malformed = [
    "[PlayerX", "[\"PlayerX\"", "[\"PlayerX\",]", "[\"PlayerX\"] x", "[\"PlayerX\" \"PlayerO\"]", "['PlayerX']", "[01]",
    "[1e200000]", "[1e-200000]", "[\"\\u0000\"]", "[\"\\ud800\"]", "[\"\\udc00\\ud800\"]", "[\"\\u00g0\"]",
    "[\"\\x41\"]",
    "[\"Player\tX\"]", "[\"PlayerX\"]]", "[nul]", "[NaN]", "[\"PlayerX\",,]", "[{\"PlayerX\"}]", "[{PlayerX: true}]",
    String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000),
  ]

  @Test func `a claim that is no JSON is refused by PT400, in the setting and in the token`() throws {
    try with { site in
      // A setting that was set hides the token, so each has a session of its own.
      for (name, form) in [("ptflow.roles", "%"), ("request.jwt.claims", "{\"name\": \"é\", \"roles\": %}")] {
        let gate = try site.connect(as: "gate")
        for words in Self.malformed {
          try gate.query("SELECT set_config($1, $2, false)", [name, form.replacing("%", with: words)])
          for call in Self.calls { #expect(gate.outcome(call) == "PT400", "\(name) = \(words.prefix(40)): \(call)") }
          let error = #expect(throws: PostgresError.self) { try gate.query(Self.calls[0]) }
          #expect(error?.message.hasPrefix("the setting \(name) is no JSON that PostgreSQL can read: ") == true)
          #expect(error?.detail?.contains("\"setting\": \"\(name)\"") == true)
        }
        try gate.query("SELECT set_config($1, $2, false)", [name, form.replacing("%", with: "[\"PlayerX\"]")])
        #expect(gate.fire("x", id: name) == "ok", "\(name)")
      }
    }
  }

  @Test func `a claim that can be read counts for the texts in it`() throws {
    try with { site in
      let many = (0..<20_000).map { "\"role \($0)\"" }.joined(separator: ",")
      let deep = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
      for (words, outcome) in [
        ("[\"PlayerX\", \"PlayerX\"]", "ok"), ("[\"PlayerX\", 5, null, {\"PlayerO\": 1}]", "ok"),
        ("[\(many), \"PlayerX\"]", "ok"),
        ("[\"\\u0050layerX\"]", "ok"), ("[\"\\ud83d\\udc18\", \"PlayerX\"]", "ok"), ("[\(deep), \"PlayerX\"]", "ok"),
        ("[[\"PlayerX\"]]", "PT403"), ("[{\"PlayerX\": 1}]", "PT403"), ("[\"playerx\"]", "PT403"),
        ("[\"PlayerX \"]", "PT403"),
        ("[\"PlayerX,PlayerO\"]", "PT403"), ("[1, true, null]", "PT403"), ("[\"PlayerO\"]", "PT403"),
      ] {
        for (name, form) in [("request.jwt.claims", " {\"n\": 1, \"roles\": %}\n"), ("ptflow.roles", " \n%\t")] {
          let gate = try site.connect(as: "gate")
          try gate.query("SELECT set_config($1, $2, false)", [name, form.replacing("%", with: words)])
          #expect(gate.fire("x", id: "\(words.prefix(40))\(name)") == outcome, "\(name) = \(words.prefix(40))")
        }
      }
    }
  }

  @Test func `an empty setting claims nothing, also where a token says more, and after SET LOCAL`() throws {
    try with { site in
      let gate = try site.connect(as: "gate")
      try gate.execute("SET request.jwt.claims = '{\"roles\": [\"PlayerX\"]}'")
      #expect(gate.fire("x") == "ok")
      for nothing in ["''", "'  '", "'[]'", "','"] {
        try gate.execute("SET ptflow.roles = \(nothing)")
        #expect(gate.fire("x") == "PT403")
      }
      let pooled = try site.connect(as: "gate")
      try pooled.execute("SET request.jwt.claims = '{\"roles\": [\"PlayerX\"]}'")
      try pooled.execute("BEGIN; SET LOCAL ptflow.roles = 'PlayerO'; COMMIT")
      #expect(pooled.fire("x") == "PT403")
    }
  }

  @Test func `reading a claim writes nothing, and takes no transaction number`() throws {
    try with { site in
      let gate = try site.connect(as: "gate")
      try gate.execute("SET request.jwt.claims = '{\"roles\": [\"PlayerX\"]}'")
      #expect(gate.fire("x") == "ok")
      try gate.execute("BEGIN READ ONLY")
      let roles = try gate.column("SELECT role FROM public.ptflow_enabled('game', 'g') WHERE may_fire")
      #expect(roles == ["PlayerX"])
      #expect(try gate.column("SELECT pg_current_xact_id_if_assigned()") == ["NULL"])
      try gate.execute("ROLLBACK; BEGIN")
      #expect(gate.fire("x") == "ok")
      // What is written after it is the transaction's own, and not a subtransaction's.
      let own = try gate.column("SELECT pg_current_xact_id_if_assigned()")
      try gate.execute("COMMIT")
      let written = try site.superuser().column("SELECT xmin FROM game.events WHERE seq = 2")
      #expect(written == own)
    }
  }
}
