/// A project directory, by its real path, and what ptflow keeps in it.
struct ProjectDirectory {
  let path: String

  /// Finds the directory.
  init(_ path: String) throws(EmbeddedServerError) {
    guard let resolved = realPath(path) else { throw .noProject(path) }
    self.path = resolved
  }

  /// What ptflow keeps there.
  var state: String { (path == "/" ? "" : path) + "/.ptflow" }
  /// The directory that holds the cluster, or a symbolic link to it where it cannot lie in the project.
  var server: String { state + "/postgres" }
  /// Whether there is a server, of whomever.
  var hasServer: Bool { FileFacts(server) != nil }
}
