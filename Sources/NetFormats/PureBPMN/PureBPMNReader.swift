import Diagnostics
import PetriNet

/// Reads PureBPMN's configuration: a model becomes a transition, and a place stands for the queue between two models.
///
/// A model that takes from any of several queues becomes a transition for each of them; one that can fail has another
/// for that.
struct PureBPMNReader: NetReader {
  static func recognises(_ source: SourceFile) -> Bool {
    var cursor = TextCursor(source)
    while true {
      cursor.takeAll(\.isXMLSpace)
      guard let next = cursor.next, next == UInt8(ascii: "#") || next == UInt8(ascii: ";") else { break }
      cursor.takeAll { !$0.isNewline }
    }
    return cursor.takeAll { !$0.isNewline }.trimmed == "[model]"
  }

  var findings: Findings
  var draft = Draft()
  private let configuration: Configuration
  private var places = NamedNodes<Place>()
  private var transitions = NamedNodes<Transition>()

  init(_ source: SourceFile, _ findings: Findings) {
    self.findings = findings
    draft.naming = .name
    draft.location = SourceLocation(file: source.name, line: 1, column: 1)
    configuration = Configuration(source, &self.findings)
  }

  mutating func read() {
    let models = self.models()
    /// The models that put into each model's queues, in their order.
    var sources: [String: [Name]] = [:]
    var suggestions = Suggestions(from: models.map(\.name.id))
    for model in models {
      var known: Set<String> = []
      for next in model.onSuccess + model.onFailure {
        guard models.contains(next.id) else {
          findings.error(.unknownModel(next.id, suggestions.nearest(to: next.id)), at: next.location)
          continue
        }
        if known.insert(next.id).inserted {
          sources[next.id, default: []].append(Name(id: model.name.id, location: next.location))
        }
      }
    }
    for model in models where model.type != "connection" || sources[model.name.id] != nil {
      add(model, takingFrom: sources[model.name.id] ?? [])
    }
    draft.add(places, transitions, &findings)
  }
}

extension PureBPMNReader {
  /// A model as its section says it.
  private struct Model {
    let name: Name
    let type: String
    let takesAll: Bool
    let onSuccess: [Name]
    let onFailure: [Name]
  }

  /// Models in their order, found by name.
  private struct Models: Sequence {
    private(set) var all: [Model] = []
    private var names: Set<String> = []

    mutating func append(_ model: Model) {
      names.insert(model.name.id)
      all.append(model)
    }

    func contains(_ name: String) -> Bool { names.contains(name) }

    func makeIterator() -> IndexingIterator<[Model]> { all.makeIterator() }
  }

  private mutating func models() -> Models {
    var models = Models()
    guard let keys = configuration.sections["model"]?.values["keys"] else {
      findings.error(.noKeys, at: draft.location)
      return models
    }
    for name in keys.names {
      guard let section = configuration.sections["model_" + name.id] else {
        findings.error(.noSection(name.id), at: name.location)
        continue
      }
      guard !models.contains(name.id) else {
        findings.error(.modelTwice(name.id), at: name.location)
        continue
      }
      models.append(model(Name(id: name.id, location: section.location), section))
    }
    for (key, section) in configuration.sections.sorted(by: { $0.value.order < $1.value.order }) where key != "model" {
      if key.hasPrefix("model_"), models.contains(String(key.dropFirst(6))) { continue }
      findings.warn(.unlisted(key), at: section.location)
    }
    return models
  }

  private mutating func model(_ name: Name, _ section: Configuration.Section) -> Model {
    let isConnection = section.values["type"]?.text == "connection"
    for (key, value) in section.values.sorted(by: { $0.value.offset < $1.value.offset })
    where !Self.known.contains(key) && !isConnection {
      var suggestions = Suggestions(from: Self.known)
      findings.error(.unknownKey(key, suggestions.nearest(to: key)), at: value.keyLocation)
    }
    if let delay = section.values["delay"], delay.text != "0", !delay.text.isEmpty {
      findings.warn(.delay, at: delay.keyLocation)
    }
    func word(_ key: String, _ allowed: [String]) -> String {
      guard let value = section.values[key], !value.text.isEmpty else { return allowed[0] }
      if !allowed.contains(value.text) { findings.error(.value(key, value.text, allowed), at: value.location) }
      return value.text
    }
    return Model(
      name: name, type: word("type", ["transfer", "generator", "sink", "connection"]),
      takesAll: word("input_ports", ["any", "all"]) == "all", onSuccess: section.values["OnSuccess"]?.names ?? [],
      onFailure: section.values["OnFailure"]?.names ?? [])
  }

  private static let known = [
    "type", "module", "class", "method", "OnSuccess", "OnFailure", "thread_pool_max", "thread_count", "queue_count",
    "input_ports", "delay",
  ]

  /// A model that takes from any of many and gives to many becomes no more arcs than this.
  private static let mostArcs = 100_000

  /// Adds the transitions of a model. What has no predecessor runs once.
  private mutating func add(_ model: Model, takingFrom sources: [Name]) {
    let name = model.name.id
    var inputs = sources.map { source in
      (place: queue(from: source.id, to: name, at: source.location), suffix: source.id, location: source.location)
    }
    if inputs.isEmpty {
      let place = Place("\(name).start", initial: 1, location: model.name.location)
      _ = places.declare(place)
      inputs = [(place.name, "", model.name.location)]
    }
    let ways = model.takesAll || inputs.count == 1 ? [inputs] : inputs.map { [$0] }
    let successors = model.onSuccess.count + model.onFailure.count
    guard ways.count.multipliedReportingOverflow(by: successors + 1).partialValue <= Self.mostArcs else {
      return findings.error(.tooMany(name, ways.count, successors), at: model.name.location)
    }
    for way in ways {
      let base = ways.count == 1 ? name : "\(name).\(way[0].suffix)"
      add(base, of: model, taking: way.map { ($0.place, $0.location) }, giving: model.onSuccess)
      if !model.onFailure.isEmpty {
        add("\(base).failed", of: model, taking: way.map { ($0.place, $0.location) }, giving: model.onFailure)
      }
    }
  }

  private mutating func add(
    _ transition: String, of model: Model, taking inputs: [(String, SourceLocation)], giving successors: [Name]
  ) {
    if transitions[transition] != nil { findings.error(.nameTwice(transition), at: model.name.location) }
    _ = transitions.declare(Transition(transition, location: model.name.location))
    for (place, location) in inputs {
      draft.addArc(place: place, transition: transition, isOutput: false, weight: 1, at: location)
    }
    for next in successors {
      let place = queue(from: model.name.id, to: next.id, at: next.location)
      draft.addArc(place: place, transition: transition, isOutput: true, weight: 1, at: next.location)
    }
  }

  /// The place of the queue between two models.
  private mutating func queue(from source: String, to target: String, at location: SourceLocation) -> String {
    let index = places.declare(Place("\(source) to \(target)", location: location))
    return places[index].name
  }
}

extension Diagnostic.Message {
  fileprivate static let noKeys = Self("[model] has no keys", hint: "write keys=a,b for the models a and b")

  fileprivate static func noSection(_ model: String) -> Self {
    Self("the model \(quoted(model)) has no section", hint: "write [model_\(clipped(model))]")
  }

  fileprivate static func modelTwice(_ model: String) -> Self {
    Self("the model \(quoted(model)) is named twice", hint: "name it once")
  }

  fileprivate static func nameTwice(_ transition: String) -> Self {
    Self("two transitions would be called \(quoted(transition))", hint: "rename the model")
  }

  fileprivate static func unlisted(_ section: String) -> Self {
    Self("the section \(quoted(section)) is of no model, and not read", hint: "name the model in keys of [model]")
  }

  fileprivate static func unknownKey(_ key: String, _ near: String?) -> Self {
    Self(
      "\(quoted(key)) means nothing in a model",
      hint: near.map { "did you mean \(quoted($0))?" } ?? "remove it, if the net means the same without it")
  }

  fileprivate static func value(_ key: String, _ text: String, _ allowed: [String]) -> Self {
    Self("\(key) is \(quoted(text))", hint: "it is \(allowed.joined(separator: ", "))")
  }

  fileprivate static func unknownModel(_ name: String, _ near: String?) -> Self {
    Self(
      "\(quoted(name)) is no model", hint: near.map { "did you mean \(quoted($0))?" } ?? "name it in keys of [model]")
  }

  fileprivate static func tooMany(_ model: String, _ queues: Int, _ successors: Int) -> Self {
    Self(
      "the model \(quoted(model)) takes from any of \(queues) and gives to \(successors), which are too many arcs",
      hint: "put a model between them")
  }

  fileprivate static let delay = Self(
    "delay says when the model runs; time is not kept", hint: "transitions fire when they are called")
}
