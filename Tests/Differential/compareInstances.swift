import PetriNet
import Postgres
import Reference

/// Compares all that is there in the end: the instances, their markings and events, and that the chains are intact.
///
/// - Parameters:
///   - reference: what there should be.
///   - chain: the times and hashes that were seen; without it, these are not compared.
///   - arena: the database.
/// - Throws: the first `Difference`.
func compareInstances(_ reference: ReferenceNet, _ chain: Chain? = nil, in arena: borrowing Arena) throws {
  let printer = Printer(reference.net)
  let net = reference.net.name
  let ids = reference.ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  let states = try arena.connection.query(
    """
    SELECT ptflow_state($1, s.id) - $2::text
      FROM \(Arena.states(of: reference.net)) AS s
     ORDER BY s.id COLLATE "C"
    """, [net, chain == nil ? "at" : ""])
  try compareTexts(nil, "\(ids.count) instances", "\(states.count) instances")
  for (id, row) in zip(ids, states) {
    guard let instance = reference[id] else { continue }
    let at = chain?.link(id, instance.events.count).map { [("at", JSONB.text($0.at))] } ?? []
    let expected: JSONB = .object(
      [
        ("net", .text(net)), ("id", .text(id)), ("seq", .whole(instance.events.count)),
        ("state", .printed(printer.state(instance.marking))),
      ] + at)
    try compareTexts(nil, expected.text, row[0] ?? "")
    try compareEvents(of: id, instance, reference, chain, in: arena)
  }
  let problems = try arena.connection.query("SELECT v::text FROM ptflow_verify($1) AS v", [net])
  try compareTexts(nil, "", problems.map { $0[0] ?? "" }.joined(separator: "\n"))
}

private func compareEvents(
  of id: String, _ instance: Instance, _ reference: ReferenceNet, _ chain: Chain?, in arena: borrowing Arena
) throws {
  let printer = Printer(reference.net)
  let rows = try arena.connection.query(
    """
    SELECT e.seq, e.action, e.multiple, e.payload, e.state, e.actor, e.role, e.key, to_jsonb(e.at) #>> '{}', e.hash
      FROM ptflow_events($1, $2) AS e
    """, [reference.net.name, id])
  try compareTexts(nil, "\(instance.events.count) events of \(id)", "\(rows.count) events of \(id)")
  for (number, (event, row)) in zip(instance.events, rows).enumerated() {
    let known: [String?] = [
      "\(number + 1)", reference.net.transitions[event.transition].name, "\(event.multiple)", event.payload.printed,
      printer.state(event.marking), event.actor, event.role, event.key,
    ]
    let expected = known + (chain.map { [$0.link(id, number + 1)?.at, $0.link(id, number + 1)?.hash] } ?? [])
    try compareTexts(nil, line(expected), line(row.values.prefix(expected.count)))
  }
}

private func line(_ values: some Sequence<String?>) -> String {
  values.map { $0 ?? "NULL" }.joined(separator: " | ")
}
