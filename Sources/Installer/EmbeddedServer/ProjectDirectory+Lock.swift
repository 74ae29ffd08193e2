import Glibc

extension ProjectDirectory {
  /// Does what only one process at a time may do to the server of the project.
  ///
  /// A command such as initdb inherits the lock: should this program be killed, the next one waits until the command has
  /// ended, too, instead of clearing away what it is still writing. For that the body gets the descriptor of the locked
  /// file. When another process is at it, `waiting` is called once.
  func locked<Result>(
    waiting: () -> Void, _ body: (Int32) throws(EmbeddedServerError) -> Result
  ) throws(EmbeddedServerError) -> Result {
    try makeState()
    // Reading is enough to lock, and lets root and the project's owner take turns.
    let descriptor = open(lockFile, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw .system("open", lockFile, code: errno) }
    defer { close(descriptor) }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      waiting()
      while flock(descriptor, LOCK_EX) != 0 {
        guard errno == EINTR else { throw .system("lock", lockFile, code: errno) }
      }
    }
    return try body(descriptor)
  }

  private func makeState() throws(EmbeddedServerError) {
    guard mkdir(state, 0o755) == 0 else {
      if errno == EEXIST { return }
      throw .system("make", state, code: errno)
    }
    // Whatever the umask: the server's user has to pass.
    guard chmod(state, 0o755) == 0 else { throw .system("open up", state, code: errno) }
  }
}
