import Glibc

/// The clusters that the caller made, and in which project: a small file for each, in the caller's own state directory.
///
/// That directory is no part of any project, so a record does not travel with a project that somebody else packs. A
/// record names the cluster's directory and the project's by what a copy or an unpacked archive does not have.
struct Records {
  /// The state directory; it need not be there yet.
  let directory: String

  /// Finds the directory: `ptflow` in `XDG_STATE_HOME` or else in `.local/state` of the caller's home.
  ///
  /// A home that the environment names counts only when it is the caller's: sudo may leave the one of who called it.
  init(_ environment: [String: String]) {
    let caller = OSUser.current
    var base = (FileFacts(environment["HOME"] ?? "")?.owner == caller.id ? environment["HOME"] : nil) ?? caller.home
    base += "/.local/state"
    if let named = environment["XDG_STATE_HOME"], named.hasPrefix("/") { base = named }
    directory = base + "/ptflow"
  }

  /// Whether the caller made a server's directory, and for that project.
  func hold(_ home: String, of project: ProjectDirectory) -> Bool {
    guard isOurs, let identity = FileIdentity(home), let owner = FileIdentity(project.path) else { return false }
    return readFile(path(of: identity)) == "\(owner)"
  }

  /// Writes down that the caller made a server's directory for a project.
  func add(_ home: String, of project: ProjectDirectory) throws(EmbeddedServerError) {
    guard let identity = FileIdentity(home), let owner = FileIdentity(project.path) else {
      throw .system("look at", home, code: errno)
    }
    let path = path(of: identity)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .system("write", path, code: errno) }
    defer { close(descriptor) }
    let text = Array("\(owner)".utf8)
    guard write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0 else {
      throw .system("write", path, code: errno)
    }
  }

  /// Forgets a server's directory, which is still there.
  func forget(_ home: String) {
    if let identity = FileIdentity(home) { unlink(path(of: identity)) }
  }

  /// The file whose lock is the right to change the server of a project. Nobody but the caller and root can open it.
  func lockFile(of project: ProjectDirectory) -> String {
    directory + "/" + (FileIdentity(project.path)?.description ?? "") + ".lock"
  }

  /// Makes the directory unless it is there.
  func prepare() throws(EmbeddedServerError) {
    var path = ""
    for part in directory.split(separator: "/") {
      path += "/" + part
      mkdir(path, 0o700)
    }
    guard isOurs else { throw .noRecords(directory) }
  }

  /// Whether the directory belongs to the caller and nobody else can write to it.
  private var isOurs: Bool {
    guard let facts = FileFacts(directory) else { return false }
    return facts.isDirectory && facts.owner == OSUser.current.id && facts.isWrittenByOwnerOnly
  }

  private func path(of home: FileIdentity) -> String { "\(directory)/\(home).cluster" }
}
