import Glibc

/// Runs a program and waits for its end; its status is the exit status, or 128 and the number of a signal.
///
/// Of the caller's open files it gets none but the lock, as number 3, so that a server it leaves behind keeps nobody's
/// pipe open; and none of its ignored or blocked signals. The input is at most what a pipe holds, 64 KiB.
func spawn(
  _ arguments: [String], input: String, environment: [String: String], lock: Int32?
) throws(EmbeddedServerError) -> (status: Int32, output: String) {
  let program = arguments.first ?? ""
  // Written before there is a reader, so that no reader can end too early for it.
  let stdin = try pipe(filledWith: input)
  defer { close(stdin) }
  let (reading, writing) = try pipe()
  defer { close(reading) }

  let code: Int32
  var pid: pid_t = 0
  do {
    defer { close(writing) }
    code = spawnProcess(&pid, arguments, environment, stdin: stdin, stdout: writing, lock: lock)
  }
  guard code == 0 else { throw .system("run", program, code: code) }
  let output = readToEnd(reading)

  var status: Int32 = 0
  while waitpid(pid, &status, 0) < 0 {
    guard errno == EINTR else { throw .system("wait for", program, code: errno) }
  }
  let signal = status & 0x7F
  return (signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output)
}

/// The call itself; returns its error number.
private func spawnProcess(
  _ pid: inout pid_t, _ arguments: [String], _ environment: [String: String], stdin: Int32, stdout: Int32, lock: Int32?
) -> Int32 {
  var files = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&files)
  defer { posix_spawn_file_actions_destroy(&files) }
  posix_spawn_file_actions_adddup2(&files, stdin, 0)
  posix_spawn_file_actions_adddup2(&files, stdout, 1)
  posix_spawn_file_actions_adddup2(&files, stdout, 2)
  if let lock { posix_spawn_file_actions_adddup2(&files, lock, 3) }
  for open in entries(of: "/proc/self/fd").compactMap({ Int32($0) }) where open > (lock == nil ? 2 : 3) {
    posix_spawn_file_actions_addclose(&files, open)
  }

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var all = sigset_t()
  var none = sigset_t()
  sigfillset(&all)
  sigemptyset(&none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

  let words = arguments.map { strdup($0) } + [nil]
  let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { (words + variables).forEach { free($0) } }
  return posix_spawn(&pid, arguments.first ?? "", &files, &attributes, words, variables)
}

/// A pipe whose ends no other program inherits.
private func pipe() throws(EmbeddedServerError) -> (reading: Int32, writing: Int32) {
  var ends: [Int32] = [-1, -1]
  guard Glibc.pipe(&ends) == 0 else { throw .system("make", "a pipe", code: errno) }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}

/// The reading end of a pipe that holds a text and nothing more.
private func pipe(filledWith text: String) throws(EmbeddedServerError) -> Int32 {
  let (reading, writing) = try pipe()
  defer { close(writing) }
  let bytes = Array(text.utf8)
  guard bytes.count <= 1 << 16, write(writing, bytes, bytes.count) == bytes.count else {
    close(reading)
    throw .system("fill", "a pipe", code: errno)
  }
  return reading
}
