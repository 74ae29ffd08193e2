internal import PetriNet

/// An object of a net's schema: what is dropped with it, and who may call it.
public struct NetObject: Hashable, Sendable {
  /// The kinds of objects, as DROP names them.
  public enum Kind: String, Hashable, Sendable {
    case domain = "DOMAIN"
    case table = "TABLE"
    case view = "VIEW"
    case function = "FUNCTION"
  }

  /// What it is.
  public let kind: Kind
  /// Its name, without the schema.
  public let name: String
  /// The types of a function's arguments, as SQL names them; empty for all else.
  public let arguments: String
  /// The roles of the net whose holders may call it, `*` and gateways apart; nil for what nobody but the owner may touch.
  public let callers: [String]?

  init(_ kind: Kind, _ name: String, arguments: String = "", callers: [String]? = nil) {
    self.kind = kind
    self.name = name
    self.arguments = arguments
    self.callers = callers
  }
}

extension NetObject {
  /// The tables that hold the net as data, in the order in which they are filled: what stands in them follows from the net.
  public static let dataTables = ["places", "transitions", "arcs", "conditions", "delta"]
}

extension NetPlan {
  /// All that the net's schema holds, in an order in which it can be made: each needs only what comes before it, a trigger
  /// the function that it calls.
  public var objects: [NetObject] {
    let domains = ["marking"] + rights.map(\.type)
    let tables = NetObject.dataTables + ["events", "details", "redactions", "instances"]
    let triggers = functions.filter { $0 == .keepStates }
    return domains.map { NetObject(.domain, $0) } + triggers.map(object) + tables.map { NetObject(.table, $0) }
      + [NetObject(keepsStates ? .table : .view, "states"), NetObject(.view, "history")]
      + parts.compactMap(\.function).map {
        NetObject(.function, $0, arguments: arguments(of: .step))
      }
      + transitions.compactMap(\.payloadFunction).map { NetObject(.function, $0, arguments: "jsonb") }
      + functions.filter { $0 != .keepStates }.map(object)
      + transitions.map { plan in
        NetObject(.function, plan.function, arguments: "text, jsonb, bigint, bigint, text", callers: plan.roles)
      }
  }
}

extension NetPlan {
  private func object(_ function: NetFunction) -> NetObject {
    NetObject(.function, function.rawValue, arguments: arguments(of: function))
  }

  /// The functions that the net has, its transitions apart.
  public var functions: [NetFunction] {
    NetFunction.allCases.filter { function in
      (keepsStates || !function.isOfKeptStates) && (hasRules || function != .rules)
    }
  }

  /// The types of a function's arguments, as SQL names them.
  public func arguments(of function: NetFunction) -> String {
    let marking = "\(marking.element.rawValue)[]"
    // payload, time, actor, role, id, seq
    let circumstances = "jsonb, timestamptz, text, text, text, bigint"
    return switch function {
    case .step: "\(marking), text, bigint" + (hasRules ? ", \(circumstances)" : "")
    case .admit: "text, text, jsonb, bigint, bigint, text, text"
    case .judge: "\(marking), integer, text, bigint, bigint, \(hasRules ? circumstances : "text, bigint")"
    case .present: "text, text, bigint, text"
    case .tryFiring: "text, text, jsonb, bigint, bigint, text"
    case .simulate: "text, jsonb"
    case .planFirings: "text, text, bigint"
    case .seqAt: "text, timestamptz"
    case .readFeed: "ptflow.position[], bigint, bigint, bigint, text[]"
    case .readStatesAsOf: "timestamptz, text, bigint"
    case .readDiff: "text, bigint, bigint"
    case .roleFor: "text, text"
    case .obstacles, .explain: "\(marking), integer, text, bigint"
    case .rules: "\(marking), text, bigint, \(circumstances)"
    case .stateText: marking
    case .begin: "text, text"
    case .creatingRole, .createInstance, .readEnabled, .verify, .stateFaults: "text"
    case .keepStates, .replay: ""
    case .redact: "text, bigint, bigint"
    case .forgetKeys: "timestamptz"
    case .fire: "text, text, jsonb, bigint, bigint, text"
    case .fireInTurn: "text, text, jsonb, bigint, bigint, text, text"
    case .fireMany: "ptflow.batch, boolean"
    case .answerAgain: "text, text, jsonb, bigint, text"
    case .readState: "text, bigint, timestamptz"
    case .readWhyNot: "text, text, jsonb"
    case .readEvents: "text, bigint, bigint"
    }
  }
}

extension NetFunction {
  /// Whether only a net that keeps its states has it.
  public var isOfKeptStates: Bool { [.keepStates, .stateFaults, .replay].contains(self) }
}
