/// The functions of a net's schema that are no transitions.
public enum NetFunction: String, Hashable, Sendable, CaseIterable {
  case step
  case roleFor = "role_for"
  case creatingRole = "creating_role"
  case obstacles
  case explain
  case stateText = "state_text"
  case begin = "begin_instance"
  case createInstance = "create_instance"
  case fire
  case fireInTurn = "fire_in_turn"
  case fireMany = "fire_many"
  case answerAgain = "answer_again"
  case readState = "read_state"
  case readEnabled = "read_enabled"
  case readWhyNot = "read_why_not"
  case readEvents = "read_events"
  case verify
}
