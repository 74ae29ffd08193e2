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
  /// The cluster belongs to another user of the system.
  case notYours(String, owner: String)
  /// The user did not make what stands in the place of the project's cluster, or not here.
  case notMadeHere(String)
  /// There is no directory in which the user's clusters can be recorded.
  case noRecords(String)
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
