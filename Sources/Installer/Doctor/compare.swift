/// Compares what was found with what this program writes.
///
/// What is missing is told once, with the object that it is part of; it is mended with all its parts. Pure: it asks nobody.
///
/// - Parameters:
///   - found: what the database says of what is there.
///   - wanted: what it says of the same made anew.
///   - net: the net whose objects these are.
///   - lost: the objects that hold what clients stored: nothing can make them again.
///   - ours: the objects that the catalogue says ptflow made: those that are not wanted any more are taken away.
/// - Returns: the differences, in the order of the facts.
func compare(
  _ found: [Fact], with wanted: [Fact], net: String?, lost: Set<String>, ours: Set<String>
) -> [Difference] {
  let comparison = Comparison(found: found, wanted: wanted, net: net, lost: lost, ours: ours)
  return comparison.missingObjects + comparison.changedAspects + comparison.surplusObjects
}

private struct Comparison {
  let net: String?
  let lost: Set<String>
  let ours: Set<String>
  let found: [Fact]
  let wanted: [Fact]
  let foundObjects: Set<String>
  let wantedObjects: Set<String>
  let foundByKey: [Key: Fact]
  let wantedKeys: Set<Key>
  /// The object of which each is a part.
  let parents: [String: String]

  struct Key: Hashable {
    let object: String
    let aspect: String

    init(_ fact: Fact) { (object, aspect) = (fact.object, fact.aspect) }
  }

  init(found: [Fact], wanted: [Fact], net: String?, lost: Set<String>, ours: Set<String>) {
    (self.net, self.lost, self.ours, self.found, self.wanted) = (net, lost, ours, found, wanted)
    foundObjects = Set(found.map(\.object))
    wantedObjects = Set(wanted.map(\.object))
    foundByKey = Dictionary(found.map { (Key($0), $0) }) { first, _ in first }
    wantedKeys = Set(wanted.map(Key.init))
    parents = Dictionary((wanted + found).compactMap { fact in fact.parent.map { (fact.object, $0) } }) { first, _ in
      first
    }
  }

  /// The outermost object that is missing and that an object is part of, itself included; nil when it is there.
  private func missingRoot(of object: String) -> String? {
    guard !foundObjects.contains(object) else { return nil }
    guard let parent = parents[object], wantedObjects.contains(parent) else { return object }
    return missingRoot(of: parent) ?? object
  }

  /// What stands under the name of a table that is missing.
  private func usurper(of object: String) -> String? {
    guard object.hasPrefix("table ") else { return nil }
    return ["view", "materialized view", "foreign table", "sequence"].map { $0 + object.dropFirst("table".count) }
      .first { foundObjects.contains($0) && !wantedObjects.contains($0) }
  }

  /// Objects that are not there, each with all its parts.
  var missingObjects: [Difference] {
    var roots: [String] = []
    var parts: [String: [Fact]] = [:]
    for fact in wanted {
      guard let root = missingRoot(of: fact.object) else { continue }
      if parts[root] == nil { roots.append(root) }
      parts[root, default: []].append(fact)
    }
    return roots.map { root in
      let facts = parts[root] ?? []
      let definition = facts.first { $0.object == root && $0.aspect == "definition" }
      let inPlace = usurper(of: root)
      let isLost =
        inPlace != nil || lost.contains(root) || (root.hasPrefix("column ") && parents[root].map(lost.contains) == true)
      let mends = isLost ? [] : facts.compactMap(\.mend)
      return Difference(
        net: net, object: root, aspect: "definition", found: nil, wanted: definition?.value ?? "",
        remedy: mends.isEmpty ? .decide : .mend,
        advice: !mends.isEmpty
          ? nil : inPlace.map { .inPlace($0) } ?? (root.hasPrefix("schema ") ? .lostNet(net) : .lost), mends: mends)
    }
  }

  /// Aspects of objects that are there.
  var changedAspects: [Difference] {
    wanted.compactMap { fact in
      guard foundObjects.contains(fact.object) else { return nil }
      let there = foundByKey[Key(fact)]
      guard there?.value != fact.value else { return nil }
      // Rows have the type of a column, and values the one of a domain: neither is changed under them.
      let holdsValues = fact.aspect == "definition" && ["column", "domain", "type"].contains(fact.kind)
      let mend = holdsValues ? nil : fact.mend
      return Difference(
        net: net, object: fact.object, aspect: fact.aspect, found: there?.value, wanted: fact.value,
        remedy: mend == nil ? .decide : .mend,
        advice: mend.map { fact.aspect == "owner" ? .foreignOwner($0.make) : nil } ?? .otherwise,
        mends: mend.map { [$0] } ?? [])
    }
      + found.compactMap { fact in
        wantedObjects.contains(fact.object) && !wantedKeys.contains(Key(fact)) ? surplus(fact) : nil
      }
  }

  /// Objects that nobody wanted; what is part of one of them is not told apart.
  var surplusObjects: [Difference] {
    found.compactMap { fact in
      guard !wantedObjects.contains(fact.object), fact.aspect == "definition" else { return nil }
      let hasTold = fact.parent.map { foundObjects.contains($0) && !wantedObjects.contains($0) } ?? false
      return hasTold ? nil : surplus(fact)
    }
  }

  private func surplus(_ fact: Fact) -> Difference? {
    guard let kind = ours.contains(fact.object) ? .mended : fact.surplus else { return nil }
    let mends = kind == .mended ? fact.unmake.map { [Mend(phase: fact.unmakePhase, make: $0, remake: nil)] } ?? [] : []
    let remedy: Difference.Remedy =
      switch kind {
      case .mended: mends.isEmpty ? .decide : .mend
      case .fault: .decide
      case .remark: .none
      }
    return Difference(
      net: net, object: fact.object, aspect: fact.aspect, found: fact.value, wanted: nil, remedy: remedy,
      advice: kind == .fault ? fact.unmake.map { .foreign($0) } : nil, mends: mends)
  }
}

extension Fact {
  /// The first word of the object.
  fileprivate var kind: String { String(object.prefix { $0 != " " }) }

  fileprivate var mend: Mend? { make.map { Mend(phase: phase, make: $0, remake: remake) } }

  /// What is in the way of what is made goes first; privileges go when they would be given.
  fileprivate var unmakePhase: Int { aspect == "definition" ? 0 : phase }
}

extension String {
  fileprivate static let lost = "Only a backup has what it held: restore it from there."

  fileprivate static func inPlace(_ object: String) -> String {
    "In its place stands the \(object): rename or drop that."
  }

  fileprivate static func lostNet(_ net: String?) -> String {
    "Only a backup has its events: restore the schema from there, or give the net up: ptflow uninstall \(net ?? "NET") "
      + "--with-data"
  }

  fileprivate static let otherwise = "What is stored has this form, so it is not changed: restore it from a backup."

  fileprivate static func foreignOwner(_ statement: String) -> String {
    "Only its owner or a superuser can give it back: \(statement);"
  }

  fileprivate static func foreign(_ statement: String) -> String {
    "It can change what is stored, and is not ptflow's to drop: \(statement);"
  }
}
