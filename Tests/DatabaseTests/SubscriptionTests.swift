import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// Groups of consumers that share the instances: nothing is skipped, and nothing comes again once it is acknowledged.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct SubscriptionTests {
  private func with(_ body: (borrowing Connection) throws -> Void) throws {
    let net = try Net("n", [Place("p")], [.t("t", .output("p")), .t("u")])
    try TestDatabase.with(nets: [net]) { database in try body(try database.connect()) }
  }

  /// Events of so many instances, in turns.
  private func fire(_ events: Int, over instances: Int, _ connection: borrowing Connection) throws {
    for number in 0..<events { try connection.dispatch("n", "i\(number % instances)", "t") }
  }

  /// An event that a consumer was given.
  private struct Received: Hashable {
    let cursor: String
    let event: [String?]
  }

  private func receive(
    _ connection: borrowing Connection, _ consumer: String, _ limit: Int = 1000, lease: String = "1 hour"
  ) throws -> [Received] {
    try connection.settle()
    return try connection.query(
      "SELECT cursor, net, id, seq FROM ptflow_receive('s', $1, $2, $3)", [consumer, "\(limit)", lease]
    ).map { Received(cursor: $0[0] ?? "", event: Array($0.values.dropFirst())) }
  }

  private func acknowledge(_ connection: borrowing Connection, _ consumer: String, _ cursor: String) throws {
    try connection.query("SELECT ptflow_ack('s', $1, $2)", [consumer, cursor])
  }

  private func all(_ connection: borrowing Connection) throws -> [[String?]] {
    try connection.settle()
    return try connection.query("SELECT net, id, seq FROM ptflow_feed(NULL, 100000)").map(\.values)
  }

  @Test func `one consumer gets what a feed gives, and again what it did not acknowledge`() throws {
    try with { connection in
      try fire(30, over: 5, connection)
      try connection.query("SELECT ptflow_subscribe('s')")
      let all = try all(connection)
      let first = try receive(connection, "c", 10)
      #expect(first.map(\.event) == Array(all.prefix(10)))
      #expect(try receive(connection, "c", 10).map(\.event) == first.map(\.event))
      // A cursor of an earlier call acknowledges nothing.
      #expect(try connection.refusal("SELECT ptflow_ack('s', 'c', $1)", [first[9].cursor]).code == "PT409")

      var rest: [[String?]] = []
      while true {
        let batch = try receive(connection, "c", 7)
        guard batch.count > 1 else { rest += batch.map(\.event); break }
        // All but the last of them.
        try acknowledge(connection, "c", batch[batch.count - 2].cursor)
        rest += batch.dropLast().map(\.event)
      }
      #expect(rest == all)
      let last = try receive(connection, "c")
      try acknowledge(connection, "c", last[0].cursor)
      #expect(try receive(connection, "c") == [])
      try fire(1, over: 1, connection)
      #expect(try receive(connection, "c").count == 1)
    }
  }

  @Test func `consumers share the instances, each instance in order at one of them`() throws {
    try with { connection in
      try connection.query("SELECT ptflow_subscribe('s', '{n}', '{t}')")
      try connection.query("SELECT ptflow_receive('s', 'a'), ptflow_receive('s', 'b')")
      var seen: [String: [[String?]]] = [:]
      for round in 0..<6 {
        try fire(60, over: 30, connection)
        if round == 3 { try connection.query("SELECT ptflow_receive('s', 'c')") }
        for consumer in ["a", "b", "c"].prefix(round < 3 ? 2 : 3) {
          let batch = try receive(connection, consumer, 50)
          seen[consumer, default: []] += batch.map(\.event)
          if let last = batch.last { try acknowledge(connection, consumer, last.cursor) }
        }
      }
      for consumer in ["a", "b", "c"] {
        while let last = try receive(connection, consumer, 50).last {
          // It is received once more below, so as to see that a batch that was not acknowledged is the same.
          let batch = try receive(connection, consumer, 50)
          #expect(batch.last?.event == last.event)
          seen[consumer, default: []] += batch.map(\.event)
          try acknowledge(connection, consumer, batch[batch.count - 1].cursor)
        }
      }
      let events = seen.values.flatMap { $0 }
      #expect(events.count == 360 && Set(events).count == 360)
      #expect(seen.values.allSatisfy { $0.count > 30 }, "\(seen.mapValues(\.count))")
      for consumer in seen.values {
        for (_, events) in Dictionary(grouping: consumer, by: { $0[1] }) {
          let numbers = events.map { Int($0[2] ?? "") ?? 0 }
          #expect(numbers == numbers.sorted())
        }
      }
    }
  }

  @Test func `what a consumer had goes to others when its lease is over, and it cannot acknowledge any more`() throws {
    try with { connection in
      try fire(20, over: 20, connection)
      try connection.query("SELECT ptflow_subscribe('s')")
      let dying = try receive(connection, "dying", 15, lease: "1 microsecond")
      #expect(dying.count == 15)
      try acknowledge(connection, "dying", dying[4].cursor)
      let heir = try receive(connection, "heir")
      #expect(heir.map(\.event) == Array(try all(connection).dropFirst(5)))
      #expect(try connection.refusal("SELECT ptflow_ack('s', 'dying', $1)", [dying[14].cursor]).code == "PT409")
      // It comes back, and shares; what the heir holds it gets only when that one gives it up.
      #expect(try receive(connection, "dying") == [])
      try acknowledge(connection, "heir", heir[heir.count - 1].cursor)
      #expect(try receive(connection, "heir") == [])
      try fire(40, over: 20, connection)
      let shares = try ["dying", "heir"].map { try receive(connection, $0).count }
      #expect(shares.allSatisfy { $0 > 0 } && shares.reduce(0, +) == 40, "\(shares)")
    }
  }

  @Test func `an acknowledgement that was rolled back did not happen`() throws {
    try with { connection in
      try fire(5, over: 1, connection)
      try connection.query("SELECT ptflow_subscribe('s')")
      try connection.execute("BEGIN")
      let batch = try receive(connection, "c")
      try acknowledge(connection, "c", batch[5].cursor)
      try connection.execute("ROLLBACK")
      #expect(try receive(connection, "c").map(\.event) == batch.map(\.event))
    }
  }

  /// Subscribes, and how many events there are to receive then.
  private func events(_ connection: borrowing Connection, _ arguments: String) throws -> Int {
    try connection.settle()
    try connection.query("SELECT ptflow_subscribe('s'\(arguments))")
    return try receive(connection, "c").count
  }

  @Test func `a subscription begins where it is told, is wound back, changed and removed`() throws {
    try with { connection in
      try fire(6, over: 2, connection)
      try connection.settle()
      let all = try connection.query("SELECT cursor FROM ptflow_feed()").map { $0[0] ?? "" }
      #expect(try events(connection, ", \"from\" => 'now'") == 0)
      try fire(1, over: 1, connection)
      #expect(try events(connection, "") == 1)
      #expect(try events(connection, ", \"from\" => 'beginning'") == 9)
      #expect(try events(connection, ", \"from\" => '\(all[3])'") == 5)
      #expect(try events(connection, ", '{n}', '{u}'") == 0)
      #expect(try events(connection, ", \"from\" => 'beginning'") == 9)
      // What was given before it was wound back cannot be acknowledged.
      let batch = try receive(connection, "c")
      #expect(try events(connection, ", \"from\" => 'now'") == 0)
      #expect(try connection.refusal("SELECT ptflow_ack('s', 'c', $1)", [batch[0].cursor]).code == "PT409")

      let row = try connection.query("SELECT name, nets, actions, consumers FROM ptflow_subscriptions()")
      #expect(row.map(\.values) == [["s", "{n}", nil, "{c}"]])
      #expect(try connection.value("SELECT ptflow_unsubscribe('s')") == "t")
      #expect(try connection.value("SELECT ptflow_unsubscribe('s')") == "f")
      #expect(try connection.refusal("SELECT ptflow_receive('s', 'c')").code == "PT404")
      #expect(try connection.value("SELECT count(*) FROM ptflow.slots") == "0")
    }
  }

  @Test func `how far behind a subscription is can be seen`() throws {
    try with { connection in
      try connection.query("SELECT ptflow_subscribe('s', \"from\" => 'now')")
      let behind = "SELECT transactions_behind FROM ptflow_subscriptions()"
      try fire(10, over: 3, connection)
      try connection.settle()
      #expect(try Int(connection.value(behind) ?? "") ?? 0 >= 10)
      let horizon = try connection.value("SELECT ptflow.horizon()")
      let batch = try receive(connection, "c")
      try acknowledge(connection, "c", batch[batch.count - 1].cursor)
      _ = try receive(connection, "c")
      #expect(try connection.value("SELECT min(txid) >= $1 FROM ptflow.slots", [horizon]) == "t")
    }
  }

  @Test func `malformed calls are refused with the argument`() throws {
    try with { connection in
      try connection.query("SELECT ptflow_subscribe('s')")
      for (call, argument) in [
        ("subscribe('')", "name"), ("subscribe(NULL)", "name"), ("subscribe('s', \"from\" => 'then')", "from"),
        ("receive('s', '')", "consumer"), ("receive('s', NULL)", "consumer"), ("receive('s', 'c', -1)", "limit"),
        ("receive('s', 'c', NULL)", "limit"), ("receive('s', 'c', 1, '0')", "lease"),
        ("receive('s', 'c', 1, '2 days')", "lease"), ("receive('s', 'c', 1, NULL)", "lease"),
        ("ack('s', 'c', NULL)", "cursor"), ("ack('s', 'c', '1.0.0.')", "cursor"), ("ack('s', 'c', '1@x')", "cursor"),
      ] {
        let refusal = try connection.refusal("SELECT ptflow_\(call)")
        #expect(refusal.code == "PT400" && refusal.detail["argument"]?.string == argument, "\(call): \(refusal)")
      }
      #expect(try connection.refusal("SELECT ptflow_subscribe('s', '{no}')").code == "PT404")
    }
  }
}
