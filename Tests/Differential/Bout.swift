import PetriNet
import Postgres
import Reference

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
    try compareInstances(reference, chain, in: arena)
  }

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
      try compareTexts(call, "\(refusal.code) \(refusal.detail.text)", "\(code) \(found)")
    case .success(let answer):
      let link = try link(of: answer, call, code, found, beginnings)
      guard let instance = reference[answer.id] else { return }
      try compareTexts(call, "00000 \(printer.text(answer, link, in: instance))", "\(code) \(found)")
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
}
