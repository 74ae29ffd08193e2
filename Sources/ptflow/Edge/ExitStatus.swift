import ArgumentParser

/// How the program ends.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case refused = 1
  case database = 2
  case usage = 64
  case interrupted = 130

  /// What the exit code says.
  var meaning: String {
    switch self {
    case .done: "done"
    case .refused: "refused by ptflow; or not proved, not decided, not intact, not valid"
    case .database: "refused by the database, or no database reached"
    case .usage: "wrong usage; a schema or an expression that is not supported"
    case .interrupted: "stopped by control-C"
    }
  }

  /// All of them for the help, a line each.
  static var table: String {
    allCases.map { status in
      let code = "\(status.rawValue)"
      return "  " + code + String(repeating: " ", count: 5 - code.count) + status.meaning
    }.joined(separator: "\n")
  }

  /// What ends the program this way when it is thrown.
  var code: ExitCode { ExitCode(rawValue) }
}
