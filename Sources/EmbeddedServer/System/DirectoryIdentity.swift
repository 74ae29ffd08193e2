import Glibc

/// Which directory a path leads to, whatever it is called.
struct DirectoryIdentity: Hashable {
  private let device: dev_t
  private let number: ino_t

  /// Follows a path to its end; nil when there is no directory, or it cannot be seen.
  init?(_ path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else { return nil }
    device = facts.st_dev
    number = facts.st_ino
  }
}
