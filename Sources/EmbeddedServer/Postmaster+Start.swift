import Glibc
import Postgres

extension Postmaster {
  /// Starts the server and waits until it answers.
  func start(with binaries: ServerBinaries, _ run: Runner) throws(EmbeddedServerError) {
    try endLeftovers()
    try removeStalePIDFile(run)
    try prepareSocketDirectory(run)
    let logStart = place.logSize
    // Put in the background, the server is nobody's child, so that nobody has to wait for it when it ends. It must not
    // hold the project's lock, which is file 3.
    let script = """
      umask 077
      "$1" -D "$2" -k "$3" </dev/null >>"$4" 2>&1 3>&- &
      echo $!
      """
    let output = try run(
      "start PostgreSQL",
      ["/bin/sh", "-c", script, "sh", binaries.postgres, place.data, place.socketDirectory, place.log])
    guard let started = pid_t(trimmed(output)) else { throw .failed("start PostgreSQL", output: trimmed(output)) }

    let seconds = 120
    var died = false
    let answers = wait(seconds: seconds) {
      if pid != nil { return Ping.server(at: place.url) == .accepting }
      died = !isRunning(started)
      return died
    }
    if died { throw .died(log: place.logTail(from: logStart), file: place.log) }
    guard answers else { throw .silent(seconds: seconds, log: place.logTail(from: logStart), file: place.log) }
  }

  /// Waits for a server that runs already, since it may just be starting.
  ///
  /// - Returns: false when it cannot be reached: it ended, or its socket is not where it should be.
  func waitUntilItAnswers() throws(EmbeddedServerError) -> Bool {
    let seconds = 120
    var reachable = true
    let decided = wait(seconds: seconds) {
      if Ping.server(at: place.url) == .accepting { return true }
      reachable = pid != nil && (pidFile?.isReady != true || FileFacts(place.socket) != nil)
      return !reachable
    }
    guard decided else { throw .silent(seconds: seconds, log: place.logTail(from: 0), file: place.log) }
    return reachable
  }

  /// PostgreSQL clears away the file of a dead process by itself. It does not when the number has passed to another
  /// process of the same user, or when nobody has taken note of the process's death (a zombie).
  private func removeStalePIDFile(_ run: Runner) throws(EmbeddedServerError) {
    guard hasPIDFile else { return }
    if let other = pidFile?.pid, kill(other, 0) != 0, errno == ESRCH { return }
    try run("remove \(pidPath)", ["/bin/rm", "-f", pidPath])
  }

  /// Makes sure that only the server's user and root reach the socket, and that no old one is in its way.
  private func prepareSocketDirectory(_ run: Runner) throws(EmbeddedServerError) {
    let directory = place.socketDirectory
    try run("close \(place.home)", ["/bin/chmod", "700", place.home])
    if directory != place.home, FileFacts(directory) == nil {
      try run("make \(directory)", ["/bin/mkdir", "-m", "700", directory])
    }
    guard let facts = FileFacts(directory), facts.isDirectory, facts.owner == place.user.id, facts.isPrivate else {
      throw .notPrivate(directory)
    }
    try run("remove \(place.socket)", ["/bin/rm", "-f", place.socket, place.socket + ".lock"])
  }
}
