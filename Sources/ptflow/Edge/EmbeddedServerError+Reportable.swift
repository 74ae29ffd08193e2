import EmbeddedServer
import Foundation

extension EmbeddedServerError: Reportable {
  var exitStatus: ExitStatus { .database }
  var jsonValue: JSONValue { ["message": .string(explanation.exact)] }
  var words: Words { "error: \(explanation)" }

  /// What is wrong and what to do about it.
  private var explanation: Words {
    switch self {
    case .noProject(let path):
      "there is no directory \(path)"
    case .noBinaries:
      """
      PostgreSQL is not installed, so ptflow cannot run a server of its own
      Install it (apt install postgresql, or make setup), set PG_BIN to the directory of initdb and postgres, or name a
      database with --db.
      """
    case .noBinariesIn(let path):
      "PG_BIN is \(path), which does not hold initdb and postgres\nSet it to a directory that does, or unset it."
    case .noBinariesOfVersion(let major):
      """
      the project's cluster was made by PostgreSQL \(major), which is not installed
      Install it (apt install postgresql-\(major)), or remove the project's .ptflow to begin with an empty database.
      """
    case .noUser(let name):
      """
      PostgreSQL does not run as root, and there is no user \(name) to run it as
      Install PostgreSQL from your system's packages, which make that user, or call ptflow as an ordinary user.
      """
    case .notYours(let path, let owner):
      "the cluster in \(path) belongs to the user \(owner)\nCall ptflow as that user."
    case .notMadeHere(let path):
      """
      \(path) was not made here by you, so it is not used: a server runs commands that its configuration names
      Move it away to begin with an empty database. If it is a copy of a cluster of yours, start that with pg_ctl, dump it
      and restore the dump.
      """
    case .noRecords(let path):
      """
      ptflow cannot record its clusters in \(path)
      Set XDG_STATE_HOME to a directory that belongs to you and that only you can write to.
      """
    case .notPrivate(let path):
      "\(path) is not a directory that only the server's user can enter\nFind out who made it, and remove it."
    case .system(let action, let path, let code):
      "cannot \(action) \(path): \(String(cString: strerror(code)))"
    case .failed(let action, let output):
      output.isEmpty ? "cannot \(action)" : "cannot \(action)\n    \(indented: output)"
    case .died(let log, let file):
      "PostgreSQL did not start; the end of its log \(file):\n    \(indented: log)"
    case .silent(let seconds, let log, let file):
      "PostgreSQL runs but did not answer for \(seconds) seconds; the end of its log \(file):\n    \(indented: log)"
    case .doesNotStop(let pids):
      "PostgreSQL does not stop; its processes are \(pids.map(String.init).joined(separator: ", "))"
    }
  }
}
