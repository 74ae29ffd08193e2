import PetriNet
import Reference

/// A case in which the database and the reference differ, as small as it could be made.
public struct Finding: Error, Sendable, CustomStringConvertible {
  let seed: UInt64
  let one: Case
  let calls: [Call]
  let difference: Difference

  /// The net in its canonical form, the calls as SQL, and what differs.
  public var description: String {
    """
    The database differs from the reference; the seed is \(seed). The net "\(one.net.name)":

    \(one.net.canonicalForm)
    The member holds \(one.memberRoles.isEmpty ? "no role" : one.memberRoles.joined(separator: ", ")). The calls:

    \(calls.map { $0.statement(member: Arena.member) }.joined(separator: "\n"))

    \(difference.call.map { "call \($0 + 1)" } ?? "in the end")
    expected: \(difference.expected)
    found:    \(difference.found)
    """
  }
}

/// Compares a case of a seed with the reference, in a database where its net is installed. A net in which nothing can
/// ever happen gets few calls.
///
/// - Returns: what became of the calls.
/// - Throws: a `Finding`.
public func compare(seed: UInt64, _ one: Case, calls most: Int, in arena: borrowing Arena) throws -> Tally {
  let net = one.net
  let lives = net.transitions.indices.contains { net.enables($0, in: net.initialMarking) }
  let count = lives ? most : min(most, batch)
  var bout = try Bout(one, in: arena)
  var generator = CallGenerator(seed: ~seed)
  do {
    while bout.calls.count < count {
      try bout.run(min(batch, count - bout.calls.count), in: arena) { reference in
        generator.next(on: reference)
      } note: { call, outcome in
        generator.note(call, wasRefused: (try? outcome.get()) == nil)
      }
    }
    try bout.finish(in: arena)
  } catch {
    throw shrink(seed, one, Array(bout.calls), difference(error))
  }
  var tally = bout.tally
  tally.nets = 1
  tally.instances = bout.reference.ids.count
  return tally
}

/// How many calls one round trip carries.
private let batch = 100

/// An error as a difference: what the session said, if it was not a difference already.
func difference(_ error: any Error) -> Difference {
  error as? Difference ?? Difference(call: nil, expected: "a session that goes on", found: "\(error)")
}

/// Makes calls on a net in a database of its own, and says where it differs from the reference.
func difference(of one: Case, _ calls: [Call]) -> Difference? {
  do {
    try Arena.with([one]) { arena in
      var bout = try Bout(one, in: arena)
      for start in stride(from: 0, to: calls.count, by: batch) {
        var rest = calls[start..<min(start + batch, calls.count)]
        try bout.run(rest.count, in: arena, next: { _ in rest.removeFirst() })
      }
      try bout.finish(in: arena)
    }
    return nil
  } catch {
    return difference(error)
  }
}
