import PetriNet
import Postgres
import TestNets
import Testing

/// A client that does what comes to its mind, and remembers what it was told.
final class Client {
  let connection: Connection
  let net: Net
  let ids: [String]
  /// The isolation level of its transactions.
  let level: String
  let number: Int
  var generator: SeededGenerator
  private(set) var told = Told()
  private var calls = 0

  init(_ number: Int, of net: Net, ids: [String], level: String, url: String) throws {
    connection = try Connection(url)
    self.net = net
    self.ids = ids
    self.level = level
    self.number = number
    generator = SeededGenerator(seed: UInt64(number))
  }

  /// Does so many things, of all kinds that there are.
  func work(_ steps: Int) throws -> Told {
    for _ in 0..<steps {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0..<5: try plainly()
      case 5..<7: try twice()
      case 7: try knowingly()
      case 8: try withSavepoints(andCommit: true)
      default: try withSavepoints(andCommit: false)
      }
    }
    return told
  }

  private func call(key: Bool = false) -> Call {
    calls += 1
    return Call(
      net: net.name, id: ids.randomElement(using: &generator) ?? "",
      action: net.transitions.randomElement(using: &generator)?.name ?? "",
      payload: "{\"call\": \(calls), \"client\": \(number)}", key: key ? "\(number) \(calls)" : nil)
  }

  /// One dispatch.
  private func plainly() throws {
    let call = call(key: generator.once(in: 4))
    guard level == "READ COMMITTED" else { return try transact { try $0.fire(call, on: $1, of: $2) } }
    try told.fire(call, on: connection, of: net)
  }

  /// One dispatch, and a retry that gets the same answer.
  private func twice() throws {
    let call = call(key: true)
    try transact { try $0.fire(call, on: $1, of: $2) }
    guard let first = told.events.last, first.key == call.key else { return }
    var again = Told()
    swap(&told, &again)
    try transact { try $0.fire(call, on: $1, of: $2) }
    swap(&told, &again)
    #expect(again.events == [first])
    told.retries += again.retries
  }

  /// One dispatch that expects what it has just seen; somebody else may be first.
  private func knowingly() throws {
    var call = call()
    let seen = try connection.query("SELECT ptflow_state($1, $2) ->> 'seq'", [net.name, call.id])
    call.expected = seen.first?[0].flatMap { Int($0) }
    let expecting = call
    try transact { try $0.fire(expecting, on: $1, of: $2) }
  }

  /// Three dispatches in one transaction, the second of which is taken back; perhaps all of them are.
  private func withSavepoints(andCommit commits: Bool) throws {
    var calls = [call(), call(), call(key: true)]
    // Who holds one instance and wants another waits for who does the opposite, in any database.
    for index in calls.indices { calls[index].id = calls[0].id }
    let kept = calls
    try transact(commits: commits) { told, connection, net in
      for (index, call) in kept.enumerated() {
        try connection.execute("SAVEPOINT before")
        var now = Told()
        try now.fire(call, on: connection, of: net)
        if index == 1 || !now.refusals.isEmpty { try connection.execute("ROLLBACK TO SAVEPOINT before") }
        told.append(index == 1 ? Told(refusals: now.refusals) : now)
      }
    }
  }

  /// Runs a transaction, again for as long as the database says so.
  private func transact(
    commits: Bool = true, _ body: (inout Told, borrowing Connection, Net) throws -> Void
  ) throws {
    while true {
      var now = Told()
      do {
        try connection.execute("BEGIN ISOLATION LEVEL \(level)")
        try body(&now, connection, net)
        try connection.execute(commits ? "COMMIT" : "ROLLBACK")
        if commits { told.append(now) }
        return
      } catch let error as PostgresError where error.sqlstate == "40001" {
        try connection.execute("ROLLBACK")
        told.retries += 1
      }
    }
  }
}

extension Told {
  /// Makes a call and notes what comes of it: an event, or a refusal that a client has to live with.
  mutating func fire(_ call: Call, on connection: borrowing Connection, of net: Net) throws {
    do throws(PostgresError) {
      events.append(Event(call, try connection.dispatch(call), of: net))
    } catch {
      switch error.sqlstate {
      case "PT409": refusals.append(try error.refusal())
      case "PT412" where call.expected != nil: return
      default: throw error
      }
    }
  }
}
