import Installer
import JSON

/// OCEL 2.0 as JSON: an object an instance, of the type of its net; an event an event. Objects come first.
struct OCELWriter: EventWriter {
  /// The nets, each with its transitions.
  let types: [(net: String, actions: [String])]
  private var isFirst = true

  init(_ types: [(net: String, actions: [String])]) { self.types = types }

  func head() -> String {
    let objects = types.map { JSONValue.object([("name", .string($0.net)), ("attributes", .array([]))]) }
    let names = types.flatMap { type in
      type.actions.map { action in
        JSONValue.object([
          ("name", .string(name(action, in: type.net))),
          (
            "attributes",
            .array(
              ["actor", "role", "key", "payload"].map { ["name": .string($0), "type": .string("string")] }
                + ["seq", "multiple"].map { ["name": .string($0), "type": .string("integer")] })
          ),
        ])
      }
    }
    return """
      {"objectTypes": \(JSONValue.array(objects).text),
      "eventTypes": \(JSONValue.array(names).text),
      "objects": [
      """
  }

  mutating func event(_ event: StoredEvent) -> String {
    guard event.seq > 0 else { return "" }
    defer { isFirst = false }
    let attributes: [(String, JSONValue)] =
      [
        ("actor", .string(event.actor)), ("role", .string(event.role)), ("payload", .string(event.payload)),
        ("seq", .number(event.seq)), ("multiple", .number(event.multiple)),
      ] + (event.key.map { [("key", .string($0))] } ?? [])
    let value: JSONValue = [
      "id": .string("\(event.net)/\(event.id)/\(event.seq)"), "type": .string(name(event.action, in: event.net)),
      "time": .string(event.at),
      "attributes": .array(attributes.map { ["name": .string($0.0), "value": $0.1] }),
      "relationships": [["objectId": .string("\(event.net)/\(event.id)"), "qualifier": .string("instance")]],
    ]
    return (isFirst ? "\n" : ",\n") + value.text
  }

  func foot() -> String { "\n]}\n" }

  /// What stands between the objects and the events.
  mutating func middle() -> String {
    isFirst = true
    return "\n],\n\"events\": ["
  }

  /// An instance.
  mutating func object(net: String, id: String) -> String {
    defer { isFirst = false }
    let value: JSONValue = [
      "id": .string("\(net)/\(id)"), "type": .string(net), "attributes": [], "relationships": [],
    ]
    return (isFirst ? "\n" : ",\n") + value.text
  }

  /// A type of events: transitions of several nets may have one name.
  private func name(_ action: String, in net: String) -> String { types.count == 1 ? action : "\(net): \(action)" }
}
