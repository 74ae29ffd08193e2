import Diagnostics
internal import JSON
public import PetriNet

/// Writes a net in the native format, which can say all of it but its drawing, as `formatted` lays it out.
///
/// - Parameter net: the net.
/// - Returns: the text of a file; reading it gives a net with the same canonical form, in the same order.
public func nativeFile(of net: Net) -> String {
  let text = plainNativeFile(of: net)
  return (try? formatted(SourceFile(name: "net.ptflow.yaml", text: text))) ?? text
}

/// The same, of which some lines may be too long.
private func plainNativeFile(of net: Net) -> String {
  var lines = ["net: \(nativeText(net.name))"]
  if let about = net.about ?? net.title { lines.append("about: \(nativeText(about))") }
  if net.keepsStates == true { lines.append("keeps: states") }
  // Roles that transitions name and nothing else is said of are said by them.
  if net.roles.contains(where: { $0.mayCreate || $0.mayDestroy }) || !net.rolesAreThoseOfTransitions {
    lines += ["", "roles:"] + net.roles.map { "  \(key($0.name)):\(rights($0))" }
  }
  if !net.places.isEmpty { lines += ["", "places:"] + net.places.map { "  \(key($0.name)):\(state($0))" } }
  if !net.transitions.isEmpty { lines += ["", "transitions:"] + net.transitions.indices.flatMap(net.entry) }
  lines += net.specification.sections
  return lines.joined(separator: "\n") + "\n"
}

/// A name as a key, or in a list.
private func key(_ name: String) -> String { nativeText(name.asPattern) }

private func rights(_ role: Role) -> String {
  let rights = (role.mayCreate ? ["creates: true"] : []) + (role.mayDestroy ? ["destroys: true"] : [])
  return rights.isEmpty ? "" : " {\(rights.joined(separator: ", "))}"
}

private func state(_ place: Place) -> String {
  var parts = place.initial == 0 ? [] : ["start: \(place.initial)"]
  if let capacity = place.capacity { parts.append("capacity: \(capacity)") }
  if let about = place.about { parts.append("about: \(nativeText(about))") }
  if parts.isEmpty { return "" }
  return place.capacity == nil && place.about == nil ? " \(place.initial)" : " {\(parts.joined(separator: ", "))}"
}

extension Specification {
  /// The keys for what is said, each with an item a line.
  fileprivate var sections: [String] {
    func section(_ key: String, _ items: [String]) -> [String] {
      items.isEmpty ? [] : ["", "\(key):"] + items.map { "  - \($0)" }
    }
    return section("ends", ends.map(written)) + section("laws", laws.map { nativeText($0.text) })
      + section("require", requirements.map { nativeText($0.text) })
  }

  private func written(_ end: FinalMarking) -> String {
    if end.parts.count == 1, end.parts[0].tokens == 1 { return key(end.parts[0].place) }
    let parts = end.parts.map { "\(key($0.place)): \($0.tokens.map(String.init) ?? "any")" }
    return "{\(parts.joined(separator: ", "))}"
  }
}

extension Net {
  /// Whether the roles are those that transitions name, in that order.
  fileprivate var rolesAreThoseOfTransitions: Bool {
    var seen: Set<String> = []
    return roles.map(\.name) == transitions.flatMap(\.roles).filter { seen.insert($0).inserted }
  }

  /// A transition: on one line where it is short, and else a key a line.
  fileprivate func entry(_ index: Int) -> [String] {
    let transition = transitions[index]
    var parts: [String] = []
    if let about = transition.about { parts.append("about: \(nativeText(about))") }
    if !transition.roles.isEmpty {
      let names = transition.roles.map(key)
      parts.append("by: " + (names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]"))
    }
    for (word, kind) in [
      ("takes", Arc.Kind.input), ("gives", .output), ("reads", .read), ("unless", .inhibitor), ("resets", .reset),
    ] {
      let weights = arcs(of: index).filter { $0.kind == kind }.map {
        (key(places[$0.place].name), kind == .reset ? 1 : $0.weight)
      }
      if !weights.isEmpty { parts.append("\(word): \(written(weights))") }
    }
    if let rule = transition.payload { parts.append("payload: \(rule.document.json)") }
    if let condition = transition.when { parts.append("when: \(nativeText(condition.text))") }
    let name = "  \(key(transition.name)):"
    let line = "\(name) {\(parts.joined(separator: ", "))}"
    if parts.isEmpty { return [name] }
    return line.count <= 120 && transition.about == nil ? [line] : [name] + parts.map { "    \($0)" }
  }

  /// Places with their weights, as short as they can be said.
  private func written(_ weights: [(name: String, weight: Int)]) -> String {
    guard weights.allSatisfy({ $0.weight == 1 }) else {
      return "{\(weights.map { "\($0.name): \($0.weight)" }.joined(separator: ", "))}"
    }
    return weights.count == 1 ? weights[0].name : "[\(weights.map(\.name).joined(separator: ", "))]"
  }
}
