import Diagnostics
import PetriNet

/// How the nodes of a net get their names, which must be unique, from ids, which are, and labels, which may not be.
enum Naming {
  /// The label; the ids are numbers that the author never sees. (PNEditor)
  case label
  /// The label where no other node of the kind has it, and else the id. (PNML, PIPE)
  case uniqueLabel
  /// The id. (bitwrap, pflow.xyz)
  case id
  /// The label as it stands: what the format calls a node by. (TINA, LoLA)
  case name
}

/// A place or a transition.
protocol Nameable {
  /// What messages call one.
  static var kind: String { get }
  /// The label at first, the name in the end.
  var name: String { get set }
  var location: SourceLocation { get set }
}

extension Place: Nameable {
  static var kind: String { "place" }
}

extension Transition: Nameable {
  static var kind: String { "transition" }
}

extension Draft {
  /// The places under their names.
  func named(_ places: [Place], _ findings: inout Findings) -> [Place] { named(places, placeIDs, &findings) }

  /// The transitions under their names.
  func named(_ transitions: [Transition], _ findings: inout Findings) -> [Transition] {
    named(transitions, transitionIDs, &findings)
  }

  private func named<Node: Nameable>(_ nodes: [Node], _ ids: [String], _ findings: inout Findings) -> [Node] {
    var named = nodes
    let names =
      switch naming {
      case .label: labels(of: nodes, ids, &findings)
      case .uniqueLabel: uniqueLabels(of: nodes, ids, &findings)
      case .id: ids
      case .name: nodes.map(\.name)
      }
    for (index, name) in names.enumerated() { named[index].name = name }
    return named
  }

  private func labels<Node: Nameable>(of nodes: [Node], _ ids: [String], _ findings: inout Findings) -> [String] {
    var taken = Set(nodes.map(\.name))
    var groups = Groups()
    let names = nodes.indices.map { index in
      let label = nodes[index].name
      let isFirst = groups.add(index, to: label)
      if label.isEmpty { return taken.fresh(Node.kind.prefix(1) + ids[index]) }
      return isFirst ? label : taken.fresh("\(label)_\(ids[index])")
    }
    for group in groups.all {
      let label = nodes[group[0]].name
      if label.isEmpty {
        let given = group.map { quoted(names[$0]) }
        findings.note(.noLabel(Node.kind, given), at: nodes[group[0]].location)
      } else if group.count > 1 {
        let given = group.dropFirst().map { quoted(names[$0]) }
        let message = Diagnostic.Message.labelTwice(Node.kind, label, nodes[group[0]].location, given)
        findings.warn(message, at: nodes[group[1]].location)
      }
    }
    return names
  }

  private func uniqueLabels<Node: Nameable>(
    of nodes: [Node], _ ids: [String], _ findings: inout Findings
  ) -> [String] {
    var groups = Groups()
    for index in nodes.indices { _ = groups.add(index, to: nodes[index].name) }
    var names = ids
    var taken: Set<String> = []
    for group in groups.all where group.count == 1 && !nodes[group[0]].name.isEmpty {
      names[group[0]] = nodes[group[0]].name
      taken.insert(nodes[group[0]].name)
    }
    for group in groups.all where group.count > 1 || nodes[group[0]].name.isEmpty {
      for index in group {
        names[index] = taken.fresh(ids[index])
        if names[index] != ids[index] {
          findings.warn(.idIsLabel(Node.kind, ids[index], names[index]), at: nodes[index].location)
        }
      }
      let label = nodes[group[0]].name
      guard !label.isEmpty else { continue }
      findings.warn(.labelShared(Node.kind, label, group.map { quoted(names[$0]) }), at: nodes[group[1]].location)
    }
    return names
  }
}

/// Indices of nodes by label, in the order in which the labels came.
private struct Groups {
  private(set) var all: [[Int]] = []
  private var groupOfLabel: [String: Int] = [:]

  /// Whether the label is new.
  mutating func add(_ index: Int, to label: String) -> Bool {
    if let group = groupOfLabel[label] {
      all[group].append(index)
      return false
    }
    groupOfLabel[label] = all.count
    all.append([index])
    return true
  }
}

extension Set<String> {
  /// A name that is not taken yet, and now is: the given one, or that with a number.
  fileprivate mutating func fresh(_ name: String) -> String {
    var candidate = name
    var number = 2
    while !insert(candidate).inserted {
      candidate = "\(name)_\(number)"
      number += 1
    }
    return candidate
  }
}

extension Diagnostic.Message {
  fileprivate static func noLabel(_ kind: String, _ names: [String]) -> Self {
    let text =
      names.count == 1
      ? "a \(kind) has no label; it is called" : "\(counted(names.count, kind)) have no label; they are called"
    return Self("\(text) \(listed(names))", hint: "label them to choose their names")
  }

  fileprivate static func labelTwice(
    _ kind: String, _ label: String, _ first: SourceLocation, _ names: [String]
  ) -> Self {
    let text =
      names.count == 1
      ? "another \(kind) is labelled \(quoted(label)), the one at \(first); this one is called"
      : "\(names.count + 1) \(kind)s are labelled \(quoted(label)), first at \(first); the later ones are called"
    return Self("\(text) \(listed(names))", hint: "change the label to choose the name")
  }

  fileprivate static func labelShared(_ kind: String, _ label: String, _ names: [String]) -> Self {
    Self(
      "\(names.count) \(kind)s are named \(quoted(label)); they are called by their ids, \(listed(names))",
      hint: "give each a name of its own to choose how it is called")
  }

  fileprivate static func idIsLabel(_ kind: String, _ id: String, _ name: String) -> Self {
    Self(
      "this \(kind) would be called by its id, \(quoted(id)), but another one has that name; it is called \(quoted(name))",
      hint: "give it a name of its own")
  }
}
