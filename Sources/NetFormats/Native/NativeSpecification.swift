import Diagnostics
import PetriNet

extension NativeReader {
  /// Reads what the author says of the net beside what it does.
  mutating func readSpecification(of root: YAMLNode) {
    draft.specification = Specification(
      laws: statements(root["laws"], "a law"), requirements: statements(root["require"], "a requirement"),
      ends: root["ends"].map { ends($0) } ?? [])
  }

  /// A sentence, or a list of them.
  private mutating func statements(_ node: YAMLNode?, _ what: String) -> [Statement] {
    guard let node, !node.isNull else { return [] }
    let nodes = if case .sequence(let nodes) = node.value { nodes } else { [node] }
    return nodes.compactMap { node in
      let location = document.location(of: node)
      guard case .scalar(let scalar) = node.value, !scalar.text.trimmed.isEmpty, scalar.kind == .string else {
        findings.error(.noSentence(what, node.kind), at: location)
        return nil
      }
      let quote = scalar.isPlain || !scalar.isVerbatim ? 0 : 1
      let start = SourceLocation(file: location.file, line: location.line, column: location.column + quote)
      return Statement(scalar.text, location: start, isVerbatim: scalar.isVerbatim)
    }
  }

  /// A final marking, or a list of them.
  private mutating func ends(_ node: YAMLNode) -> [FinalMarking] {
    guard !node.isNull else { return [] }
    let nodes = if case .sequence(let nodes) = node.value { nodes } else { [node] }
    return nodes.compactMap { end($0) }
  }

  /// The name of the place that has the only token, or a map of places to tokens, in which there may be a `for`.
  private mutating func end(_ node: YAMLNode) -> FinalMarking? {
    let location = document.location(of: node)
    switch node.value {
    case .scalar(let scalar):
      guard let name = findings.name(scalar, "a place", at: location), let place = pattern(name, [], at: location)
      else {
        return nil
      }
      return FinalMarking([.init(place.text([:]), tokens: 1, location: location)], location: location)
    case .mapping(let members):
      guard let loop = loop(in: members.forLoop, inside: .once) else { return nil }
      var parts: [FinalMarking.Part] = []
      for member in members where member.key.text != "for" || member.node.isScalar {
        parts += self.parts(member, loop)
      }
      return FinalMarking(parts, location: location)
    case .sequence:
      findings.error(.noEnd, at: location)
      return nil
    }
  }

  /// What a member of the map says, of one place or of several.
  private mutating func parts(_ member: YAMLNode.Member, _ loop: Loop) -> [FinalMarking.Part] {
    let location = document.location(of: member)
    guard let name = findings.name(member.key, "a place", at: location),
      let place = pattern(name, loop.variables, at: location)
    else { return [] }
    let isFree = if case .scalar(let scalar) = member.node.value { scalar.text == "any" } else { false }
    var tokens: Int?
    if !isFree {
      tokens = findings.wholeNumber(member.node, "the number of tokens in \(quoted(name))", least: 0, document)
      guard tokens != nil else { return [] }
    }
    let combinations = place.variables.isEmpty ? [[:]] : loop.combinations(of: place.variables)
    guard spend(place.variables.isEmpty ? 0 : combinations.count, at: location) else { return [] }
    return combinations.map { .init(place.text($0), tokens: tokens, location: location) }
  }
}

extension Diagnostic.Message {
  fileprivate static func noSentence(_ what: String, _ found: String) -> Self {
    Self("\(what) is a text, but \(found) stands here", hint: "put it in quotes: 'stock + packed <= 100'")
  }

  fileprivate static let noEnd = Self(
    "an end is a place, or a map of places to tokens, but a list stands here",
    hint: "write {packed: 1, stock: any} for an end with several places")
}
