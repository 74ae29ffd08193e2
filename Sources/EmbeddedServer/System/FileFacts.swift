import Glibc

/// What the file system says of a path, without following a symbolic link at its end.
struct FileFacts {
  let owner: uid_t
  let size: Int
  /// The number of the file in its file system.
  let number: ino_t
  private let mode: mode_t

  /// Looks at a path; nil when nothing is there or it cannot be seen.
  init?(_ path: String) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return nil }
    self.init(facts)
  }

  /// Looks at an open file.
  init?(_ descriptor: Int32) {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { return nil }
    self.init(facts)
  }

  private init(_ facts: stat) {
    owner = facts.st_uid
    size = Int(facts.st_size)
    number = facts.st_ino
    mode = facts.st_mode
  }

  var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
  var isRegular: Bool { mode & S_IFMT == S_IFREG }
  var isLink: Bool { mode & S_IFMT == S_IFLNK }
  /// Whether only the owner may do anything with it.
  var isPrivate: Bool { mode & 0o077 == 0 }
  /// Whether only the owner may change it.
  var isWrittenByOwnerOnly: Bool { mode & 0o022 == 0 }
}
