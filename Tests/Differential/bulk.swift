import PetriNet
import Postgres
import Reference

/// Compares bulk calls on the net of a case with the reference, which knows single calls only: a bulk call does what its
/// events do one by one, or nothing, with the first refusal and its index. What is refused whatever there is comes first.
///
/// - Parameters:
///   - seed: what the calls are made of.
///   - one: the case; its net is installed in the arena.
///   - batches: how many bulk calls are made.
///   - arena: the database.
/// - Returns: what became of the events.
/// - Throws: the first `Difference`.
public func compareBulk(seed: UInt64, _ one: Case, batches: Int, in arena: borrowing Arena) throws -> Tally {
  var reference = ReferenceNet(one.net, owner: Arena.owner, member: Arena.member, memberRoles: one.memberRoles)
  var generator = CallGenerator(seed: ~seed)
  var tally = Tally()
  for number in 0..<batches {
    let caller: Call.Caller = number % 5 == 4 ? .member : .owner
    let batch = Batch(
      of: 1 + (number * 7) % 40, by: caller, toleratingRefusals: number % 4 != 3, on: reference, &generator, &tally)
    let row = try arena.connection.query(
      "SELECT code, answer FROM torture_bulk($1, $2)", [reference.name(of: caller), batch.json])[0]
    try compareTexts(number, batch.expected, "\(row[0] ?? "") \(row[1] ?? "")")
    reference = batch.reference
  }
  try compareInstances(reference, in: arena)
  tally.nets = 1
  tally.instances = reference.ids.count
  return tally
}

/// Events for one bulk call, and what is to become of them.
private struct Batch {
  private(set) var events: [Call] = []
  private(set) var reference: ReferenceNet
  private(set) var expected: String

  var json: String { JSONB.array(events.map(\.event)).text }

  /// Draws events. Where refusals are tolerated, an event that would be refused is mostly left out, so that long batches
  /// go through; one that is not left out is followed by others, which do not matter any more.
  init(
    of count: Int, by caller: Call.Caller, toleratingRefusals: Bool, on start: ReferenceNet,
    _ generator: inout CallGenerator, _ tally: inout Tally
  ) {
    reference = start
    var answers: [JSONB] = []
    var refusal: (Refusal, index: Int)?
    var attempts = 0
    while events.count < count, attempts < 4 * count {
      attempts += 1
      var call = generator.next(on: reference)
      call.caller = caller
      // What a bulk call cannot say, or says differently: no payload and no number stand for the default.
      let numbers = [call.multiple, call.expected].compactMap { $0 }
      guard !call.creates, call.payload != nil, call.multiple != nil, call.net != nil,
        numbers.allSatisfy({ $0.magnitude < 1_000_000_000_000_000_000 })
      else { continue }

      var after = reference
      do {
        let answer = try after.perform(call)
        generator.note(call, wasRefused: false)
        events.append(call)
        guard refusal == nil else { continue }
        reference = after
        tally.count(.success(answer))
        answers.append(
          .object([("id", .text(answer.id)), ("seq", .whole(answer.seq)), ("replayed", .bool(answer.replayed))]))
      } catch {
        generator.note(call, wasRefused: true)
        if toleratingRefusals, attempts % 6 != 0 || events.isEmpty { continue }
        if refusal == nil {
          refusal = (error, events.count)
          tally.count(.failure(error))
        }
        events.append(call)
      }
    }
    let beforehand = events.enumerated().compactMap { index, call in
      start.refusalBeforehand(of: call).map { (refusal: $0, index: index, net: call.net ?? "") }
    }
    // Nets go by their names.
    let first = beforehand.min { $0.net.utf8.lexicographicallyPrecedes($1.net.utf8) }
    if let (refusal, index) = first.map({ ($0.refusal, $0.index) }) ?? refusal {
      reference = start
      expected = "\(refusal.code) \(refusal.detail.adding("index", .whole(index)).text)"
    } else {
      expected = "00000 \(JSONB.array(answers).text)"
    }
  }
}

extension Call {
  /// The call as a member of the array that `ptflow_dispatch_many` takes; what is the default is left out.
  fileprivate var event: JSONB {
    let members: [(String, JSONB?)] = [
      ("net", net.map { .text($0) }), ("id", id.map { .text($0) }), ("action", action.map { .text($0) }),
      ("payload", payload.flatMap { $0 == Payload.all[0] ? nil : .printed($0.given) }),
      ("multiple", multiple.flatMap { $0 == 1 ? nil : .whole($0) }), ("expected", expected.map { .whole($0) }),
      ("key", key.map { .text($0) }),
    ]
    return .object(members.compactMap { name, value in value.map { (name, $0) } })
  }
}

extension JSONB {
  fileprivate func adding(_ name: String, _ value: JSONB) -> JSONB {
    guard case .object(let members) = self else { return self }
    return .object(members + [(name, value)])
  }
}

/// Makes a bulk call as who should, and says what became of it; of the answers, all but the hashes.
let bulkFunction = """
  CREATE FUNCTION torture_bulk(caller text, events jsonb)
      RETURNS TABLE (code text, answer text)
      LANGUAGE plpgsql
  AS $$
  DECLARE
      answers jsonb;
  BEGIN
      PERFORM set_config('role', caller, true);
      answers := ptflow_dispatch_many(events);
      PERFORM set_config('role', 'none', true);
      RETURN QUERY SELECT '00000', coalesce(jsonb_agg(a.answer - 'hash' ORDER BY a.number), '[]')::text
                     FROM jsonb_array_elements(answers) WITH ORDINALITY AS a (answer, number);
  EXCEPTION WHEN OTHERS THEN
      GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, answer = PG_EXCEPTION_DETAIL;
      IF answer = '' THEN
          answer := SQLERRM;
      END IF;
      RETURN NEXT;
  END;
  $$
  """
