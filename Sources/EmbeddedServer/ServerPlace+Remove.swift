import Glibc

extension ServerPlace {
  /// Deletes all that belongs to the server, as its user, so that root deletes nothing else by mistake.
  func remove(from project: ProjectDirectory, _ records: Records, _ run: Runner) throws(EmbeddedServerError) {
    let script = "cd \"$1\" && rm -rf ..?* .[!.]* *"
    try run("empty \(home)", ["/bin/sh", "-c", script, "sh", home])
    if FileFacts(temporarySocketDirectory)?.owner == user.id {
      try run("remove \(temporarySocketDirectory)", ["/bin/rm", "-rf", temporarySocketDirectory])
    }
    records.forget(home)
    if home != project.server {
      try run("remove \(home)", ["/bin/rmdir", home])
      guard unlink(project.server) == 0 else { throw .system("remove", project.server, code: errno) }
    } else {
      guard rmdir(home) == 0 else { throw .system("remove", home, code: errno) }
    }
    // What others put there stays.
    rmdir(project.state)
  }
}
