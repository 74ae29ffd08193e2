import ArgumentParser
import NetAnalysis
import PetriNet

/// Shows why a place holds no more tokens than it does.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the upper bound of a place, and its proof.",
    discussion: """
      The proof is a weighted sum of tokens that no transition increases. A table shows what each transition does to the \
      sum, so the proof can be checked by hand.
      """)

  @Argument(help: "The file of the net.", completion: .file())
  var net: String

  @Argument(help: "The place.")
  var place: String

  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let net = try ReadNet(path: net).net
      guard let place = net.places.firstIndex(where: { $0.name == place }) else {
        throw UnknownName(kind: "place", name: place, known: net.places.map(\.name))
      }
      let explanation = Explanation(of: place, in: net)
      if output.json { sayJSON(explanation.jsonValue) } else { say(explanation.words) }
    }
  }
}

/// What can be said of the tokens of a place.
private struct Explanation {
  let net: Net
  let place: Int
  let bound: PlaceBound?
  /// The equalities in which the place has a part.
  let equalities: [Invariant]

  init(of place: Int, in net: Net) {
    self.net = net
    self.place = place
    let facts = LinearFacts(of: net)
    bound = facts.bounds[place]
    equalities = facts.invariants.filter { $0.terms.contains { $0.index == place } }
  }

  var words: Words {
    let name = net.places[place].name
    var paragraphs: [Words]
    switch bound?.proof {
    case nil:
      paragraphs = [
        """
        No upper bound of \(name) is known: no weighted sum of tokens with \(name) in it is proved never to grow. A \
        capacity in the net would bound it.
        """
      ]
    case .capacity:
      paragraphs = ["\(name) holds at most \(tokens(bound?.most ?? 0)): this is its capacity."]
    case .invariant(let invariant):
      paragraphs = ["\(name) holds at most \(tokens(bound?.most ?? 0)), because in every reachable marking"]
      paragraphs.append("  \(invariant.words(in: net))")
      paragraphs += [capacities(of: invariant), reason(invariant)].compactMap(\.self)
      paragraphs.append(changes(of: invariant))
    }
    let others = equalities.filter { bound?.proof != .invariant($0) }
    if !others.isEmpty {
      paragraphs.append("Always true as well:")
      paragraphs.append(Words(others.map { "  \($0.words(in: net))" }))
    }
    return Words(Array(paragraphs.map { [$0] }.joined(separator: [""])))
  }

  private func tokens(_ count: Int) -> String { "\(count) token\(count == 1 ? "" : "s")" }

  private func reason(_ invariant: Invariant) -> Words {
    let initial = invariant.terms.reduce(Int128(0)) { $0 + Int128($1.weight) * Int128(net.places[$1.index].initial) }
    let growth =
      invariant.relation == .equal
      ? "no transition changes it" : "no transition makes it larger than \(invariant.value)"
    return "The sum is \(initial) in the initial marking, and \(growth):"
  }

  /// The capacities without which the sum would prove nothing.
  private func capacities(of invariant: Invariant) -> Words? {
    let full = invariant.terms.filter { $0.weight < 0 }.map { term in
      "\(net.places[term.index].name) ≤ \(net.places[term.index].capacity ?? 0)"
    }
    return full.isEmpty ? nil : "with the capacit\(full.count == 1 ? "y" : "ies") \(full.joined(separator: ", "))."
  }

  /// What each transition that touches the sum does to it.
  private func changes(of invariant: Invariant) -> Words {
    let weights = Dictionary(uniqueKeysWithValues: invariant.terms.map { ($0.index, $0.weight) })
    let rows = net.transitions.indices.compactMap { transition -> [String]? in
      let effects = net.effects(of: transition).filter { weights[$0.place] != nil && ($0.resets || $0.change != 0) }
      guard !effects.isEmpty else { return nil }
      var sum = Int128(0)
      let parts = effects.map { effect in
        let name = net.places[effect.place].name
        let weight = weights[effect.place] ?? 0
        let most = effect.resets ? effect.output - max(effect.input, effect.read ?? 0) : effect.change
        sum += Int128(weight) * Int128(most)
        let factor = weight == 1 ? "" : "\(weight)·"
        return effect.resets ? "\(factor)\(name) to \(effect.output)" : "\(factor)\(name) \(most > 0 ? "+" : "")\(most)"
      }
      let resets = effects.count(where: \.resets)
      guard resets < invariant.terms.count else {
        let left = effects.reduce(Int128(0)) { $0 + Int128(weights[$1.place] ?? 0) * Int128($1.output) }
        return [net.transitions[transition].name, parts.joined(separator: ", "), "= \(left)"]
      }
      return [net.transitions[transition].name, parts.joined(separator: ", "), (resets > 0 ? "≤ " : "") + "\(sum)"]
    }
    return table(["transition", "does", "to the sum"], rows)
  }

  var jsonValue: JSONValue {
    [
      "net": .string(net.name),
      "place": .string(net.places[place].name),
      "most": JSONValue(bound?.most),
      "proof": bound.map { $0.proof.jsonValue(in: net) } ?? .null,
      "equalities": .array(equalities.map { $0.jsonValue(in: net) }),
    ]
  }
}

extension PlaceBound.Proof {
  fileprivate func jsonValue(in net: Net) -> JSONValue {
    switch self {
    case .capacity: ["kind": "capacity"]
    case .invariant(let invariant): ["kind": "invariant", "invariant": invariant.jsonValue(in: net)]
    }
  }
}

extension Invariant {
  fileprivate func jsonValue(in net: Net) -> JSONValue {
    [
      "words": .string(words(in: net)),
      "terms": .array(
        terms.map { ["place": .string(net.places[$0.index].name), "weight": .number($0.weight)] }),
      "relation": .string(relation == .equal ? "equal" : "at most"),
      "value": .number(value),
    ]
  }
}
