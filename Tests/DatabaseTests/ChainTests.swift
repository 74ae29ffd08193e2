import Foundation
import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// The hash chain: as `docs/hash-chain.md` describes it, checked in the database and outside.
@Suite(
  .enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"),
  .enabled(if: ChainCheck.isPossible, "there is no python3"))
struct ChainTests {
  @Test func `the example of the page is what the database computes`() throws {
    let page = try String(contentsOf: repository.appending(path: "docs/hash-chain.md"), encoding: .utf8)
    let blocks = page.split(separator: "\n```\n").map(String.init)
    let hashes = blocks.filter { $0.wholeMatch(of: /[0-9a-f]{64}/) != nil }
    try #require(hashes.count == 4)
    let net = try Net(
      "shuttle", [Place("here", initial: 1), Place("there")],
      [.t("take", by: ["carrier"], .input("here"), .output("there"))])
    #expect(page.contains(net.canonicalLines.map { "    \($0)\n" }.joined()))
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.takeDownAllWalls()
      try connection.execute("INSERT INTO shuttle.instances (id, seq) OVERRIDING SYSTEM VALUE VALUES ('trip 1', 0)")
      try connection.query(
        """
        INSERT INTO shuttle.events (id, seq, txid, at, version, action, actor, role, marking, payload, hash)
        OVERRIDING SYSTEM VALUE
        VALUES ('trip 1', 0, '1', '2026-01-02 03:04:05.000006Z', 1, '', 'ann', 'carrier', '{1,0}', '{}',
                decode($1, 'hex')),
               ('trip 1', 1, '1', '2026-01-02 03:04:06Z', 1, 'take', 'ann', 'carrier', '{0,1}', '{"by":"Ännä"}',
                decode($2, 'hex'))
        """, [hashes[2], hashes[3]])
      try connection.execute(
        "INSERT INTO shuttle.details (id, seq, multiple, key) OVERRIDING SYSTEM VALUE VALUES ('trip 1', 1, 1, 'req-7')")
      #expect(try connection.value("SELECT encode(digest, 'hex') FROM ptflow.nets") == hashes[0])
      #expect(try connection.problems("shuttle") == [])
      let verdict = try ChainCheck.check(ChainCheck.export("shuttle", from: connection))
      #expect(verdict == ChainCheck.Verdict(status: 0, lines: ["intact: 1 instances, 2 events"]))
    }
  }

  @Test func `intact chains are intact outside the database, whatever stands in them`() throws {
    let texts = hostileNames + ["1:a,", ":,", "3:ab", "\u{feff}", "\u{2028}", "\u{10ffff}"]
    let places = [Place("id", initial: 3), Place("big", initial: .max - 9), Place("p\n\"q\"")]
    let net = try Net(
      "chained", places,
      texts.map { .t($0, by: [$0], .input("id"), .output("id"), .output("p\n\"q\""), .read("big")) })
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.execute("SET synchronous_commit = off")
      let actor = "\(database.name) ä,\"3:b"
      try connection.query("DO $do$ BEGIN EXECUTE format('CREATE ROLE %I', '\(actor)'); END $do$")
      for role in texts { try connection.query("SELECT ptflow.add_grant('chained', 'fire', $1, $2)", [role, actor]) }
      try connection.query("SELECT set_config('role', $1, false)", [actor])
      let payloads = [
        "null", "{\"b\": [1.50, 1e3, -0, 123456789012345678901234567890], \"a\": {\"é\\n\": \"\\u00e9🐘\"}}", "\"\"",
        "[[[[]]]]",
      ]
      for (number, text) in texts.enumerated() {
        try connection.dispatch(
          "chained", number % 3 == 0 ? "one" : text, text, payload: payloads[number % 4],
          multiple: number % 5 == 0 ? 7 : 1,
          key: number % 2 == 0 ? text : nil)
      }
      try connection.execute("RESET ROLE")
      try connection.create("chained", "no events")
      #expect(try connection.problems("chained") == [])
      let export = try ChainCheck.export("chained", from: connection)
      let verdict = try ChainCheck.check(export)
      #expect(verdict.status == 0, "\(verdict.lines)")
      let count = try connection.value("SELECT count(*) FROM chained.events") ?? ""
      #expect(verdict.lines.first?.hasSuffix(", \(count) events") == true)
    }
  }

  /// A change behind the back of the calls, and what `ptflow_verify` says of it.
  struct Tampering: Sendable, CustomTestStringConvertible {
    let sql: String
    let problems: [String]
    /// Whether a program that sees the chain alone, and not the net, sees it as well.
    var isSeenOutside = true

    var testDescription: String { sql }
  }

  static let tamperings: [Tampering] = [
    Tampering(sql: "UPDATE n.events SET payload = '{\"x\": 2}' WHERE id = 'a' AND seq = 2", problems: ["a 2 hash"]),
    Tampering(
      sql: "UPDATE n.events SET payload = '{\"x\": 1, \"y\": null}' WHERE id = 'a' AND seq = 2", problems: ["a 2 hash"]),
    Tampering(
      sql: "UPDATE n.events SET action = 'put' WHERE id = 'a' AND seq = 1",
      problems: ["a 1 hash", "a 1 marking", "a 1 not enabled"]),
    Tampering(
      sql: "UPDATE n.events SET action = 'drop' WHERE id = 'a' AND seq = 1",
      problems: ["a 1 action", "a 1 hash", "a 1 marking"]),
    Tampering(
      sql: "UPDATE n.events SET action = '' WHERE id = 'a' AND seq = 3",
      problems: [
        "a 3 action", "a 3 hash", "a 3 marking",
      ]),
    Tampering(sql: "UPDATE n.events SET action = 'take' WHERE id = 'new'", problems: ["new 0 action", "new 0 hash"]),
    Tampering(
      sql: "INSERT INTO n.details VALUES (1, 2, 'a', NULL)", problems: ["a 1 hash", "a 1 marking"]),
    Tampering(
      sql: "UPDATE n.details SET multiple = 2 WHERE id = 'a' AND seq = 4", problems: ["a 4 hash", "a 4 marking"]),
    Tampering(sql: "DELETE FROM n.details WHERE id = 'a' AND seq = 4", problems: ["a 4 hash", "a 4 marking"]),
    Tampering(sql: "INSERT INTO n.details VALUES (9, 2, 'a', 'x')", problems: ["a 9 details"], isSeenOutside: false),
    Tampering(sql: "UPDATE n.events SET actor = 'mallory' WHERE id = 'a' AND seq = 3", problems: ["a 3 hash"]),
    Tampering(sql: "UPDATE n.events SET actor = '' WHERE id = 'a' AND seq = 3", problems: ["a 3 actor", "a 3 hash"]),
    Tampering(sql: "UPDATE n.events SET role = 'r' WHERE id = 'a' AND seq = 3", problems: ["a 3 hash"]),
    Tampering(
      sql: "UPDATE n.events SET role = 'default' WHERE id = 'a' AND seq = 3", problems: ["a 3 hash", "a 3 role"]),
    Tampering(sql: "UPDATE n.events SET role = 'nobody' WHERE id = 'new'", problems: ["new 0 hash", "new 0 role"]),
    Tampering(sql: "UPDATE n.details SET key = 'other' WHERE id = 'a' AND seq = 2", problems: ["a 2 hash"]),
    Tampering(
      sql: "UPDATE n.details SET key = NULL WHERE id = 'a' AND seq = 2", problems: ["a 2 details", "a 2 hash"]),
    Tampering(sql: "INSERT INTO n.details VALUES (3, 1, 'a', '')", problems: ["a 3 hash", "a 3 key"]),
    Tampering(
      sql: "UPDATE n.events SET at = at + interval '1 microsecond' WHERE id = 'a' AND seq = 2", problems: ["a 2 hash"]),
    Tampering(
      sql: "UPDATE n.events SET at = at - interval '1 hour' WHERE id = 'a' AND seq = 4",
      problems: ["a 4 at", "a 4 hash"]),
    Tampering(
      sql: "UPDATE n.events SET marking = '{5,1}' WHERE id = 'a' AND seq = 2",
      problems: ["a 2 marking", "a 3 marking"],
      isSeenOutside: true),
    Tampering(sql: "UPDATE n.events SET marking = '{6,1}' WHERE id = 'new'", problems: ["new 0 marking"]),
    Tampering(sql: "UPDATE n.events SET marking = '{6}' WHERE id = 'new'", problems: ["new 0 marking"]),
    Tampering(
      sql: "UPDATE n.events SET version = 2 WHERE id = 'a' AND seq = 4",
      problems: ["a 4 action", "a 4 marking", "a 4 version"]),
    Tampering(
      sql: "UPDATE n.events SET hash = sha256('x') WHERE id = 'a' AND seq = 2", problems: ["a 2 hash", "a 3 hash"]),
    Tampering(sql: "UPDATE n.events SET hash = sha256('x') WHERE id = 'a' AND seq = 4", problems: ["a 4 hash"]),
    Tampering(
      sql: "UPDATE n.events SET hash = sha256('x') WHERE id = 'a' AND seq = 0", problems: ["a 0 hash", "a 1 hash"]),
    Tampering(
      sql: "UPDATE n.events SET seq = CASE seq WHEN 2 THEN 30 ELSE 20 END WHERE id = 'a' AND seq IN (2, 3); "
        + "UPDATE n.events SET seq = seq / 10 WHERE id = 'a' AND seq > 9",
      problems: ["a 2 hash", "a 2 marking", "a 3 at", "a 3 hash", "a 3 txid", "a 4 hash", "a 4 marking"]),
    Tampering(
      sql: "DELETE FROM n.events WHERE id = 'a' AND seq = 3", problems: ["a 4 hash", "a 4 marking", "a 4 seq"]),
    Tampering(
      sql: "DELETE FROM n.events WHERE id = 'a' AND seq = 1", problems: ["a 2 hash", "a 2 marking", "a 2 seq"]),
    Tampering(
      sql: "DELETE FROM n.events WHERE id = 'a' AND seq = 0",
      problems: ["a 0 instance", "a 1 hash", "a 1 marking", "a 1 seq"]),
    Tampering(
      sql: "DELETE FROM n.events WHERE id = 'a'", problems: ["a 0 instance", "a 2 details", "a 4 details"]),
    Tampering(
      sql: "INSERT INTO n.events SELECT 5, txid, at, version, id, action, actor, role, marking, payload, hash "
        + "FROM n.events WHERE id = 'a' AND seq = 4",
      problems: ["a 5 hash", "a 5 marking"]),
    Tampering(
      sql: "UPDATE n.events SET id = CASE id WHEN 'a' THEN 'x' ELSE 'a' END WHERE id IN ('a', 'b'); "
        + "UPDATE n.events SET id = 'b' WHERE id = 'x'",
      problems: ["a 0 hash", "b 0 hash", "a 4 hash", "a 4 marking", "b 4 hash", "b 4 marking"]),
    Tampering(sql: "DELETE FROM n.instances WHERE id = 'a'", problems: ["a 0 instance"]),
    Tampering(sql: "INSERT INTO n.instances VALUES ('x', 0)", problems: ["x 0 instance"]),
    Tampering(
      sql: "UPDATE n.events SET at = at - interval '1 microsecond' WHERE id = 'new'", problems: ["new 0 hash"]),
    Tampering(
      sql: "UPDATE n.events SET id = 'other' WHERE id = 'new'",
      problems: [
        "new 0 instance", "other 0 hash", "other 0 instance",
      ]),
  ]

  @Test func `each change behind the calls' back is found, in the database and outside`() throws {
    let net = try Net(
      "n", [Place("here", initial: 6), Place("there", capacity: 9)],
      [.t("take", .input("here"), .output("there")), .t("put", by: ["r"], .input("there"), .output("here"))])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      for id in ["a", "b"] {
        try connection.dispatch("n", id, "take")
        try connection.dispatch("n", id, "take", payload: "{\"x\": 1}", key: "k")
        try connection.dispatch("n", id, "put")
        try connection.dispatch("n", id, "take", multiple: id == "a" ? 3 : 4)
      }
      try connection.create("n", "new")
      try connection.takeDownAllWalls()
      for tampering in Self.tamperings {
        try connection.execute("BEGIN; \(tampering.sql)")
        #expect(try connection.problems("n") == tampering.problems.sorted(), "\(tampering.sql)")
        let verdict = try ChainCheck.check(ChainCheck.export("n", from: connection))
        #expect(verdict.status == (tampering.isSeenOutside ? 1 : 0), "\(tampering.sql)")
        if tampering.isSeenOutside, let first = tampering.problems.first?.split(separator: " ") {
          #expect(verdict.lines.contains { $0.hasPrefix("\"\(first[0])\" seq ") }, "\(tampering.sql)")
        }
        try connection.execute("ROLLBACK")
      }
      #expect(try connection.problems("n") == [])
      #expect(try connection.problems("n", "a") == [])
    }
  }

  @Test func `one instance can be checked alone`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      try connection.dispatch("shuttle", "a", "take")
      try connection.dispatch("shuttle", "b", "take")
      try connection.takeDownAllWalls()
      try connection.execute("UPDATE shuttle.events SET payload = '1' WHERE id = 'b' AND seq = 1")
      #expect(try connection.problems("shuttle", "a") == [])
      #expect(try connection.problems("shuttle", "b") == ["b 1 hash"])
      #expect(try connection.problems("shuttle") == ["b 1 hash"])
    }
  }
}
