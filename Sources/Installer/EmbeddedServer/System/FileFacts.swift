import Glibc

/// What the file system says of a path, without following a symbolic link at its end.
struct FileFacts {
  let owner: uid_t
  let size: Int
  private let mode: mode_t

  /// Looks at a path; nil when nothing is there or it cannot be seen.
  init?(_ path: String) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return nil }
    owner = facts.st_uid
    size = facts.st_size
    mode = facts.st_mode
  }

  var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
  var isLink: Bool { mode & S_IFMT == S_IFLNK }
  /// Whether only the owner may do anything with it.
  var isPrivate: Bool { mode & 0o077 == 0 }
}
