internal import Diagnostics
internal import JSON
public import PetriNet

extension Net {
  /// The same net with rules on some of its transitions: schemas that some payloads fulfil, and guards over all that a
  /// guard sees but the time, some of which have no value now and then.
  public func withRules(using generator: inout SeededGenerator) -> Net {
    let transitions = transitions.map { transition in
      var transition = transition
      let schema = generator.once(in: 2) ? schemas.randomElement(using: &generator) : nil
      transition.payload = schema.flatMap(rule)
      guard !generator.once(in: 3) else { return transition }
      let guards = guards(knowing: schema, using: &generator)
      transition.when = guards.randomElement(using: &generator).flatMap { try? Guard($0) }
      return transition
    }
    return (try? having(transitions: transitions)) ?? self
  }

  private func guards(knowing schema: String?, using generator: inout SeededGenerator) -> [String] {
    func place() -> String { "tokens[\(json(places.randomElement(using: &generator)?.name ?? ""))]" }
    var guards = [
      "\(place()) > 0", "\(place()) >= \(place())", "multiple < 3", "seq % 3 != 1", "role == '*' || actor == 'ann'",
      "size(id) < 6 && \(place()) < 100", "12 / \(place()) > 2", "\(place()) + multiple > 4",
      "!(id in ['i1', 'i2'])", "\(place()) == seq || multiple == 1", "[\(place()), seq].exists(n, n > 1)", "false",
    ]
    switch schema {
    case objectWithX?:
      guards += [
        "payload.x > 0.5", "!has(payload.x) || payload.x < \(place())", "has(payload.x) ? payload.x == 1.0 : seq > 2",
      ]
    case numbers?: guards += ["payload * 2 >= 3.0", "payload > \(place())"]
    default: break
    }
    return guards
  }
}

private func rule(_ schema: String) -> PayloadRule? {
  guard let node = try? parseJSON(Array(schema.utf8), title: "the schema", deepest: 100) else { return nil }
  return try? PayloadRule(node) { _ in .unknown }
}

private let objectWithX = #"{"type": "object", "properties": {"x": {"type": "number"}}}"#

private let numbers = #"{"type": "number"}"#

private let schemas = [
  objectWithX, objectWithX, numbers, "true", #"{"type": ["object", "number"]}"#,
  #"{"type": "object", "required": ["x"], "properties": {"x": {"minimum": 1}}}"#, #"{"not": {"type": "null"}}"#,
  #"{"enum": [{}, 1.5, {"x": 1}]}"#, #"{"minProperties": 1, "maxItems": 1}"#, #"{"minLength": 1, "multipleOf": 0.5}"#,
]
