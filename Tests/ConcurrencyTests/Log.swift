import PetriNet
import Postgres
import Testing

/// An event, as a client was told of it or as the log has it.
struct Event: Hashable, Sendable {
  let id: String
  let seq: Int
  let action: String
  let multiple: Int
  let payload: String
  let key: String?
  let marking: [Int]
  let hash: String
}

extension Event {
  /// What a client knows of the event that it was given as an answer.
  init(_ call: Call, _ answer: Answer, of net: Net) {
    self.init(
      id: call.id, seq: answer.seq, action: call.action, multiple: answer.multiple, payload: call.payload,
      key: call.key, marking: net.places.map { answer.state[$0.name] ?? -1 }, hash: answer.hash)
  }
}

/// All events of a net, as they are stored.
struct Log {
  let net: Net
  let events: [Event]

  init(of net: Net, on connection: borrowing Connection) throws {
    self.net = net
    events = try connection.query(
      """
      SELECT e.id, e.seq, e.action, coalesce(d.multiple, 1), e.payload, d.key, array_to_string(e.marking, ' '),
             encode(e.hash, 'hex')
        FROM \(net.name).events AS e
        LEFT JOIN \(net.name).details AS d ON d.id = e.id AND d.seq = e.seq
       WHERE e.seq > 0
       ORDER BY e.id, e.seq
      """
    ).map { row in
      Event(
        id: row[0] ?? "", seq: Int(row[1] ?? "") ?? 0, action: row[2] ?? "", multiple: Int(row[3] ?? "") ?? 0,
        payload: row[4] ?? "", key: row[5], marking: (row[6] ?? "").split(separator: " ").compactMap { Int($0) },
        hash: row[7] ?? "")
    }
  }

  /// The events that came with a key.
  var byKey: [String: Event] {
    Dictionary(events.compactMap { event in event.key.map { ($0, event) } }) { first, _ in
      Issue.record("two events of one key: \(first)")
      return first
    }
  }

  /// Plays the log with the reference semantics, from the first event to where each instance is now.
  ///
  /// - Returns: the marking after each event, with the initial one as number 0.
  @discardableResult
  func check(on connection: borrowing Connection) throws -> [String: [[Int]]] {
    let problems = try connection.query("SELECT instance, seq, problem FROM ptflow_verify($1)", [net.name])
    #expect(problems.isEmpty)

    var histories: [String: [[Int]]] = [:]
    var marking = net.initialMarking
    for event in events {
      if histories[event.id] == nil {
        marking = net.initialMarking
        histories[event.id] = [marking.counts]
      }
      try #require(event.seq == histories[event.id]?.count, "a gap before \(event)")
      let transition = try #require(net.transitions.firstIndex { $0.name == event.action })
      marking = try net.fire(transition, times: event.multiple, in: marking)
      try #require(event.marking == marking.counts, "\(event)")
      histories[event.id]?.append(marking.counts)
    }

    let columns = net.places.map { "s.\($0.name)" }.joined(separator: ", ")
    for row in try connection.query("SELECT s.id, s.seq, \(columns) FROM \(net.name).states AS s") {
      let history = histories[row[0] ?? ""] ?? [net.initialMarking.counts]
      #expect(row.values.dropFirst().map { Int($0 ?? "") } == [history.count - 1] + history[history.count - 1])
      histories[row[0] ?? ""] = history
    }
    try checkSums(histories)
    return histories
  }

  /// Where an instance is, is where it began and what each of its events added.
  private func checkSums(_ histories: [String: [[Int]]]) throws {
    guard !net.arcs.contains(where: { $0.kind == .reset }) else { return }
    for (id, history) in histories {
      var sum = net.initialMarking.counts
      for event in events where event.id == id {
        for arc in net.arcs where net.transitions[arc.transition].name == event.action {
          sum[arc.place] += arc.kind == .input ? -arc.weight * event.multiple : 0
          sum[arc.place] += arc.kind == .output ? arc.weight * event.multiple : 0
        }
      }
      #expect(sum == history.last, "\(id)")
    }
  }

  /// Holds what clients were told against the log: each event they know of is there, as they know it, and no other; and
  /// each refusal was true after the event that it names.
  func check(_ told: [Told], on connection: borrowing Connection) throws {
    let histories = try check(on: connection)
    let known = told.flatMap(\.events)
    #expect(known.count == events.count)
    #expect(Set(known) == Set(events))
    for refusal in told.flatMap(\.refusals) {
      let history = try #require(histories[refusal.id])
      try #require(history.indices.contains(refusal.seq), "\(refusal)")
      for place in refusal.places {
        let column = try #require(net.places.firstIndex { $0.name == place.place })
        #expect(history[refusal.seq][column] == place.tokens, "\(refusal)")
      }
    }
  }
}

/// What a client was told.
struct Told: Sendable {
  var events: [Event] = []
  var refusals: [Refusal] = []
  /// How often it was told to try again.
  var retries = 0

  mutating func append(_ other: Told) {
    events += other.events
    refusals += other.refusals
    retries += other.retries
  }
}
