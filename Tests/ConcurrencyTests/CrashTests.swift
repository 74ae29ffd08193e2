import Foundation
import Installer
import PetriNet
import Postgres
import TestServer
import Testing

/// What is left of the work of many clients when their server is killed under them.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"), .serialized)
struct CrashTests {
  private let ids = ["a", "b", "c"]
  private let clients = 6

  @Test func `a server that is killed has all that it acknowledged, and nothing by half`() throws {
    let net = try Net.workshop()
    let server = try DurableServer()
    defer { server.remove() }
    try install([net], on: try Connection(server.url))
    do {
      let connection = try Connection(server.url)
      for id in ids { try connection.query("SELECT ptflow_create('workshop', $1)", [id]) }
    }

    let began = ContinuousClock.now
    var figures = Figures()
    var acknowledged: Set<Event> = []
    for round in 1...kills {
      let crew = Crew(clients) { [ids, clients, url = server.url] number in
        try untilLost(net: net, ids: ids, url: url, name: "\(round) \(number) of \(clients)")
      }
      do {
        let progress = try Progress(of: server.url)
        try progress.wait(for: .random(in: 0...600_000)) { crew.isDone }
      }
      // One process that dies takes the others along, and the server comes back by itself.
      if round % 7 == 0 { try killOne(of: server, figures: &figures) }
      server.kill()
      figures.servers += 1
      let left = try crew.results()
      if round % 5 == 0 {
        try server.recoverAfterKill()
        figures.recovering += 1
      } else {
        try server.recover()
      }

      for client in left { acknowledged.formUnion(client.acknowledged) }
      try check(left, &acknowledged, net, server, &figures)
    }
    figures.acknowledged = acknowledged.count
    print("crash: \(figures), \(ContinuousClock.now - began)")
    #expect(figures.servers == kills && figures.acknowledged > 0)
  }

  /// Holds what is there after a crash against what clients were told, and lets them try again.
  private func check(
    _ left: [Left], _ acknowledged: inout Set<Event>, _ net: Net, _ server: DurableServer, _ figures: inout Figures
  ) throws {
    let connection = try Connection(server.url)
    let log = try Log(of: net, on: connection)
    try log.check(on: connection)
    let stored = log.byKey
    #expect(acknowledged.subtracting(log.events) == [])
    // What nobody was told of is what somebody was waiting for.
    let calls = left.compactMap(\.inFlight)
    let waitedFor = Set(calls.flatMap { $0 }.compactMap(\.key))
    let untold = Set(log.events).subtracting(acknowledged)
    #expect(untold.allSatisfy { $0.key.map(waitedFor.contains) == true }, "\(untold)")

    for calls in calls {
      let found = calls.map { stored[$0.key ?? ""] }
      #expect(Set(found.map { $0 == nil }).count == 1, "half of a transaction: \(calls)")
      let answers = try together(calls, on: connection)
      figures.retried += 1
      if let answers, found.allSatisfy({ $0 != nil }) {
        figures.replayed += 1
        #expect(answers.allSatisfy { $0.replayed })
        #expect(zip(calls, answers).map { Event($0, $1, of: net) } == found)
      } else if let answers {
        figures.fired += 1
        #expect(answers.allSatisfy { !$0.replayed })
        let again = try together(calls, on: connection)
        #expect(again?.map(\.hash) == answers.map(\.hash) && again?.contains { !$0.replayed } == false)
      } else {
        figures.refused += 1
        #expect(found.allSatisfy { $0 == nil }, "a retry was refused that had been done: \(calls)")
      }
      acknowledged.formUnion(zip(calls, answers ?? []).map { Event($0, $1, of: net) })
    }
    let after = try Log(of: net, on: connection)
    try after.check(on: connection)
    #expect(after.events.count == acknowledged.count)
    #expect(Set(after.events) == acknowledged)
  }

  /// Kills a process that serves a client, and waits until the server is back.
  private func killOne(of server: DurableServer, figures: inout Figures) throws {
    let victim = try Connection(server.url)
    kill(Int32(victim.backendPID), SIGKILL)
    let outcome = victim.outcome("SELECT 1")
    #expect(outcome.hasPrefix("08"))
    try server.recover()
    figures.backends += 1
  }
}

/// What a run saw.
private struct Figures: CustomStringConvertible {
  var servers = 0
  var recovering = 0
  var backends = 0
  var acknowledged = 0
  var retried = 0
  var replayed = 0
  var fired = 0
  var refused = 0

  var description: String {
    """
    \(servers) servers killed, \(recovering) of them again while they recovered, and \(backends) single processes; \
    \(acknowledged) events; \(retried) calls in flight retried: \(replayed) replayed, \(fired) fired, \(refused) refused
    """
  }
}

/// What a client knows when its server has gone.
private struct Left: Sendable {
  var acknowledged: [Event] = []
  /// What it was waiting for: the calls of one transaction.
  var inFlight: [Call]?
}

/// Makes one call after the other, some of them in pairs, until the server goes away.
private func untilLost(net: Net, ids: [String], url: String, name: String) throws -> Left {
  var left = Left()
  let connection: Connection
  do throws(PostgresError) {
    connection = try Connection(url)
  } catch {
    guard error.isLoss else { throw error }
    return left
  }
  var count = 0
  while true {
    // Pairs go in the order of the instances: so nobody waits in a circle.
    let chosen = ids.shuffled().prefix(Int.random(in: 0..<4) == 0 ? 2 : 1).sorted()
    let calls = chosen.map { id in
      count += 1
      return Call(
        id: id, action: net.transitions.randomElement()?.name ?? "", payload: "{\"n\": \(count), \"by\": \"\(name)\"}",
        key: "\(name): \(count)")
    }
    do {
      let answers = try together(calls, on: connection)
      left.acknowledged += zip(calls, answers ?? []).map { Event($0, $1, of: net) }
    } catch let error as PostgresError where error.isLoss {
      left.inFlight = calls
      return left
    }
  }
}

/// Makes calls that belong together: all of them are done, or none.
///
/// - Returns: the answers; nil when one of them was refused.
private func together(_ calls: [Call], on connection: borrowing Connection) throws -> [Answer]? {
  let isPair = calls.count > 1
  do throws(PostgresError) {
    if isPair { try connection.execute("BEGIN") }
    var answers: [Answer] = []
    for call in calls { answers.append(try connection.dispatch(call)) }
    if isPair { try connection.execute("COMMIT") }
    return answers
  } catch {
    guard error.sqlstate == "PT409" else { throw error }
    if isPair { try connection.execute("ROLLBACK") }
    return nil
  }
}
