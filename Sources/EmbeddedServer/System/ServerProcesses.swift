import Glibc

/// The processes of PostgreSQL that work on one data directory.
///
/// Each has made that directory its working directory, and `/proc` tells; a dead process that nobody has taken note of
/// has no working directory any more. Directories are compared and not their names: to a process of another root
/// directory or mount namespace, such as a container's, the same directory may have another name.
struct ServerProcesses {
  private let directory: DirectoryIdentity?

  /// The processes of a data directory; none when there is no such directory.
  init(of directory: String) {
    self.directory = DirectoryIdentity(directory)
  }

  /// Whether a process is one of them.
  func contains(_ pid: pid_t) -> Bool {
    guard let directory, DirectoryIdentity("/proc/\(pid)/cwd") == directory else { return false }
    let program = linkTarget("/proc/\(pid)/exe") ?? ""
    // After an upgrade of the package the program of a running server reads "postgres (deleted)".
    return program.split(separator: "/").last?.hasPrefix("postgres") == true
  }

  /// All of them that there are now.
  var all: [pid_t] {
    directory == nil ? [] : entries(of: "/proc").compactMap { pid_t($0) }.filter(contains)
  }
}

/// Whether a process of the caller's or of a user below it is there and has not ended.
func isRunning(_ pid: pid_t) -> Bool { linkTarget("/proc/\(pid)/exe") != nil }
