import Foundation
import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// The events of all instances, in an order in which none comes in later.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct FeedTests {
  private func with(_ body: (TestDatabase) throws -> Void) throws {
    let net = try Net("n", [Place("p")], [.t("t", .output("p")), .t("u", .output("p"))])
    let other = try Net("other", [], [.t("t")])
    try TestDatabase.with(nets: [net, other], body)
  }

  @Test func `a feed gives beginnings and events with all that they are, and each a cursor`() throws {
    try with { database in
      let connection = try database.connect()
      let fired = try connection.dispatch("n", "a", "t", payload: "[1]", multiple: 2, key: "k")
      try connection.dispatch("other", "a", "t")
      try connection.settle()
      let rows = try connection.query("SELECT * FROM ptflow_feed()")
      #expect(
        rows.map { [$0["net"], $0["id"], $0["seq"], $0["action"]] } == [
          ["n", "a", "0", nil], ["n", "a", "1", "t"], ["other", "a", "0", nil], ["other", "a", "1", "t"],
        ])
      let same = try connection.query(
        """
        SELECT FROM ptflow_feed() AS f
          JOIN ptflow_events('n', 'a') AS e ON e.seq = f.seq
         WHERE f.net = 'n' AND (f.action, f.multiple, f.payload, f.state, f.actor, f.role, f.key, f.at, f.hash)
               IS NOT DISTINCT FROM (e.action, e.multiple, e.payload, e.state, e.actor, e.role, e.key, e.at, e.hash)
        """)
      #expect(same.count == 1)
      #expect(rows[1]["hash"] == fired.hash && rows[1]["multiple"] == "2" && rows[1]["key"] == "k")

      // After each cursor comes the rest.
      for (number, row) in rows.enumerated() {
        let rest = try connection.query("SELECT cursor FROM ptflow_feed($1)", [row["cursor"]])
        #expect(rest.map { $0[0] } == rows.dropFirst(number + 1).map { $0["cursor"] })
      }
      let now = try connection.value("SELECT ptflow_cursor()")
      #expect(try connection.query("SELECT FROM ptflow_feed($1)", [now]).isEmpty)
      try connection.dispatch("n", "a", "u")
      try connection.settle()
      #expect(try connection.query("SELECT action FROM ptflow_feed($1)", [now]).map { $0[0] } == ["u"])
    }
  }

  @Test func `a feed is limited, and of some nets and actions if asked`() throws {
    try with { database in
      let connection = try database.connect()
      for number in 0..<40 {
        let isOther = number % 3 == 0
        try connection.dispatch(isOther ? "other" : "n", "i\(number % 7)", number % 5 == 1 && !isOther ? "u" : "t")
      }
      try connection.settle()
      func read(_ arguments: String, by limit: Int) throws -> [[String?]] {
        var (all, cursor): ([[String?]], String?) = ([], nil)
        while true {
          let rows = try connection.query(
            "SELECT cursor, net, id, seq, action FROM ptflow_feed($1, $2\(arguments))", [cursor, "\(limit)"])
          #expect(rows.count <= limit)
          guard let last = rows.last else { return all }
          all += rows.map { Array($0.values.dropFirst()) }
          cursor = last[0]
        }
      }
      let all = try read("", by: 1000)
      let count = "SELECT (SELECT count(*) FROM n.events) + (SELECT count(*) FROM other.events)"
      #expect(try connection.value(count) == "\(all.count)")
      for limit in [1, 3, 7, 100] { #expect(try read("", by: limit) == all) }
      #expect(try read(", '{n}'", by: 3) == all.filter { $0[0] == "n" })
      #expect(try read(", actions => '{u}'", by: 2) == all.filter { $0[3] == "u" })
      #expect(try read(", '{other,n,n}', '{t,u}'", by: 5) == all.filter { $0[3] != nil })
      #expect(try read(", '{}'", by: 5) == [])
      #expect(try connection.query("SELECT FROM ptflow_feed(NULL, 0)").isEmpty)
    }
  }

  @Test func `what is not committed holds back what comes after it, and what is rolled back leaves no gap`() throws {
    try with { database in
      let early = try database.connect()
      let late = try database.connect()
      let reader = try database.connect()
      func seen(_ after: String? = nil) throws -> [String?] {
        try reader.query("SELECT id FROM ptflow_feed($1) WHERE seq = 1", [after]).map { $0[0] }
      }
      try early.execute("BEGIN")
      try early.dispatch("n", "early", "t")
      try late.dispatch("n", "late", "t")
      #expect(try seen() == [])
      let before = try reader.value("SELECT ptflow_cursor()")
      try early.execute("COMMIT")
      try reader.settle()
      #expect(try seen(before) == ["early", "late"])

      try early.execute("BEGIN")
      try early.dispatch("n", "never", "t")
      try late.dispatch("n", "after", "t")
      #expect(try seen() == ["early", "late"])
      try early.execute("ROLLBACK")
      try reader.settle()
      #expect(try seen() == ["early", "late", "after"])
    }
  }

  @Test func `the events of an instance stay in order when an older transaction goes on after a newer one`() throws {
    try with { database in
      let older = try database.connect()
      let newer = try database.connect()
      try newer.create("n", "a")
      try older.execute("BEGIN")
      try older.query("SELECT pg_current_xact_id()")
      try newer.dispatch("n", "a", "t")
      // By its number alone, this one would come before.
      for (key, multiple) in [(nil, 1), ("k", 1), ("l", 2), (nil, 1)] as [(String?, Int)] {
        try older.dispatch("n", "a", "t", multiple: multiple, key: key)
      }
      let two = #"[{"net": "n", "id": "a", "action": "t"}, {"net": "n", "id": "a", "action": "u"}]"#
      try older.query("SELECT ptflow_dispatch_many($1)", [two])
      let reader = try database.connect()
      #expect(try reader.query("SELECT FROM ptflow_feed() WHERE seq > 0").isEmpty)
      try older.execute("COMMIT")
      try reader.settle()
      #expect(try reader.query("SELECT seq FROM ptflow_feed()").map { $0[0] } == (0...7).map { "\($0)" })
      #expect(try reader.problems("n") == [])
    }
  }

  @Test func `an older transaction that goes on does not wait for who waits for it`() throws {
    try with { database in
      let older = try database.connect()
      try older.create("n", "a")
      try older.execute("BEGIN")
      try older.query("SELECT pg_current_xact_id()")
      try database.connect().dispatch("n", "a", "t")
      try older.dispatch("n", "a", "t", key: "k")
      // It has the row of the instance, and waits for the end of the older one.
      let waiter = Collected<Result<Void, any Error>>(1)
      Thread.detachNewThread {
        waiter[0] = Result { try database.connect().execute("SELECT ptflow_dispatch('n', 'a', 't', key => 'w')") }
      }
      try database.connect().execute(
        """
        DO $$ BEGIN
            WHILE NOT EXISTS (SELECT FROM pg_stat_activity
                               WHERE datname = current_database() AND wait_event = 'transactionid') LOOP
                PERFORM pg_stat_clear_snapshot();
            END LOOP;
        END $$
        """)
      try older.dispatch("n", "a", "t", key: "l")
      try older.execute("COMMIT")
      _ = try waiter.all()[0].get()
      #expect(try older.problems("n") == [])
      #expect(try older.value("SELECT ptflow_state('n', 'a') -> 'seq'") == "4")
    }
  }

  @Test func `no cursor, one ahead of the database, or a net that may not be read is refused`() throws {
    try with { database in
      let connection = try database.connect()
      for cursor in ["", "x", "1.2", "1.0.5.n", "-1.0.0.", "9999999999999999999.0.0.", "1.0.0"] {
        let refusal = try connection.refusal("SELECT ptflow_feed($1)", [cursor])
        #expect(refusal.code == "PT400" && refusal.detail["argument"] == "after", "\(cursor)")
      }
      #expect(try connection.refusal("SELECT ptflow_feed('999999999999.0.0.')").detail["txid"] == 999_999_999_999)
      #expect(try connection.refusal("SELECT ptflow_feed(NULL, -1)").code == "PT400")
      #expect(try connection.refusal("SELECT ptflow_feed(NULL, NULL)").code == "PT400")
      #expect(try connection.refusal("SELECT ptflow_feed(nets => '{no}')").code == "PT404")

      let member = "\(database.name)_m"
      try connection.execute("CREATE ROLE \(member) LOGIN")
      try connection.query("SELECT ptflow.add_grant('n', 'read', '', $1)", [member])
      try connection.dispatch("n", "a", "t")
      try connection.dispatch("other", "a", "t")
      try connection.settle()
      let reader = try database.connect(as: member)
      #expect(try reader.query("SELECT DISTINCT net FROM ptflow_feed()").map { $0[0] } == ["n"])
      #expect(try reader.refusal("SELECT ptflow_feed(nets => '{n,other}')").code == "PT403")
      #expect(try reader.refusal("SELECT ptflow_subscribe('s', '{other}')").code == "PT403")
      try connection.query("SELECT ptflow_subscribe('s')")
      #expect(try reader.refusal("SELECT ptflow_receive('s', 'c')").code == "PT403")
      #expect(try reader.refusal("SELECT ptflow_ack('s', 'c', '1@0.-1.0.')").code == "PT403")
      #expect(try reader.refusal("SELECT ptflow_unsubscribe('s')").code == "PT403")
      #expect(try reader.query("SELECT FROM ptflow_subscriptions()").isEmpty)
    }
  }
}
