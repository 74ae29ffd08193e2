import Foundation
import Postgres
import SQL
import TestServer
import Testing

/// Names, ids, payloads, files and messages that would give a terminal orders, reorder what it shows, or pose as a line of
/// the program's own.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct HostileTextTests {
  /// What XML allows in a name: C1 controls, bidi marks, line separators.
  private static let inXML = "x\u{9b}2J\u{202e}\u{2066}\u{200f}\u{2028}\u{7f}\u{ad}y"
  /// What PostgreSQL allows in a text: all but a zero byte.
  private static let anything = "\(inXML)\u{1b}]0;owned\u{7}\r\u{8}\nforged: intact\n"

  private let name = anything
  private let file = "a\u{1b}[2Jb\nforged: intact\n\u{202e}.pflow"

  /// A net with such names, in a file with such a name, and a database role with such a name, which may fire.
  private func with(_ body: (Bench, _ role: String) throws -> Void) throws {
    try Bench.withDatabase { bench in
      let net = Bench.shuttle.replacing("<label>here<", with: "<label>here\(Self.inXML)<").replacing(
        "take", with: "take\(Self.inXML)"
      )
      .replacing("carrier", with: "carrier\(Self.inXML)")
      try bench.write(net, to: file)
      let role = "r\(UUID().uuidString.prefix(8))\u{1b}\n\u{202e}"
      let quoted = "\(name: role)" as SQL
      try bench.connect().execute("CREATE ROLE \(quoted.text) LOGIN")
      defer { try? bench.connect().execute("DROP OWNED BY \(quoted.text); DROP ROLE \(quoted.text)") }
      try body(bench, role)
    }
  }

  /// Runs the program for people; what it prints must be harmless.
  @discardableResult
  private func check(_ bench: Bench, _ arguments: String..., code: Int32 = 0) throws -> Program.Outcome {
    let run = try Program.ptflow.run(arguments, in: bench.folder, environment: ["DATABASE_URL": bench.url])
    #expect(run.code == code, "\(arguments): \(run)")
    expectHarmless(run, arguments)
    return run
  }

  private func expectHarmless(_ run: Program.Outcome, _ arguments: [String]) {
    let printed = run.output + run.errors
    #expect(!printed.isEmpty, "\(arguments)")
    for scalar in printed.unicodeScalars where scalar != "\n" {
      let category = scalar.properties.generalCategory
      #expect(
        ![.control, .format, .lineSeparator, .paragraphSeparator].contains(category),
        "\(arguments) prints U+\(String(scalar.value, radix: 16)): \(printed.debugDescription)")
    }
    #expect(!printed.split(separator: "\n").contains { $0.hasPrefix("forged") }, "\(arguments): \(printed)")
  }

  private var take: String { "take\(Self.inXML)" }

  @Test func `what is said of a file is harmless`() throws {
    try with { bench, _ in
      try check(bench, "check", file)
      try check(bench, "check", file, "--as", name, "--require", "live")
      try check(bench, "check", file, "--as", name, "--require", "dead\(name)", code: 64)
      try check(bench, "check", "nothing\(name)", code: 1)
      try check(bench, "explain", file, "here\(Self.inXML)")
      try check(bench, "explain", file, "there")
      try check(bench, "explain", file, name, code: 1)
      try check(bench, "simulate", file)
      try check(bench, "reach", file, "there >= 1")
      try check(bench, "reach", file, "there >= 3")
      try check(bench, "reach", file, name, code: 1)
      try check(bench, "graph", file, "--marking", name, code: 1)
      try check(bench, "graph", file, "--reachability", "--marking", "there=3", code: 1)
      try check(bench, "graph", file, "-o", "no\(name)/x.svg", code: 1)
      try check(bench, "graph", file, "-o", "\(name).gif", code: 64)
      try check(bench, "compile", file, "-o", "no\(name)/x.sql", code: 1)
      try check(bench, "compile", file, "--facade", "pg_\(name)", code: 1)
      try check(bench, "compile", file, file, code: 1)
      try check(bench, name, code: 64)
      try check(bench, "check", file, "--time", name, code: 64)
      // A net that is wrong, on the line that the caret points at.
      try bench.write("<document>\u{1b}\u{202e}<subnet>\u{9b}\n</document>", to: "wrong\(name).pflow")
      try check(bench, "check", "wrong\(name).pflow", code: 1)
      try bench.write(Bench.shuttle.replacing("<label>here", with: "<label>there\(Self.inXML)"), to: "twice.pflow")
      try bench.write(
        Bench.shuttle.replacing("<sourceId>1<", with: "<sourceId>\(Self.inXML)<"), to: "missing\(name).pflow")
      try check(bench, "check", "missing\(name).pflow", code: 1)
    }
  }

  @Test func `what is said of a database is harmless`() throws {
    try with { bench, role in
      try check(bench, "plan", file, "--as", name)
      try check(bench, "install", file, "--as", name)
      try check(bench, "install", file, "--as", name)
      try check(bench, "grant", name, "carrier\(Self.inXML)", "--to", role)
      try check(bench, "revoke", name, "default", "--from", role)
      try check(bench, "grant", name, "nobody\(name)", "--to", role, code: 2)
      try check(bench, "grant", name, "*", "--to", name, code: 2)
      try check(bench, "list")
      try check(bench, "create", name, name)
      try check(bench, "dispatch", name, name, take, "{\"a\": \"\u{9b}\u{202e}\"}", "--key", name)
      try check(bench, "dispatch", name, name, take, "{\"a\": \"\u{9b}\u{202e}\"}", "--key", name)
      try check(bench, "dispatch", name, name, take, "\(name)", code: 2)
      try check(bench, "dispatch", name, name, take, code: 2)
      try check(bench, "dispatch", name, name, name, code: 2)
      try check(bench, "dispatch", name, name, "put", "--expected", "9", code: 2)
      try check(bench, "dispatch", "no\(name)", name, take, code: 2)
      try check(bench, "state", name, name)
      try check(bench, "state", name, "nobody\(name)", code: 2)
      try check(bench, "state", name, name, "--as-of-time", name, code: 2)
      try check(bench, "enabled", name, name)
      try check(bench, "why", name, name, take)
      try check(bench, "why", name, name, "put")
      try check(bench, "events", name, name)
      try check(bench, "verify", name, name)
      try check(bench, "verify")
      try check(bench, "graph", file, "--as", name, "--instance", "nobody\(name)", code: 2)
      try bench.write("{\"net\": \"\(Self.inXML)\", \"id\": \"\(Self.inXML)\", \"action\": \"x\"}\n", to: "e\(name)")
      try check(bench, "dispatch", "--file", "e\(name)", code: 1)
      try bench.write("{\u{1b}\(Self.inXML)\n", to: "e\(name)")
      try check(bench, "dispatch", "--file", "e\(name)", code: 1)
      try check(bench, "dispatch", "--file", "no\(name)", code: 1)
      try check(bench, "anchor", "-o", "anchor\(name)")
      try check(bench, "prove", name, "nobody\(name)", "--anchor", "anchor\(name)", code: 1)
      try check(bench, "prove", name, name, "--anchor", "no\(name)", code: 1)
      _ = try bench.answer("prove", name, name, "--anchor", "anchor\(name)", "-o", "proof\(name)")
      try check(bench, "verify", "--proof", "proof\(name)", "--anchor", "anchor\(name)")
      try check(bench, "verify", "--proof", "proof\(name)", "--anchor", String(repeating: "0", count: 64), code: 1)
      try check(bench, "verify", "--proof", "anchor\(name)", "--anchor", name, code: 1)

      // A net that has changed, whose difference is told.
      try bench.write(Bench.shuttle, to: "other.pflow")
      try check(bench, "install", "other.pflow", "--as", name, code: 1)
      // A chain that is broken.
      let schema = try #require(try bench.connect().query("SELECT n.schema_name FROM ptflow.nets AS n")[0][0])
      let events: SQL = "\(name: schema).events"
      try bench.connect().execute(
        "SET session_replication_role = replica; UPDATE \(events.text) SET payload = '{\"by\": \"eve\"}'")
      try check(bench, "verify", name, code: 1)
      try check(bench, "uninstall", name, code: 2)
      try check(bench, "uninstall", "no\(name)", code: 2)
      try check(bench, "uninstall", name, "--with-data")
      try check(bench, "list", "--db", "host=/no\(Self.inXML) dbname=x", code: 2)
      try check(bench, "list", "--db", "\(name)=\(name)", code: 2)
      try check(bench, "list", "--db", bench.url.replacing("/t_", with: "/no%1b%0aforged%e2%80%ae_"), code: 2)
    }
  }

  @Test func `what is said of the embedded server is harmless`() throws {
    try Bench.with { bench in
      let folder = bench.folder + "/a\u{1b}\nforged: running\n\u{202e}"
      try FileManager.default.createDirectory(
        atPath: folder + "/.ptflow/postgres/data", withIntermediateDirectories: true)
      for command in ["status", "start", "stop", "url"] {
        let run = try Program.ptflow.run(["db", command], in: folder)
        #expect(run.code != 0)
        expectHarmless(run, ["db", command])
      }
      let run = try Program.ptflow.run(["list", "--json"], in: folder)
      let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: [String: Any]]
      #expect((json?["error"]?["message"] as? String)?.contains("\(folder)/.ptflow") == true, "\(run)")
    }
  }

  @Test func `a program gets all of it as it is`() throws {
    try with { bench, role in
      _ = try bench.object("install", file, "--as", name)
      #expect(try bench.object("dispatch", name, name, take)["id"] as? String == name)
      #expect(
        try (bench.object("state", name, name)["state"] as? [String: Int])?.keys.contains("here\(Self.inXML)") == true)
      #expect(try bench.object("grant", name, "default", "--to", role)["member"] as? String == role)
      let list = try bench.object("list")
      #expect((list["nets"] as? [[String: Any]])?.first?["net"] as? String == name)
      let error = try bench.object("check", "no\(name)", code: 1)["error"] as? [String: Any]
      #expect((error?["diagnostics"] as? [[String: Any]])?.first?["file"] as? String == "no\(name)")
    }
  }
}
