import Glibc

extension ServerPlace {
  /// The place of a project's server, if it has one already.
  ///
  /// - Throws: that it belongs to another user, in whose name only root may act.
  static func existing(in project: ProjectDirectory) throws(EmbeddedServerError) -> ServerPlace? {
    guard let entry = FileFacts(project.server) else { return nil }
    guard entry.isLink else { return try owned(project.server, entry) }
    // A link is followed only to a home that names this project, so a copied project does not share a database.
    guard let target = linkTarget(project.server) else { return nil }
    guard let home = FileFacts(target), home.isDirectory else {
      if errno == EACCES { throw .notYours(target, owner: OSUser.withID(entry.owner).name) }
      return nil
    }
    guard let place = try owned(target, home), place.belongs(to: project) else { return nil }
    return place
  }

  private static func owned(_ home: String, _ facts: FileFacts) throws(EmbeddedServerError) -> ServerPlace? {
    let caller = OSUser.current
    let owner = OSUser.withID(facts.owner)
    guard caller.id == 0 || caller.id == owner.id else { throw .notYours(home, owner: owner.name) }
    // Root keeps no cluster: the program was killed before it gave the directory away.
    return owner.id == 0 ? nil : ServerPlace(home: home, user: owner)
  }

  /// Writes down where the project lies now, since it may have been moved.
  func claim(for project: ProjectDirectory, _ run: Runner) throws(EmbeddedServerError) {
    guard home != project.server, readFile(projectFile) != project.path else { return }
    try run(
      "write \(projectFile)", ["/bin/sh", "-c", "printf %s \"$2\" >\"$1\"", "sh", projectFile, project.path])
  }

  /// Whether the home was made for the project, or for where the project lay before it was moved here.
  private func belongs(to project: ProjectDirectory) -> Bool {
    guard let maker = readFile(projectFile) else { return false }
    return maker == project.path || linkTarget(maker + "/.ptflow/postgres") != home
  }
}
