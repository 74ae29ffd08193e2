public import PetriNet

/// A net and its instances as a database should have them: the calls `ptflow_create` and `ptflow_dispatch`, written on
/// top of the firing rule and nothing else.
///
/// A call is refused for the first of these that holds: a malformed argument (PT400), an unknown net or action (PT404),
/// a caller without the role (PT403), a key that came with another body (PT422), another seq than the expected one
/// (PT412), a payload that is not what it has to be (PT422), a transition that is not enabled or whose guard is false
/// (PT409), a guard that has no value (PT422). A caller who may not create an instance is told so when the
/// instance would be made, after `expected`.
public struct ReferenceNet: Sendable {
  /// The net.
  public let net: Net
  /// The database's name for the owner.
  public let owner: String
  /// The database's name for the member.
  public let member: String
  /// The net's roles that the member holds.
  public let memberRoles: [String]
  private let transitions: [Bytewise: Int]
  private var instances: [Bytewise: Instance] = [:]
  /// The ids of the instances, in the order in which they began.
  public private(set) var ids: [String] = []

  /// A net that has no instances yet.
  public init(_ net: Net, owner: String, member: String, memberRoles: [String]) {
    self.net = net
    self.owner = owner
    self.member = member
    self.memberRoles = memberRoles
    let named = net.transitions.enumerated().map { (Bytewise($1.name), $0) }
    transitions = Dictionary(named) { first, _ in first }
  }

  /// An instance, if there is one of that id.
  public subscript(id: String) -> Instance? { instances[Bytewise(id)] }

  /// The name of a caller.
  public func name(of caller: Call.Caller) -> String { caller == .owner ? owner : member }

  /// What becomes of a call; and it becomes.
  public mutating func perform(_ call: Call) throws(Refusal) -> Answer {
    guard let name = call.net else { throw .null("net") }
    guard name.isExactly(net.name) else { throw Refusal("PT404", ("net", .text(name))) }
    return call.creates ? try create(call) : try dispatch(call)
  }

  private mutating func create(_ call: Call) throws(Refusal) -> Answer {
    let id = try Self.id(call)
    try demandCreate(call.caller)
    let isThere = self[id] != nil
    begin(id, call.caller)
    return Answer(id: id, seq: 0, replayed: isThere)
  }

  /// What is said against a dispatch by whom it is not allowed, or that cannot be meant, whatever there is: what a bulk call
  /// asks of all its events before it fires the first.
  public func refusalBeforehand(of call: Call) -> Refusal? {
    do throws(Refusal) {
      guard let name = call.net else { throw .null("net") }
      guard name.isExactly(net.name) else { throw Refusal("PT404", ("net", .text(name))) }
      _ = try allowed(call)
      return nil
    } catch {
      return error
    }
  }

  /// A dispatch that can be meant, of somebody who may.
  private struct Allowed {
    let id: String
    let transition: Int
    let payload: Payload
    let multiple: Int
    let role: String
    let called: [(String, JSONB)]
  }

  private func allowed(_ call: Call) throws(Refusal) -> Allowed {
    let id = try Self.id(call)
    guard let action = call.action else { throw .null("action") }
    guard let payload = call.payload else { throw .null("payload") }
    guard let multiple = call.multiple else { throw .null("multiple") }
    if multiple < 1 { throw .value("multiple", multiple) }
    if let expected = call.expected, expected < 0 { throw .value("expected", expected) }
    if let key = call.key, key.isEmpty || key.unicodeScalars.count > 255 { throw .length("key", of: key) }

    let called: [(String, JSONB)] = [("net", .text(net.name)), ("id", .text(id)), ("action", .text(action))]
    guard let transition = transitions[Bytewise(action)] else {
      throw Refusal("PT404", called[0], called[1], called[2])
    }
    guard let role = role(firing: transition, call.caller) else {
      throw Refusal(
        "PT403", called[0], called[1], called[2], ("caller", .text(name(of: call.caller))),
        ("privilege", .text("fire")), ("roles", .array(net.roles(of: transition).map { .text($0) })))
    }

    return Allowed(
      id: id, transition: transition, payload: payload, multiple: multiple, role: role, called: called)
  }

  private mutating func dispatch(_ call: Call) throws(Refusal) -> Answer {
    let allowed = try allowed(call)
    let (id, transition, payload, multiple, called) = (
      allowed.id, allowed.transition, allowed.payload, allowed.multiple, allowed.called
    )
    let found = self[id]
    if let key = call.key {
      if let seq = found?.keys[Bytewise(key)], let first = found?.events[seq - 1] {
        let differs = [
          first.transition != transition ? "action" : nil, first.multiple != multiple ? "multiple" : nil,
          first.payload.equals(payload) ? nil : "payload",
        ].compactMap { $0 }
        guard differs.isEmpty else {
          throw Refusal(
            "PT422", called[0], called[1], called[2], ("key", .text(key)), ("seq", .whole(seq)),
            ("differs", .array(differs.map { .text($0) })))
        }
        return Answer(id: id, seq: seq, replayed: true)
      }
    }

    let seq = found?.events.count ?? 0
    if let expected = call.expected, expected != seq {
      throw Refusal("PT412", called[0], called[1], called[2], ("expected", .whole(expected)), ("actual", .whole(seq)))
    }
    if found == nil { try demandCreate(call.caller) }

    let marking = found?.marking ?? net.initialMarking
    let circumstances = Circumstances(
      payload: payload.document, now: 0, actor: name(of: call.caller), role: allowed.role, id: id, seq: seq)
    let rules = net.ruleObstacles(to: transition, times: multiple, in: marking, circumstances)
    let obstacles = net.obstacles(to: transition, times: multiple, in: marking)
    if let refusal = refusal(called, multiple, seq, obstacles, rules, payload) { throw refusal }
    guard let after = try? net.fire(transition, times: multiple, in: marking) else {
      preconditionFailure("there was no obstacle")
    }
    begin(id, call.caller)
    let event = Event(
      transition: transition, multiple: multiple, payload: payload, actor: name(of: call.caller), role: allowed.role,
      key: call.key, marking: after)
    instances[Bytewise(id)]?.append(event)
    return Answer(id: id, seq: seq + 1, replayed: false)
  }

  /// What is said of conditions that do not hold; nil when all do.
  private func refusal(
    _ called: [(String, JSONB)], _ multiple: Int, _ seq: Int, _ obstacles: [Obstacle], _ rules: [RuleObstacle],
    _ payload: Payload
  ) -> Refusal? {
    var guards: [JSONB] = []
    for rule in rules {
      switch rule {
      case .payload(let failures):
        return Refusal("PT422", called + [("failures", .array(failures.map(JSONB.init)))])
      case .isFalse(let condition, let seen):
        guards.append(.object([("guard", .text(condition.text)), ("saw", payload.shown(seen))]))
      case .hasNoValue(let condition, _, let seen):
        guard obstacles.isEmpty else { continue }
        return Refusal(
          "PT422",
          called + [
            ("multiple", .whole(multiple)), ("seq", .whole(seq)), ("guard", .text(condition.text)),
            ("saw", payload.shown(seen)),
          ])
      }
    }
    if obstacles.isEmpty, guards.isEmpty { return nil }
    return Refusal(
      "PT409",
      called + [("multiple", .whole(multiple)), ("seq", .whole(seq)), ("places", .array(obstacles.map(reason)))]
        + (guards.isEmpty ? [] : [("guards", .array(guards))]))
  }

  private static func id(_ call: Call) throws(Refusal) -> String {
    guard let id = call.id else { throw .null("id") }
    if id.isEmpty || id.unicodeScalars.count > 255 { throw .length("id", of: id) }
    return id
  }

  private mutating func begin(_ id: String, _ caller: Call.Caller) {
    guard self[id] == nil, let role = role(creating: caller) else { return }
    instances[Bytewise(id)] = Instance(initial: net.initialMarking, actor: name(of: caller), role: role)
    ids.append(id)
  }

  private func holds(_ role: String, _ caller: Call.Caller) -> Bool {
    caller == .owner ? role == Role.all : memberRoles.contains { $0.isExactly(role) }
  }

  /// The role under which a caller fires a transition: `*` if it holds that, or the first that it holds.
  private func role(firing transition: Int, _ caller: Call.Caller) -> String? {
    ([Role.all] + net.roles(of: transition)).first { holds($0, caller) }
  }

  /// The roles that may create instances, without the administrator: those that are marked, or all.
  private var creators: [String] {
    let fixed = [Role.default, Role.all]
    let named = net.roles.filter(\.mayCreate).map(\.name)
    let all = net.roles.map(\.name).filter { !fixed.contains($0) } + fixed
    return (named.isEmpty ? all : named).filter { $0 != Role.all }
  }

  /// The role under which a caller creates an instance: `*` if it holds that, or the first that may.
  private func role(creating caller: Call.Caller) -> String? { ([Role.all] + creators).first { holds($0, caller) } }

  private func demandCreate(_ caller: Call.Caller) throws(Refusal) {
    guard role(creating: caller) == nil else { return }
    throw Refusal(
      "PT403", ("net", .text(net.name)), ("caller", .text(name(of: caller))), ("privilege", .text("create")),
      ("roles", .array(creators.map { .text($0) })))
  }

  private func reason(_ obstacle: Obstacle) -> JSONB {
    .object([
      ("place", .text(net.places[obstacle.place].name)), ("condition", .text(obstacle.condition.rawValue)),
      ("tokens", .whole(obstacle.tokens)), ("need", .number(obstacle.need)),
    ])
  }
}

/// What a call that was not refused answers, but for time and hash.
public struct Answer: Hashable, Sendable {
  /// The instance.
  public let id: String
  /// The event; 0 for the beginning.
  public let seq: Int
  /// Whether it had happened before.
  public let replayed: Bool
}

/// An event, but for time and hash.
public struct Event: Sendable {
  /// The index of its transition.
  public let transition: Int
  /// How many firings it is.
  public let multiple: Int
  /// What the caller brought.
  public let payload: Payload
  /// The database's name for the caller.
  public let actor: String
  /// The net's role under which it was fired.
  public let role: String
  /// The caller's name for it.
  public let key: String?
  /// The tokens after it.
  public let marking: Marking
}

/// An instance.
public struct Instance: Sendable {
  /// The tokens before the first event.
  public let initial: Marking
  /// The database's name for who created it.
  public let actor: String
  /// The net's role under which it was created.
  public let role: String
  /// What happened; the event of seq 1 first.
  public private(set) var events: [Event] = []
  /// The seqs of the events that have a key.
  private(set) var keys: [Bytewise: Int] = [:]

  init(initial: Marking, actor: String, role: String) {
    self.initial = initial
    self.actor = actor
    self.role = role
  }

  /// The tokens now.
  public var marking: Marking { events.last?.marking ?? initial }

  /// The tokens after an event; of 0, the initial ones.
  public func marking(after seq: Int) -> Marking { seq == 0 ? initial : events[seq - 1].marking }

  mutating func append(_ event: Event) {
    events.append(event)
    if let key = event.key { keys[Bytewise(key)] = events.count }
  }
}
