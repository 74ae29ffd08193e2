public import Diagnostics
public import PetriNet

/// What is wrong with a proof.
public struct ProofProblem: Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// The canonical form is none.
    case net(Diagnostics)
    /// There is no event, not even the beginning.
    case empty
    /// The first event is not what a beginning is.
    case beginning
    /// The net has no such action.
    case action(String)
    /// An event is at least one firing.
    case multiple(Int)
    /// The role may not do this; these may.
    case role(String, allowed: [String])
    /// Nobody did it.
    case actor
    /// It is earlier than the event before it.
    case time
    /// The net does not allow it in the marking before it: each condition that fails, with the name of its place.
    case notEnabled(String, [Failure])
    /// The proof leads to this root, which is not the anchor's.
    case root(Hash)
  }

  /// A condition that fails.
  public struct Failure: Hashable, Sendable {
    /// The name of the place.
    public var place: String
    /// The condition.
    public var obstacle: Obstacle

    /// A condition that fails.
    public init(place: String, obstacle: Obstacle) {
      self.place = place
      self.obstacle = obstacle
    }
  }

  /// The event; nil when it is the proof as a whole.
  public var seq: Int?
  /// What is wrong.
  public var reason: Reason

  /// What is wrong with an event, or without a seq with the proof as a whole.
  public init(seq: Int? = nil, reason: Reason) {
    self.seq = seq
    self.reason = reason
  }
}

extension ProofProblem: CustomStringConvertible {
  /// The problem in words, without the event.
  public var description: String {
    switch reason {
    case .net(let diagnostics):
      "the proof does not hold the canonical form of a net: "
        + (diagnostics.all.first.map { $0.rendered(in: nil) } ?? "")
    case .empty: "the proof has no event, not even the beginning of the instance"
    case .beginning: "a beginning has no action and no key, multiple 1 and the payload {}"
    case .action(let action): "the net has no action \"\(action)\""
    case .multiple(let multiple): "its multiple is \(multiple); an event is at least one firing"
    case .role(let role, let allowed):
      "the role \"\(role)\" may not do this; " + allowed.map { "\"\($0)\"" }.joined(separator: ", ") + " may"
    case .actor: "it has no actor"
    case .time: "it is earlier than the event before it"
    case .notEnabled(let action, let failures):
      "\"\(action)\" is not enabled: " + failures.map(\.description).joined(separator: "; ")
    case .root(let root): "it leads to the root \(root), which is not that of the anchor"
    }
  }
}

extension ProofProblem.Failure: CustomStringConvertible {
  /// The condition in words.
  public var description: String {
    let bound =
      switch obstacle.condition {
      case .input, .read: "at least \(obstacle.need)"
      case .inhibitor: "fewer than \(obstacle.need)"
      case .capacity, .overflow: "at most \(obstacle.need)"
      }
    return "place \"\(place)\" holds \(obstacle.tokens) tokens and must hold \(bound)"
  }
}
