import Glibc

/// The server process of a cluster, its first and the parent of the others.
struct Postmaster {
  let place: ServerPlace

  /// What the server writes down about itself while it runs.
  var pidFile: PIDFile? { PIDFile(readFile(pidPath)) }
  /// Whether the server was not stopped in order, when it does not run.
  var hasPIDFile: Bool { FileFacts(pidPath) != nil }
  var pidPath: String { place.data + "/postmaster.pid" }

  /// The process, when it runs.
  ///
  /// The number alone proves nothing: after a crash it may have passed to a process that has nothing to do with it.
  var pid: pid_t? {
    guard let pid = pidFile?.pid, ServerProcesses(of: place.data).contains(pid) else { return nil }
    return pid
  }

  /// Stops the server without waiting for its clients (PostgreSQL's fast shutdown).
  ///
  /// - Returns: whether it ran.
  @discardableResult
  func stop() throws(EmbeddedServerError) -> Bool {
    guard let pid else { return false }
    let socketDirectory = pidFile?.socketDirectory
    guard kill(pid, SIGINT) == 0 || errno == ESRCH else {
      throw .system("stop", "process \(pid)", code: errno)
    }
    let processes = ServerProcesses(of: place.data)
    guard wait(seconds: 60, until: { !processes.contains(pid) && processes.all.isEmpty }) else {
      throw .doesNotStop(pids: processes.all)
    }
    // The directory that the server was started with: its project may have been moved since.
    if let socketDirectory, place.isTemporary(socketDirectory) { rmdir(socketDirectory) }
    return true
  }

  /// Ends the processes that outlived their postmaster. They end by themselves when they notice; one that is busy may
  /// take its time, and until then the cluster cannot be started.
  func endLeftovers() throws(EmbeddedServerError) {
    let processes = ServerProcesses(of: place.data)
    for signal in [0, SIGQUIT, SIGKILL] {
      for pid in processes.all { kill(pid, signal) }
      if wait(seconds: 2, until: { processes.all.isEmpty }) { return }
    }
    throw .doesNotStop(pids: processes.all)
  }
}
