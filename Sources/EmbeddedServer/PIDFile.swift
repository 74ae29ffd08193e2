import Glibc

/// The file `postmaster.pid` of a data directory.
struct PIDFile: Hashable {
  let pid: pid_t
  /// Whether the server takes connections; before that it starts or recovers, after that it stops.
  let isReady: Bool
  /// Where it has its socket.
  let socketDirectory: String?

  /// Reads its text; nil when there is none or its first line is no number, as when the disk was full.
  init?(_ text: String?) {
    guard let lines = text?.split(separator: "\n", omittingEmptySubsequences: false), let first = lines.first,
      let pid = pid_t(first)
    else { return nil }
    self.pid = pid
    socketDirectory = lines.count > 4 ? String(lines[4]) : nil
    isReady = lines.count > 7 && lines[7].hasPrefix("ready")
  }
}
