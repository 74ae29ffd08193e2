import Glibc

extension ServerPlace {
  /// The place of a project's server, which is made when there is none.
  static func existingOrNew(
    in project: ProjectDirectory, _ records: Records, _ run: Runner
  ) throws(EmbeddedServerError) -> ServerPlace {
    if let place = try existing(in: project, records) { return place }
    let place = try make(in: project, run)
    try records.add(place.home, of: project)
    return place
  }

  /// Makes the directory of a project's server: in the project or, where the server's user cannot work there, in that
  /// user's own home, with a symbolic link in the project that tells where.
  private static func make(in project: ProjectDirectory, _ run: Runner) throws(EmbeddedServerError) -> ServerPlace {
    let user = try serverUser()
    // Whatever the umask: the server's user has to pass.
    if mkdir(project.state, 0o755) == 0 { chmod(project.state, 0o755) }
    // What is there is a link to nowhere or an empty directory, or else is left alone.
    if let entry = FileFacts(project.server), (entry.isLink ? unlink : rmdir)(project.server) != 0 {
      throw .system("remove", project.server, code: errno)
    }
    // PostgreSQL's own limit for the path of a data directory is 1023 bytes, with names of files to come.
    if project.server.utf8.count < 800, try makeHome(project.server, for: user, run) {
      return ServerPlace(home: project.server, user: user)
    }
    let place = ServerPlace(home: try makeDistantHome(for: user, run), user: user)
    guard symlink(place.home, project.server) == 0 else { throw .system("make", project.server, code: errno) }
    return place
  }

  /// Makes a directory under a name that was never used.
  private static func makeDistantHome(for user: OSUser, _ run: Runner) throws(EmbeddedServerError) -> String {
    let script = "umask 077; mkdir -p \"$1\" && mktemp -d \"$1/XXXXXXXX\""
    let parent = "\(user.home)/.ptflow"
    return trimmed(try run.as(user)("make \(parent)", ["/bin/sh", "-c", script, "sh", parent]))
  }

  /// PostgreSQL refuses to run as root.
  static func serverUser() throws(EmbeddedServerError) -> OSUser {
    let caller = OSUser.current
    guard caller.id == 0 else { return caller }
    guard let user = OSUser.named("postgres") else { throw .noUser("postgres") }
    return user
  }

  /// Makes a directory and gives it to the server's user; false, and nothing made, when that user cannot reach it.
  private static func makeHome(
    _ path: String, for user: OSUser, _ run: Runner
  ) throws(EmbeddedServerError) -> Bool {
    guard mkdir(path, 0o700) == 0 else { throw .system("make", path, code: errno) }
    guard user != .current else { return true }
    if give(path, to: user), (try? run.as(user)("enter \(path)", ["/usr/bin/test", "-w", path])) != nil { return true }
    guard rmdir(path) == 0 else { throw .system("remove", path, code: errno) }
    return false
  }

  /// Changes the owner of a directory that was just made, and of nothing that was put in its place meanwhile.
  private static func give(_ path: String, to user: OSUser) -> Bool {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard let facts = FileFacts(descriptor), facts.owner == OSUser.current.id, facts.isPrivate else { return false }
    return fchown(descriptor, user.id, user.group) == 0
  }
}
