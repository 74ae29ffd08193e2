import Glibc

extension ProjectDirectory {
  /// Does what only one process at a time may do to the server of the project.
  ///
  /// A command such as initdb inherits the lock: should this program be killed, the next one waits until the command has
  /// ended, too, instead of clearing away what it is still writing. For that the body gets the descriptor of the locked
  /// file. When another process is at it, `waiting` is called once.
  func locked<Result>(
    _ records: Records, waiting: () -> Void, _ body: (Int32) throws(EmbeddedServerError) -> Result
  ) throws(EmbeddedServerError) -> Result {
    try records.prepare()
    let file = records.lockFile(of: self)
    while true {
      let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw .system("open", file, code: errno) }
      defer { close(descriptor) }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        waiting()
        while flock(descriptor, LOCK_EX) != 0 {
          guard errno == EINTR else { throw .system("lock", file, code: errno) }
        }
      }
      // Who removes the server removes the file; what was locked may be no longer the one that others open.
      if FileFacts(descriptor)?.number == FileFacts(file)?.number { return try body(descriptor) }
    }
  }
}
