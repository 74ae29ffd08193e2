/// The functions of a net's schema that are no transitions.
public enum NetFunction: String, Hashable, Sendable, CaseIterable {
  case step
  case roleFor = "role_for"
  case creatingRole = "creating_role"
  case obstacles
  case explain
  case rules
  case stateText = "state_text"
  case begin = "begin_instance"
  case createInstance = "create_instance"
  case fire
  case admit
  case judge
  case fireInTurn = "fire_in_turn"
  case fireMany = "fire_many"
  case answerAgain = "answer_again"
  case present
  case tryFiring = "try_firing"
  case simulate
  case planFirings = "plan_firings"
  case seqAt = "seq_at"
  case readState = "read_state"
  case readStatesAsOf = "read_states_as_of"
  case readDiff = "read_diff"
  case readEnabled = "read_enabled"
  case readWhyNot = "read_why_not"
  case readEvents = "read_events"
  case readFeed = "read_feed"
  case redact
  case forgetKeys = "forget_keys"
  case verify
  case keepStates = "keep_states"
  case stateFaults = "state_faults"
  case replay

  /// What it does, for whoever reads the catalogue.
  public var meaning: String {
    switch self {
    case .step: "The marking after a transition has fired; NULL when it cannot."
    case .roleFor: "The role under which a caller may fire an action; NULL when it may not."
    case .creatingRole: "The role under which a caller may make an instance; NULL when it may not."
    case .obstacles: "Each condition that keeps transitions from firing at a marking."
    case .explain: "The same of one action, as JSON."
    case .rules: "The rules of an action, beside its places, that do not hold."
    case .stateText: "A marking as JSON, by the names of the places."
    case .begin: "Makes an instance, unless it is there."
    case .createInstance: "Makes an instance: what ptflow_create calls."
    case .fire: "Fires a transition: what ptflow_dispatch calls."
    case .admit: "The role under which a call fires; refuses one that is malformed or not allowed."
    case .judge: "The marking after a firing; refuses one that is not expected or not enabled."
    case .fireInTurn: "Fires a transition when it is the caller's turn, or says why not."
    case .fireMany: "Fires many transitions: what ptflow_dispatch_many calls."
    case .answerAgain: "What the first call with a key was answered."
    case .present: "The last event of an instance; of one that is not there, the beginning that it would get."
    case .tryFiring: "What ptflow_try calls."
    case .simulate: "What ptflow_simulate calls."
    case .planFirings: "What ptflow_plan calls."
    case .seqAt: "The seq of an instance at a time; NULL before its beginning."
    case .readState: "What ptflow_state calls."
    case .readStatesAsOf: "What ptflow_states_as_of calls."
    case .readDiff: "What ptflow_diff calls."
    case .readEnabled: "What ptflow_enabled calls."
    case .readWhyNot: "What ptflow_why_not calls."
    case .readEvents: "What ptflow_events calls."
    case .readFeed: "The events of a range of transactions: what ptflow_feed and ptflow_receive call."
    case .redact: "Takes the payloads out of events of an instance; how many."
    case .forgetKeys: "Takes the keys out of events before a time; how many."
    case .verify: "Checks the log against the net: what ptflow_verify calls."
    case .keepStates: "A trigger: brings states up to the events that were inserted."
    case .stateFaults: "The rows of states that are not what the log says."
    case .replay: "Makes the rows of states that are not what the log says anew; how many."
    }
  }
}
