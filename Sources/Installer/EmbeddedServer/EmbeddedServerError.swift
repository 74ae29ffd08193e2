/// Why the embedded server cannot do as it was told.
public enum EmbeddedServerError: Error, Hashable, Sendable {
  /// The project directory is not there.
  case noProject(String)
  /// No PostgreSQL server is installed.
  case noBinaries
  /// `PG_BIN` names a directory without the server binaries.
  case noBinariesIn(String)
  /// The cluster needs the binaries of the version that made it.
  case noBinariesOfVersion(Int)
  /// Root may not run PostgreSQL, and the user who would is missing.
  case noUser(String)
  /// The cluster belongs to somebody else.
  case notYours(String, owner: String)
  /// A directory that should be the server's own is not, so another user could pose as the server.
  case notPrivate(String)
  /// A call of the operating system failed.
  case system(String, String, code: Int32)
  /// A program that makes or clears away the cluster failed.
  case failed(String, output: String)
  /// The server ended before it answered.
  case died(log: String, file: String)
  /// The server runs, but does not answer.
  case silent(seconds: Int, log: String, file: String)
  /// The server, or what was left of it, goes on running.
  case doesNotStop(pids: [Int32])
}

extension EmbeddedServerError: CustomStringConvertible {
  /// What is wrong and what to do about it, on one or more lines.
  public var description: String {
    switch self {
    case .noProject(let path):
      "there is no directory \(path)"
    case .noBinaries:
      """
      no PostgreSQL server is installed, so ptflow cannot run one of its own
      Install it (apt install postgresql, or make setup), say where it is with PG_BIN, or name a database with --db.
      """
    case .noBinariesIn(let path):
      "PG_BIN is \(path), which does not hold initdb and postgres\nSet it to a directory that does, or unset it."
    case .noBinariesOfVersion(let major):
      """
      the project's cluster was made by PostgreSQL \(major), which is not installed any more
      Install it (apt install postgresql-\(major)), or remove the project's .ptflow to begin with an empty database.
      """
    case .noUser(let name):
      """
      PostgreSQL does not run as root, and there is no user \(name) to run it as
      Install PostgreSQL from your system's packages, which make that user, or call ptflow as an ordinary user.
      """
    case .notYours(let path, let owner):
      "the cluster in \(path) belongs to the user \(owner)\nCall ptflow as that user, or as root."
    case .notPrivate(let path):
      "\(path) is not a directory that only the server's user can enter\nFind out who made it, and remove it."
    case .system(let action, let path, let code):
      "cannot \(action) \(path): \(systemMessage(code))"
    case .failed(let action, let output):
      "cannot \(action)" + (output.isEmpty ? "" : "\n" + output)
    case .died(let log, let file):
      "PostgreSQL did not start; the end of its log \(file):\n\(log)"
    case .silent(let seconds, let log, let file):
      "PostgreSQL runs but did not answer for \(seconds) seconds; the end of its log \(file):\n\(log)"
    case .doesNotStop(let pids):
      "PostgreSQL does not stop; its processes are \(pids.map(String.init).joined(separator: ", "))"
    }
  }
}
