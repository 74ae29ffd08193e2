import Diagnostics
import PetriNet

/// An arc of an entry, before the entry is repeated.
private struct ArcPattern {
  let section: ArcSection
  let place: Pattern
  let weight: Int
  /// The loop of the map in which it stands.
  let loop: Loop
}

/// The keys of a transition that name places.
private enum ArcSection: String, CaseIterable {
  case takes, gives, reads, unless, resets

  var kind: DraftArc.Kind {
    switch self {
    case .takes, .gives: .normal
    case .reads: .read
    case .unless: .inhibitor
    case .resets: .reset
    }
  }
}

extension NativeReader {
  mutating func read(transition member: YAMLNode.Member) {
    guard let entry = entry(member, "a transition") else { return }
    let node = findings.map(member.node, entry.title, document) ?? .empty
    findings.check(node, .transition, document)
    let roles = node["by"].map { patterns(of: $0, "a role", entry.loop) } ?? []
    let about = findings.prose(node["about"], "about", document)
    let arcs = ArcSection.allCases.flatMap { section in
      node[section.rawValue].map { self.arcs($0, section, entry.loop) } ?? []
    }
    for (name, values) in repeated(entry) {
      if let earlier = transitions[name] {
        findings.error(.nameTwice("transition", name, transitions[earlier].location), at: entry.name.location)
        continue
      }
      var transition = Transition(name, location: entry.name.location)
      transition.roles = self.roles(roles, values)
      transition.about = about?.replacing(values)
      transition.payload = node["payload"].flatMap { payload($0, values) }
      transition.when = node["when"].flatMap { condition($0, values) }
      _ = transitions.declare(transition)
      add(arcs, to: name, values)
    }
  }

  /// The roles of a transition under their names.
  private mutating func roles(_ patterns: [Pattern], _ values: Loop.Values) -> [String] {
    var roles: [String] = []
    for pattern in patterns {
      let role = pattern.text(values)
      if roles.contains(role) {
        errorOnce(.roleTwice(role), at: pattern.location)
      } else {
        roles.append(role)
      }
      guard let declaredRoles, !declaredRoles.contains(role), ![Role.default, Role.all].contains(role) else { continue }
      var suggestions = Suggestions(from: declaredRoles)
      errorOnce(.unknownRole(role, suggestions.nearest(to: role)), at: pattern.location)
    }
    return roles == [Role.default] ? [] : roles
  }

  /// One name or a list of them.
  private mutating func patterns(of node: YAMLNode, _ what: String, _ loop: Loop) -> [Pattern] {
    switch node.value {
    case .scalar(let scalar):
      let location = document.location(of: node)
      return findings.name(scalar, what, at: location).flatMap { pattern($0, loop.variables, at: location) }
        .map { [$0] } ?? []
    case .sequence(let nodes): return nodes.flatMap { only(name: $0, what, loop) }
    case .mapping:
      findings.error(.noNames(what, node.kind), at: document.location(of: node))
      return []
    }
  }

  /// A name in a list, where no further lists may stand.
  private mutating func only(name node: YAMLNode, _ what: String, _ loop: Loop) -> [Pattern] {
    if case .scalar = node.value { return patterns(of: node, what, loop) }
    findings.error(.noNames(what, node.kind), at: document.location(of: node))
    return []
  }

  /// A name, a list of names, or a map of names to weights, in which there may be a `for` as well.
  private mutating func arcs(_ node: YAMLNode, _ section: ArcSection, _ outer: Loop) -> [ArcPattern] {
    guard !node.isNull else { return [] }
    guard case .mapping(let members) = node.value else {
      return patterns(of: node, "a place", outer).map {
        ArcPattern(section: section, place: $0, weight: 1, loop: .once)
      }
    }
    guard let inner = loop(in: members.forLoop, inside: outer) else { return [] }
    return members.compactMap { member in
      let location = document.location(of: member)
      guard member.key.text != "for" || member.node.isScalar,
        let name = findings.name(member.key, "a place", at: location),
        let place = pattern(name, outer.variables + inner.variables, at: location),
        let weight = findings.wholeNumber(member.node, "the weight of \(quoted(name))", least: 1, document)
      else { return nil }
      if section == .resets, weight != 1 {
        findings.error(.resetWeight(weight), at: document.location(of: member.node))
      }
      return ArcPattern(section: section, place: place, weight: section == .resets ? 1 : weight, loop: inner)
    }
  }

  /// Adds the arcs of a transition; what is named several times under one key adds up.
  private mutating func add(_ patterns: [ArcPattern], to transition: String, _ values: Loop.Values) {
    struct Key: Hashable {
      let section: ArcSection
      let place: String
    }
    var weights: [Key: (index: Int, weight: Int)] = [:]
    var ends: [(key: Key, location: SourceLocation)] = []
    for pattern in patterns {
      // Once there are too many names, no more combinations are made.
      guard spend(0, at: pattern.place.location) else { return }
      let own = pattern.place.variables.filter(pattern.loop.variables.contains)
      let combinations = own.isEmpty ? [values] : pattern.loop.combinations(of: own).map { $0.merging(values) { $1 } }
      guard spend(values.isEmpty && own.isEmpty ? 0 : combinations.count, at: pattern.place.location) else { return }
      for values in combinations {
        let key = Key(section: pattern.section, place: pattern.place.text(values))
        guard let known = weights[key] else {
          weights[key] = (ends.count, pattern.weight)
          ends.append((key, pattern.place.location))
          continue
        }
        let (sum, overflow) = known.weight.addingReportingOverflow(pattern.weight)
        if overflow {
          findings.error(.tooLarge("the weight of \(quoted(key.place))", "the sum"), at: pattern.place.location)
        } else if pattern.section != .resets {
          weights[key]?.weight = sum
        }
      }
    }
    for (key, location) in ends {
      _ = places.mention(Place(key.place, location: location))
      draft.addArc(
        place: key.place, transition: transition, isOutput: key.section == .gives, kind: key.section.kind,
        weight: weights[key]?.weight ?? 1, at: location)
    }
  }
}

extension YAMLNode {
  /// Whether it is neither a list nor a map.
  var isScalar: Bool { if case .scalar = value { true } else { false } }
}

extension [YAMLNode.Member] {
  /// The `for` of a map of places. A place may be called so as well: then a number stands there.
  var forLoop: YAMLNode? { first { $0.key.text == "for" && !$0.node.isScalar }?.node }
}

extension YAMLMembers {
  fileprivate static let transition = Self(
    what: "a transition",
    known: ["by", "takes", "gives", "reads", "unless", "resets", "payload", "when", "about", "for"],
    later: ["task", "outcomes", "after", "at", "every", "auto"])
}

extension Diagnostic.Message {
  fileprivate static func roleTwice(_ role: String) -> Self {
    Self("the role \(quoted(role)) is named twice", hint: "name it once")
  }

  fileprivate static func unknownRole(_ role: String, _ near: String?) -> Self {
    Self(
      "\(quoted(role)) is none of the roles of this net",
      hint: near.map { "did you mean \(quoted($0))?" } ?? "add it to roles")
  }

  fileprivate static func noNames(_ what: String, _ found: String) -> Self {
    Self(
      "the name of \(what) stands here, or a list of names, but this is \(found)",
      hint: "a weight stands in a map: {name: 2}")
  }

  fileprivate static func resetWeight(_ weight: Int) -> Self {
    Self("a reset has no weight, but \(weight) stands here", hint: "it empties the place; write 1, or a list of names")
  }
}
