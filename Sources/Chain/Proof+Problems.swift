internal import Diagnostics
internal import PetriNet

extension Proof {
  /// All that is wrong with the proof; nothing when it proves that the instance had this history, that the net allowed
  /// all of it, and that it was anchored.
  ///
  /// The chain and the path show that nothing was changed since the anchor was made. What the chain does not hash is
  /// derived again: every event is fired from the marking before it, and who fired it must have been allowed to. After an
  /// event that cannot be fired there is no marking, and the events after it are checked for the rest alone.
  ///
  /// - Parameter anchor: the root of the anchor.
  /// - Returns: the problems by event, and then those of the whole.
  public func problems(against anchor: Hash) -> [ProofProblem] {
    replayProblems + rootProblems(anchor)
  }

  private func rootProblems(_ anchor: Hash) -> [ProofProblem] {
    root == anchor ? [] : [ProofProblem(reason: .root(root))]
  }

  private var replayProblems: [ProofProblem] {
    let net: Net
    do {
      net = try Net(canonicalForm: canonicalForm, name: self.net)
    } catch {
      return [ProofProblem(reason: .net(error))]
    }
    guard let beginning = events.first else { return [ProofProblem(reason: .empty)] }
    var replay = Replay(net, from: beginning.at)
    var problems = replay.problems(ofBeginning: beginning)
    for event in events.dropFirst() { problems += replay.problems(of: event) }
    return problems
  }
}

/// The events of an instance, fired one after the other.
private struct Replay {
  private let net: Net
  private let transitions: [String: Int]
  /// The seq of the event that comes next.
  private var seq = 0
  /// The marking before it; nil after an event that could not be fired.
  private var marking: Marking?
  /// The time of the event before it.
  private var moment: Int

  init(_ net: Net, from moment: Int) {
    self.net = net
    self.moment = moment
    transitions = Dictionary(net.transitions.enumerated().map { ($1.name, $0) }) { first, _ in first }
    marking = net.initialMarking
  }

  /// What is wrong with the event of seq 0.
  mutating func problems(ofBeginning event: ChainedEvent) -> [ProofProblem] {
    var reasons: [ProofProblem.Reason] = []
    if !event.action.isEmpty || event.keyHash != nil || event.multiple != 1
      || event.payload.hash != Payload.text("{}").hash
    {
      reasons.append(.beginning)
    }
    return take(event, reasons, by: net.creators)
  }

  /// What is wrong with the next event.
  mutating func problems(of event: ChainedEvent) -> [ProofProblem] {
    // To Swift a name is the same in other Unicode normal forms, to the database only byte for byte.
    guard let transition = transitions[event.action],
      net.transitions[transition].name.utf8.elementsEqual(event.action.utf8)
    else {
      marking = nil
      return take(event, [.action(event.action)], by: nil)
    }
    var reasons: [ProofProblem.Reason] = []
    if event.multiple < 1 {
      reasons.append(.multiple(event.multiple))
      marking = nil
    }
    if let before = marking {
      do {
        marking = try net.fire(transition, times: event.multiple, in: before)
      } catch {
        reasons.append(
          .notEnabled(event.action, error.obstacles.map { .init(place: net.places[$0.place].name, obstacle: $0) }))
        marking = nil
      }
    }
    return take(event, reasons, by: net.roles(of: transition) + [Role.all])
  }

  /// Goes past an event, and adds what all events have to keep to.
  private mutating func take(
    _ event: ChainedEvent, _ reasons: [ProofProblem.Reason], by roles: [String]?
  ) -> [ProofProblem] {
    var reasons = reasons
    if let roles, !roles.contains(where: { $0.utf8.elementsEqual(event.role.utf8) }) {
      reasons.append(.role(event.role, allowed: roles))
    }
    if event.actor.isEmpty { reasons.append(.actor) }
    if event.at < moment { reasons.append(.time) }
    moment = event.at
    defer { seq += 1 }
    return reasons.map { ProofProblem(seq: seq, reason: $0) }
  }
}

extension Net {
  /// The roles that may create instances: those that are marked so, or without a mark any; and the administrator.
  fileprivate var creators: [String] {
    let marked = roles.filter(\.mayCreate).map(\.name)
    return (marked.isEmpty ? roles.map(\.name) + [Role.default] : marked) + [Role.all]
  }
}
