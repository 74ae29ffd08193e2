import CLibPQ

/// Whether a server takes connections; asking needs neither a valid user nor a database.
public enum Ping: Sendable {
  /// It does.
  case accepting
  /// It runs but does not yet, or no longer: it starts, recovers or stops.
  case rejecting
  /// Nobody answers.
  case silent

  /// Asks the server that a connection string names.
  public static func server(at conninfo: String) -> Ping {
    switch PQping(conninfo) {
    case PQPING_OK: .accepting
    case PQPING_REJECT: .rejecting
    default: .silent
    }
  }
}
