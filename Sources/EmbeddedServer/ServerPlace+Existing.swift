import Glibc

extension ServerPlace {
  /// The place of a project's server, if it has one already.
  ///
  /// It is one only when the caller made it, for this project: a server runs commands that its configuration names, and
  /// who unpacks or copies a project owns what is in it.
  ///
  /// - Throws: that what is there is not the caller's, or was not made here.
  static func existing(
    in project: ProjectDirectory, _ records: Records
  ) throws(EmbeddedServerError) -> ServerPlace? {
    guard let state = FileFacts(project.state) else { return nil }
    guard state.isDirectory else { throw .notMadeHere(project.state) }
    guard state.owner == OSUser.current.id else {
      throw .notYours(project.state, owner: OSUser.withID(state.owner).name)
    }
    guard let entry = FileFacts(project.server) else { return nil }
    // A link says where to look, and nothing more. One to a place that is not this project's gives way.
    guard !entry.isLink else {
      guard let target = linkTarget(project.server), records.hold(target, of: project) else { return nil }
      return FileFacts(target).map { ServerPlace(home: target, user: OSUser.withID($0.owner)) }
    }
    if records.hold(project.server, of: project) {
      return ServerPlace(home: project.server, user: OSUser.withID(entry.owner))
    }
    // An empty directory is what is left when the program was killed before it recorded it.
    guard entry.isDirectory, entries(of: project.server).isEmpty else { throw .notMadeHere(project.server) }
    return nil
  }
}
