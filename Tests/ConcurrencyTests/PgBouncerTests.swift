import Foundation
import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// Clients that share a few sessions of the server, one transaction after the other.
@Suite(.enabled(if: PgBouncer.absence == nil, "\(PgBouncer.absence ?? "")"))
struct PgBouncerTests {
  @Test(arguments: ["READ COMMITTED", "SERIALIZABLE"])
  func `24 clients on 3 sessions are told the truth`(_ level: String) throws {
    let net = try Net.workshop()
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      let ids = ["a", "b", "c"]
      for id in ids { try connection.query("SELECT ptflow_create($1, $2)", [net.name, id]) }
      let bouncer = try PgBouncer(before: database, servers: 3)
      defer { #expect(throws: Never.self) { try bouncer.stop() } }
      let url = bouncer.url()
      let told = try Crew(24) { number in
        try Client(number, of: net, ids: ids, level: level, url: url).work(20)
      }.results()
      try Log(of: net, on: connection).check(told, on: connection)
      #expect(!told.flatMap(\.events).isEmpty && !told.flatMap(\.refusals).isEmpty)
      let sessions = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = $1"
      #expect(try connection.value(sessions, ["client backend"]) == "4")
    }
  }

  @Test func `the roles that a gateway names for a transaction are nobody else's`() throws {
    let net = try Net("office", [Place("done")], [.t("sign", by: ["clerk"], .output("done"))])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      let gateway = "gateway_\(database.name.suffix(8))"
      try connection.execute("CREATE ROLE \(gateway) LOGIN")
      defer { #expect(throws: Never.self) { try connection.execute("DROP OWNED BY \(gateway); DROP ROLE \(gateway)") } }
      try connection.query("SELECT ptflow.add_grant('office', 'gateway', '', $1)", [gateway])
      // One session for all, so that what one client leaves there the next one finds.
      let bouncer = try PgBouncer(before: database, users: [gateway], servers: 1)
      defer { #expect(throws: Never.self) { try bouncer.stop() } }
      let url = bouncer.url(as: gateway)
      let clerk = try Connection(url)
      let guest = try Connection(url)
      let sign = "SELECT ptflow_dispatch('office', 'a', 'sign')"
      let asClerk = "BEGIN; SET LOCAL ptflow.roles = 'clerk'; \(sign); "
      for _ in 0..<5 {
        #expect(clerk.outcome(asClerk + "COMMIT") == "ok")
        #expect(guest.outcome(sign) == "PT403")
        #expect(clerk.outcome(asClerk + "ROLLBACK") == "ok")
        #expect(guest.outcome(sign) == "PT403")
      }
      // Many at once, of whom every second one may sign.
      let outcomes = try Crew(16) { number in
        let connection = try Connection(url)
        return (0..<20).map { _ in connection.outcome(number % 2 == 0 ? asClerk + "COMMIT" : sign) }
      }.results()
      for (number, outcome) in outcomes.enumerated() {
        #expect(Set(outcome) == [number % 2 == 0 ? "ok" : "PT403"])
      }
      // A setting for the session is another matter: it stays in a session that others use, who are the same gateway.
      try clerk.execute("SET ptflow.roles = 'clerk'")
      #expect(guest.outcome(sign) == "ok")
      try clerk.execute("RESET ptflow.roles")
      #expect(guest.outcome(sign) == "PT403")
      #expect(try connection.value("SELECT count(*) FROM office.events WHERE seq > 0") == "\(5 + 8 * 20 + 1)")
      try Log(of: net, on: connection).check(on: connection)
    }
  }

  @Test func `psycopg sends parameters through it`() throws {
    let net = try Net.counter()
    try TestDatabase.with(nets: [net]) { database in
      let bouncer = try PgBouncer(before: database, servers: 2)
      defer { #expect(throws: Never.self) { try bouncer.stop() } }
      // Statements without a name, since only newer poolers know of the others.
      let script = """
        import sys, threading, psycopg
        def work(n):
            with psycopg.connect(sys.argv[1], prepare_threshold=None, autocommit=True) as c:
                for i in range(20):
                    call = "SELECT ptflow_dispatch(%s, %s, %s, key => %s)"
                    answer = c.execute(call, ("counter", "a", "up", f"{n} {i}"), binary=True).fetchone()[0]
                    again = c.execute(call, ("counter", "a", "up", f"{n} {i}"), binary=True).fetchone()[0]
                    assert answer["seq"] == again["seq"] and again["replayed"], (answer, again)
                    with c.transaction():
                        c.execute("SELECT ptflow_dispatch(%s, %s, %s)", ("counter", "b", "up"))
            done.append(n)
        done = []
        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for t in threads: t.start()
        for t in threads: t.join()
        print(len(done))
        """
      let python = ProcessInfo.processInfo.environment["PYTHON"] ?? "/usr/bin/python3"
      let outcome = try Program.named(python).run(["-c", script, bouncer.url()])
      #expect(outcome.code == 0 && outcome.output == "8\n", "\(outcome)")
      let connection = try database.connect()
      let log = try Log(of: net, on: connection)
      try log.check(on: connection)
      #expect(log.events.count == 8 * 40)
    }
  }
}
