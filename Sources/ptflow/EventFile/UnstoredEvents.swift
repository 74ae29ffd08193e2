import Diagnostics
import Postgres

/// Why a file of events was not stored to its end, and how to go on.
struct UnstoredEvents: Reportable {
  /// Why it was not.
  enum Reason {
    /// A line is no event. It was not sent.
    case fault(Diagnostic)
    /// The database refused the event of a line.
    case refused(PostgresError, line: Int)
    /// The database did not do as told, for no fault of a line.
    case failed(PostgresError)
    /// The connection was lost while lines were under way.
    case lost(PostgresError, lines: ClosedRange<Int>)
    /// The file cannot be read further.
    case unreadable(UnreadableFile)
    /// The user stopped it.
    case interrupted
  }

  let file: String
  let firstLine: Int
  let tally: EventLoad.Tally
  let reason: Reason

  /// Refused when a line is to be mended.
  var exitStatus: ExitStatus {
    switch reason {
    case .fault, .refused, .unreadable: .refused
    case .failed, .lost: .database
    case .interrupted: .interrupted
    }
  }

  /// The first line that is not known to be stored.
  private var nextLine: Int {
    switch reason {
    case .fault(let diagnostic): diagnostic.location.line
    case .refused(_, let line): line
    case .failed, .lost, .unreadable, .interrupted: tally.line + 1
    }
  }

  /// What happened, what is stored, and the next step.
  var words: Words { "\(cause)\n\(stored) \(nextStep)" }

  private var cause: Words {
    switch reason {
    case .fault(let diagnostic): Words(printable: diagnostic.rendered(in: nil))
    case .refused(let error, let line): "\(file):\(line): \(error.withoutIndex.words)"
    case .failed(let error): error.words
    case .lost(let error, _): "error: the connection is lost: \(error.message.prefix { !$0.isNewline })"
    case .unreadable(let error): "error: \(error)"
    case .interrupted: "\(file): stopped"
    }
  }

  private var stored: String {
    let last = nextLine - 1
    guard last >= firstLine else { return "Nothing is stored\(firstLine == 1 ? "" : " from line \(firstLine) on")." }
    return last == firstLine ? "Line \(last) is stored." : "Lines \(firstLine) to \(last) are stored."
  }

  private var nextStep: String {
    switch reason {
    case .fault: "Correct line \(nextLine) and continue with --from-line \(nextLine)."
    case .refused: "When that is resolved, continue with --from-line \(nextLine)."
    case .failed, .unreadable, .interrupted: "Continue with --from-line \(nextLine)."
    case .lost(_, let lines):
      """
      Lines \(lines.lowerBound) to \(lines.upperBound) were in flight: either all of them are stored, or none. Continue \
      with --from-line \(lines.lowerBound): an event with a key is stored once; for events without one, check first what \
      is stored.
      """
    }
  }

  /// The same for programs.
  var jsonValue: JSONValue {
    var members: [(String, JSONValue)] = [("file", .string(file))]
    switch reason {
    case .fault(let diagnostic):
      members += [
        ("line", .number(nextLine)), ("column", .number(diagnostic.location.column)),
        ("message", .string(diagnostic.message.description)), ("hint", JSONValue(diagnostic.message.hint)),
      ]
    case .refused(let error, _): members += [("line", .number(nextLine))] + error.withoutIndex.jsonMembers
    case .failed(let error): members += error.jsonMembers
    case .lost(let error, let lines):
      members += error.jsonMembers
      members.append(("unknown", [.number(lines.lowerBound), .number(lines.upperBound)]))
    case .unreadable(let error): members.append(("message", .string("\(error)")))
    case .interrupted: members.append(("message", "stopped"))
    }
    members += [
      ("next_line", .number(nextLine)), ("stored", .number(tally.stored)), ("replayed", .number(tally.replayed)),
    ]
    return .object(members)
  }
}

extension PostgresError {
  /// The error without the event's number in its message, which counts in the bulk call: for people, the line stands there.
  fileprivate var withoutIndex: PostgresError {
    var error = self
    if let rest = message.wholeMatch(of: /event [0-9]+: (.*)/.dotMatchesNewlines())?.1 { error.message = String(rest) }
    return error
  }
}
