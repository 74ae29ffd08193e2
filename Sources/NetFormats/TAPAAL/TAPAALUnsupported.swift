import Diagnostics

extension TAPAALReader {
  /// What a file says that a net here cannot: each is told once, by name, with those that are concerned.
  struct Unsupported {
    /// The first element that says that tokens have colours.
    var coloured: XMLElement?
    /// Places whose tokens must not grow old.
    var invariants: [Name] = []
    /// Arcs that take tokens of some age only.
    var intervals: [Name] = []
    /// Transitions that must not wait.
    var urgent: [Name] = []
    /// Transitions of the environment.
    var players: [Name] = []
    /// The first transition that has a priority.
    var priority: SourceLocation?
  }

  /// Remembers what a place, a transition or an arc says of time, colours and players.
  mutating func note(timeOf element: XMLElement, _ name: String) {
    func named(_ attribute: String) -> Name { Name(id: name, location: document.location(of: attribute, in: element)) }
    if let invariant = element[attribute: "invariant"], !invariant.says(["<inf"]) {
      unsupported.invariants.append(named("invariant"))
    }
    if let interval = element[attribute: "inscription"], interval.isInterval,
      !interval.split(separator: ":").prefix(1).allSatisfy({ String($0).says(["[0,inf)"]) })
    {
      unsupported.intervals.append(named("inscription"))
    }
    if element[attribute: "urgent"] == "true" { unsupported.urgent.append(named("urgent")) }
    if let player = element[attribute: "player"], player != "0" { unsupported.players.append(named("player")) }
    if let priority = element[attribute: "priority"], priority != "0", unsupported.priority == nil {
      unsupported.priority = document.location(of: "priority", in: element)
    }
    for child in element.children where ["type", "hlinitialMarking", "hlinscription", "condition"].contains(child.name)
    {
      unsupported.coloured = unsupported.coloured ?? child
    }
  }

  /// Tells what was remembered.
  mutating func tell(_ unsupported: Unsupported) {
    if let coloured = unsupported.coloured {
      return findings.error(.coloured(coloured.name), at: document.location(of: coloured))
    }
    func all(_ names: [Name], _ message: (String) -> Diagnostic.Message) -> (Diagnostic.Message, SourceLocation)? {
      names.first.map { (message(listed(names.map { quoted($0.id) })), $0.location) }
    }
    for found in [
      all(unsupported.invariants, Diagnostic.Message.invariants),
      all(unsupported.intervals, Diagnostic.Message.intervals),
      all(unsupported.urgent, Diagnostic.Message.urgent),
    ] {
      if let (message, location) = found { findings.error(message, at: location) }
    }
    if let (message, location) = all(unsupported.players, Diagnostic.Message.players) {
      findings.warn(message, at: location)
    }
    if let priority = unsupported.priority { findings.warn(.priorities, at: priority) }
  }
}

extension String {
  /// Whether an inscription is an interval of time, and not a weight.
  var isInterval: Bool { contains(",") }

  /// Whether it is one of some texts, white space aside.
  fileprivate func says(_ texts: [String]) -> Bool { texts.contains(filter { !$0.isWhitespace }) }
}

extension Diagnostic.Message {
  private static let untimed = "make an untimed net of it, and read that"

  fileprivate static func invariants(_ places: String) -> Self {
    Self("the age of tokens is limited in \(places); timed nets are not supported", hint: untimed)
  }

  fileprivate static func intervals(_ arcs: String) -> Self {
    Self("tokens of some age only are taken by \(arcs); timed nets are not supported", hint: untimed)
  }

  fileprivate static func urgent(_ transitions: String) -> Self {
    Self("time stands still before \(transitions); timed nets are not supported", hint: untimed)
  }

  fileprivate static func players(_ transitions: String) -> Self {
    Self("\(transitions) belong to the environment; players are not kept", hint: "roles say who fires a transition")
  }

  fileprivate static let priorities = Self(
    "priorities are not kept: in TAPAAL some transitions go before others, here each fires when it is called",
    hint: "add places or inhibitor arcs where the order matters")
}
