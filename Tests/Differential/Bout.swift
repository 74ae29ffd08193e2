import PetriNet
import Postgres
import Reference

/// Where the database did another thing than the reference.
public struct Difference: Error, Hashable, Sendable {
  /// Which call, counted from 0; nil when it was seen afterwards.
  public let call: Int?
  /// What there should be.
  public let expected: String
  /// What there is.
  public let found: String

  /// What sets it apart from others: the two codes.
  var kind: [Substring] { call == nil ? [] : [expected.prefix(5), found.prefix(5)] }
}

/// Calls on one net in a database, each answer held against the reference.
struct Bout {
  private(set) var reference: ReferenceNet
  private(set) var tally = Tally()
  /// The calls so far.
  private(set) var calls: [Call] = []
  private var chain: Chain
  private let printer: Printer
  private let states: String

  init(_ one: Case, in arena: borrowing Arena) throws {
    reference = ReferenceNet(
      one.net, owner: Arena.owner, member: Arena.member, memberRoles: one.memberRoles)
    chain = Chain(reference)
    printer = Printer(one.net)
    states = try Arena.states(of: one.net)
  }

  /// Makes so many calls, each of them chosen when those before it are decided, and compares the answers.
  ///
  /// - Throws: the first `Difference`.
  mutating func run(
    _ count: Int, in arena: borrowing Arena, next: (ReferenceNet) -> Call,
    note: (Call, Result<Answer, Refusal>) -> Void = { _, _ in }
  ) throws {
    let (first, begun) = (calls.count, reference.ids.count)
    var outcomes: [Result<Answer, Refusal>] = []
    for _ in 0..<count {
      let call = next(reference)
      calls.append(call)
      let outcome = Result { () throws(Refusal) in try reference.perform(call) }
      tally.count(outcome)
      note(call, outcome)
      outcomes.append(outcome)
    }

    let array =
      "[" + calls[first...].map { $0.json(caller: reference.name(of: $0.caller)).text }.joined(separator: ",") + "]"
    let rows = try arena.connection.query("SELECT code, answer FROM torture_calls($1)", [array])
    let beginnings = try Self.beginnings(of: reference.ids[begun...], states, arena)
    for (number, outcome) in outcomes.enumerated() {
      let (code, answer) = rows.indices.contains(number) ? (rows[number][0], rows[number][1]) : (nil, nil)
      try compare(first + number, outcome, code ?? "", answer ?? "", beginnings)
    }
  }

  /// Compares all that is there in the end: the instances, their markings and events, and that the chains are intact.
  ///
  /// - Throws: the first `Difference`.
  func finish(in arena: borrowing Arena) throws {
    let net = reference.net.name
    let ids = reference.ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let states = try arena.connection.query(
      "SELECT ptflow_state($1, s.id) FROM \(states) AS s ORDER BY s.id COLLATE \"C\"", [net])
    try Self.compare(nil, "\(ids.count) instances", "\(states.count) instances")
    for (id, row) in zip(ids, states) {
      guard let instance = reference[id], let link = chain.link(id, instance.events.count) else { continue }
      let expected: JSONB = .object([
        ("net", .text(net)), ("id", .text(id)), ("seq", .whole(instance.events.count)),
        ("state", .printed(printer.state(instance.marking))), ("at", .text(link.at)),
      ])
      try Self.compare(nil, expected.text, row[0] ?? "")
      try compareEvents(of: id, instance, arena)
    }
    let problems = try arena.connection.query("SELECT v::text FROM ptflow_verify($1) AS v", [net])
    try Self.compare(nil, "", problems.map { $0[0] ?? "" }.joined(separator: "\n"))
  }

  private func compareEvents(of id: String, _ instance: Instance, _ arena: borrowing Arena) throws {
    let rows = try arena.connection.query(
      """
      SELECT e.seq, e.action, e.multiple, e.payload, e.state, e.actor, e.role, e.key, to_jsonb(e.at) #>> '{}', e.hash
        FROM ptflow_events($1, $2) AS e
      """, [reference.net.name, id])
    try Self.compare(nil, "\(instance.events.count) events of \(id)", "\(rows.count) events of \(id)")
    for (number, (event, row)) in zip(instance.events, rows).enumerated() {
      let link = chain.link(id, number + 1)
      let expected: [String?] = [
        "\(number + 1)", reference.net.transitions[event.transition].name, "\(event.multiple)", event.payload.printed,
        printer.state(event.marking), event.actor, event.role, event.key, link?.at, link?.hash,
      ]
      try Self.compare(nil, Self.line(expected), Self.line(row.values))
    }
  }

  private static func line(_ values: [String?]) -> String { values.map { $0 ?? "NULL" }.joined(separator: " | ") }

  /// When instances began, by id; the beginning of one that a dispatch made is in no answer.
  private static func beginnings(
    of ids: ArraySlice<String>, _ states: String, _ arena: borrowing Arena
  ) throws -> [[UInt8]: String] {
    guard !ids.isEmpty else { return [:] }
    let rows = try arena.connection.query(
      """
      SELECT s.id, to_jsonb(s.created_at) #>> '{}'
        FROM \(states) AS s
       WHERE s.id IN (SELECT jsonb_array_elements_text($1))
      """, [JSONB.array(ids.map { .text($0) }).text])
    return Dictionary(rows.map { (Array(($0[0] ?? "").utf8), $0[1] ?? "") }) { first, _ in first }
  }

  private mutating func compare(
    _ call: Int, _ outcome: Result<Answer, Refusal>, _ code: String, _ found: String, _ beginnings: [[UInt8]: String]
  ) throws {
    switch outcome {
    case .failure(let refusal):
      try Self.compare(call, "\(refusal.code) \(refusal.detail.text)", "\(code) \(found)")
    case .success(let answer):
      let link = try link(of: answer, call, code, found, beginnings)
      guard let instance = reference[answer.id] else { return }
      try Self.compare(call, "00000 \(printer.text(answer, link, in: instance))", "\(code) \(found)")
    }
  }

  /// The link of an answer's event, which is added to the chain when the event is new.
  private mutating func link(
    of answer: Answer, _ call: Int, _ code: String, _ found: String, _ beginnings: [[UInt8]: String]
  ) throws -> Chain.Link {
    func difference(_ expected: String) -> Difference {
      Difference(call: call, expected: expected, found: "\(code) \(found)")
    }
    if chain.link(answer.id, 0) == nil {
      guard let at = beginnings[Array(answer.id.utf8)], chain.add(answer.id, 0, at: at, in: reference) != nil else {
        throw difference("00000, and an instance \(answer.id)")
      }
    }
    if let known = chain.link(answer.id, answer.seq) { return known }
    // An answer begins with its time: a jsonb has the shortest keys first.
    let start = "{\"at\": \""
    guard code == "00000", found.hasPrefix(start) else { throw difference("00000 \(start)…") }
    let at = String(found.dropFirst(start.count).prefix { $0 != "\"" })
    let before = chain.link(answer.id, answer.seq - 1)
    guard let link = chain.add(answer.id, answer.seq, at: at, in: reference), link.moment >= before?.moment ?? .max
    else { throw difference("a time after \(before?.at ?? "the event before")") }
    return link
  }

  private static func compare(_ call: Int?, _ expected: String, _ found: String) throws {
    guard expected.isExactly(found) else { throw Difference(call: call, expected: expected, found: found) }
  }
}
