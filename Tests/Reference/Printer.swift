public import PetriNet

/// Prints what the database should answer, byte for byte.
public struct Printer: Sendable {
  private let reference: Net
  /// The places in the order in which a `jsonb` keeps them, each with its quoted name.
  private let places: [(index: Int, start: String)]

  /// A printer of a net's answers.
  public init(_ net: Net) {
    reference = net
    places = net.places.enumerated().sorted { JSONB.precedes($0.element.name, $1.element.name) }
      .map { ($0.offset, JSONB.quoted($0.element.name) + ": ") }
  }

  /// A marking by the names of the places.
  public func state(_ marking: Marking) -> String {
    "{" + places.map { "\($0.start)\(marking[$0.index])" }.joined(separator: ", ") + "}"
  }

  /// The answer of a dispatch or a creation.
  public func text(_ answer: Answer, _ link: Chain.Link, in instance: Instance) -> String {
    let event = answer.seq == 0 ? nil : instance.events[answer.seq - 1]
    return JSONB.object([
      ("net", .text(reference.name)), ("id", .text(answer.id)), ("seq", .whole(answer.seq)),
      ("action", .optional(event.map { reference.transitions[$0.transition].name })),
      ("multiple", event.map { .whole($0.multiple) } ?? .null),
      ("state", .printed(state(instance.marking(after: answer.seq)))), ("hash", .text(link.hash)),
      ("at", .text(link.at)), ("replayed", .bool(answer.replayed)),
    ]).text
  }
}
