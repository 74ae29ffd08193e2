public import PetriNet

/// How a transition is fired.
public struct TransitionPlan: Hashable, Sendable {
  /// The transition.
  public let transition: Transition
  /// The function that fires it and nothing else.
  public let function: String
  /// The roles that may; `default` when it names none.
  public let roles: [String]
  /// All that it demands of the places that it touches.
  public let conditions: [Condition]
  /// What it does to them.
  public let changes: [Change]
  /// Those of the conditions that have to be asked. Room for tokens that a place is proved to have follows from the
  /// others.
  public let asked: [Condition]
  /// The arcs, side by side for each place: for the words in which the transition is described.
  public let effects: [Effect]
  /// The index of each place that its guard looks at, by name.
  public let guardPlaces: [String: Int]
  /// The function that says what is wrong with a payload; nil where the transition takes any.
  public let payloadFunction: String?

  /// Whether more than tokens decides whether it fires.
  public var hasRules: Bool { transition.payload != nil || transition.when != nil }

  /// What has to be asked before one firing. That an input has its tokens can be asked afterwards, and of all places at
  /// once: otherwise one would be left below zero.
  public var askedBefore: [Condition] { asked.filter { !$0.leavesLessThanNothing } }
}

extension Condition {
  /// Whether one firing leaves a place below zero exactly when it fails.
  fileprivate var leavesLessThanNothing: Bool { kind == .input && afterReset == nil && drift == -need }
}
