import Postgres
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct InstallCommandTests {
  @Test func `a net of which is required what is not proved is not installed`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      try bench.write(
        Bench.shuttle.replacing("<sourceId>2</sourceId>", with: "<sourceId>1</sourceId>"), to: "oneway.pflow")
      let refused = try bench.ptflow("install", "shuttle.pflow", "oneway.pflow", "--require", "safe,deadlock-free")
      #expect(refused.code == 1)
      #expect(
        refused.errors == """
          error: a required claim is not proved
            oneway is required to be deadlock-free: refuted, stuck with there
              after take

          """)
      let json = try bench.object("plan", "oneway.pflow", "--require", "live", code: 1)
      let unmet = try #require((json["error"] as? [String: Any])?["unmet"] as? [[String: Any]])
      #expect(unmet.first?["claim"] as? String == "live")
      #expect(unmet.first?["witness"] as? [String] == ["take"])
      #expect(try bench.answer("list") == "no net is installed; install one: ptflow install FILE\n")
      let installed = try bench.answer("install", "shuttle.pflow", "--require", "safe,live,reversible")
      #expect(installed == "shuttle: installed\nengine: installed, with the facade in schema public\n")
    }
  }

  @Test func `an installation says what it does, and before that what it would do`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let planned = "shuttle: would be installed\nengine: would be installed, with the facade in schema public\n"
      #expect(try bench.answer("plan", "shuttle.pflow") == planned)
      #expect(try bench.answer("install", "shuttle.pflow", "--dry-run") == planned)
      #expect(try bench.answer("list") == "no net is installed; install one: ptflow install FILE\n")
      #expect(
        try bench.answer("install", "shuttle.pflow")
          == "shuttle: installed\nengine: installed, with the facade in schema public\n")
      #expect(try bench.answer("install", "shuttle.pflow") == "shuttle: unchanged\n")
      #expect(try bench.answer("install", "shuttle.pflow", "--as", "other") == "other: installed\n")

      try bench.write(Bench.shuttle.replacing("<capacity>2<", with: "<capacity>3<"), to: "shuttle.pflow")
      let difference = """
        - place "there" initial 0 capacity 2
        + place "there" initial 0 capacity 3
        """.split(separator: "\n").map { "  \($0)\n" }.joined()
      let replaced = "shuttle: replaced (no instances)\n"
      #expect(
        try bench.answer("plan", "shuttle.pflow")
          == "shuttle: would be replaced (no instances)\n" + difference)
      #expect(try bench.answer("install", "shuttle.pflow") == replaced + difference)
      _ = try bench.answer("create", "shuttle", "s1")
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      let refused = try bench.ptflow("install", "shuttle.pflow")
      #expect(refused.code == 1)
      #expect(
        refused.errors == """
          error: the net "shuttle" is installed in another version, which has 1 instance
            - place "there" initial 0 capacity 3
            + place "there" initial 0 capacity 2
            Install it under another name (--as NAME), or give up the instances: ptflow uninstall shuttle --with-data

          """)
    }
  }

  @Test func `a program reads the same as JSON`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      for (command, done) in [("plan", false), ("install", true)] {
        let json = try bench.object(command, "shuttle.pflow", "--facade", "api")
        #expect(json["done"] as? Bool == done)
        #expect(json["facade"] as? String == "api")
        #expect(json["engine"] as? String == "install")
        #expect((json["nets"] as? [[String: Any]])?.first?["change"] as? String == "install")
      }
      let again = try bench.object("install", "shuttle.pflow")
      #expect((again["nets"] as? [[String: Any]])?.first?["change"] as? String == "keep")
      let refused = try bench.object("install", "shuttle.pflow", "--facade", "public", code: 1)
      #expect(
        ((refused["error"] as? [String: Any])?["message"] as? String)?
          .hasPrefix("the facade of this database stands in the schema \"api\", not in \"public\"") == true)
      let list = try bench.object("list")
      #expect(list["facade"] as? String == "api")
      let net = try #require((list["nets"] as? [[String: Any]])?.first)
      #expect(net["net"] as? String == "shuttle")
      #expect((net["grants"] as? [[String: Any]])?.first?["role"] as? String == "*")
    }
  }

  @Test func `the script that is compiled installs the same net`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      _ = try bench.answer("compile", "shuttle.pflow", "-o", "out.sql")
      let psql = try Program.named("psql").run(
        ["--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", "-f", "\(bench.folder)/out.sql", bench.url])
      #expect(psql.code == 0 && psql.errors == "" && psql.output == "", "\(psql)")
      #expect(try bench.answer("install", "shuttle.pflow") == "shuttle: unchanged\n")
    }
  }

  @Test func `a net is removed, with its instances only when told so`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      _ = try bench.answer("install", "shuttle.pflow")
      _ = try bench.answer("create", "shuttle", "s1")
      let refused = try bench.ptflow("uninstall", "shuttle")
      #expect(refused.code == 2)
      #expect(
        refused.errors == """
          ERROR 55006:  the net shuttle has 1 instance
          HINT:  To lose them and their events: ptflow uninstall shuttle --with-data

          """)
      let json = try bench.object("uninstall", "shuttle", code: 2)
      let error = try #require(json["error"] as? [String: Any])
      #expect((error["detail"] as? [String: Any])?["instances"] as? Int == 1)
      #expect(try bench.answer("uninstall", "shuttle", "--with-data") == "shuttle: removed, with 1 instance\n")
      #expect(try bench.ptflow("uninstall", "shuttle").errors.hasPrefix("ERROR PT404:  there is no net shuttle\n"))
      _ = try bench.answer("install", "shuttle.pflow")
      #expect(try bench.object("uninstall", "shuttle")["instances"] as? Int == 0)
    }
  }

  @Test func `an object of somebody else's in the way is named, without our functions around it`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Bench.shuttle, to: "shuttle.pflow")
      _ = try bench.answer("install", "shuttle.pflow")
      try bench.connect().execute("CREATE VIEW public.mine AS SELECT s.id FROM shuttle.states AS s")
      let run = try bench.ptflow("uninstall", "shuttle")
      #expect(run.code == 2)
      #expect(run.errors.hasPrefix("ERROR 2BP01:  cannot drop"), "\(run)")
      #expect(
        run.errors.contains("view public.mine depends on view shuttle.states") || run.errors.contains("view mine"))
      #expect(!run.errors.contains("PL/pgSQL"))
    }
  }
}
