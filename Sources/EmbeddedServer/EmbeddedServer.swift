public import Foundation

/// A private PostgreSQL server that belongs to one project directory.
///
/// Nets can be tried without a database having been set up: the cluster lies in the project's `.ptflow`, is made by the
/// installed server binaries, listens on a Unix socket only, and lets in its own user and root. It goes on running when
/// the program ends. Only a cluster that the caller made, in this project, is ever started, stopped or removed.
///
/// Processes that start or stop the server of one project wait for each other; projects have nothing in common.
public struct EmbeddedServer: Sendable {
  /// The name of the database, and of the role that owns all of it.
  public static let database = "ptflow"

  let project: String
  let environment: [String: String]
  let records: Records
  let progress: @Sendable (String) -> Void

  /// Names the server of a project; touches nothing.
  ///
  /// - Parameters:
  ///   - project: a directory that exists.
  ///   - environment: where `PATH` and `PG_BIN`, the directory of the server binaries, are looked up, and `HOME` and
  ///     `XDG_STATE_HOME` for the directory of the caller's records.
  ///   - progress: gets a few words before each step that takes a while.
  public init(
    project: String, environment: [String: String] = ProcessInfo.processInfo.environment,
    progress: @escaping @Sendable (_ step: String) -> Void = { _ in }
  ) {
    self.project = project
    self.environment = environment
    records = Records(environment)
    self.progress = progress
  }

  /// Whether the programs are there that a server is made of, and a user who may run them.
  ///
  /// - Parameter environment: where `PATH` and `PG_BIN` are looked up.
  /// - Returns: whether `start` can make a server in a new project.
  public static func isInstalled(environment: [String: String] = ProcessInfo.processInfo.environment) -> Bool {
    (try? checkInstalled(environment)) != nil
  }

  /// Starts the server unless it runs, makes its cluster first unless there is one, and waits until it answers.
  ///
  /// What a crash or a kill left behind is cleared away.
  ///
  /// - Returns: the URL to connect to, which psql and all libpq programs take as it is.
  /// - Throws: what is missing or in the way, with the end of the server's log where the server said it.
  @discardableResult
  public func start() throws(EmbeddedServerError) -> String {
    let project = try ProjectDirectory(project)
    return try locked(project) { lock throws(EmbeddedServerError) -> String in
      // Before anything is made.
      if try ServerPlace.existing(in: project, records) == nil { try Self.checkInstalled(environment) }
      let run = Runner(user: nil, environment: environment, lock: lock)
      let place = try ServerPlace.existingOrNew(in: project, records, run)
      try start(at: place, run.as(place.user))
      return place.url
    }
  }

  /// Stops the server: open transactions are rolled back, what was committed is on disk.
  ///
  /// - Returns: whether there was a server to stop.
  /// - Throws: that it did not stop within a minute, or is not the caller's.
  @discardableResult
  public func stop() throws(EmbeddedServerError) -> Bool {
    let project = try ProjectDirectory(project)
    guard project.hasServer else { return false }
    return try locked(project) { _ throws(EmbeddedServerError) -> Bool in
      guard let place = try ServerPlace.existing(in: project, records) else { return false }
      return try Postmaster(place: place).stop()
    }
  }

  /// Stops the server and deletes its cluster, with all that is in it.
  ///
  /// - Throws: that it did not stop, or that something cannot be deleted.
  public func remove() throws(EmbeddedServerError) {
    let project = try ProjectDirectory(project)
    guard project.hasServer else { return }
    try locked(project) { lock throws(EmbeddedServerError) -> Void in
      guard let place = try ServerPlace.existing(in: project, records) else { return }
      let postmaster = Postmaster(place: place)
      try postmaster.stop()
      try postmaster.endLeftovers()
      try place.remove(from: project, records, Runner(user: place.user, environment: environment, lock: lock))
      unlink(records.lockFile(of: project))
    }
  }

  /// The URL to connect to; nil when there is no cluster yet. Whether it answers is for `status` to say.
  public var url: String? { status().url }

  /// The binaries come first: the package that lacks them would have made the user, too.
  private static func checkInstalled(_ environment: [String: String]) throws(EmbeddedServerError) {
    _ = try ServerBinaries.find(ofVersion: nil, environment)
    _ = try ServerPlace.serverUser()
  }

  private func locked<Result>(
    _ project: ProjectDirectory, _ body: (Int32) throws(EmbeddedServerError) -> Result
  ) throws(EmbeddedServerError) -> Result {
    try project.locked(records, waiting: { progress("waiting for another ptflow") }, body)
  }

  /// Brings the server up, from whatever state it is in.
  private func start(at place: ServerPlace, _ run: Runner) throws(EmbeddedServerError) {
    let postmaster = Postmaster(place: place)
    if postmaster.pid != nil {
      if try postmaster.waitUntilItAnswers() { return }
      // It runs but its socket is gone, as when the project was moved or the temporary directory swept.
      try postmaster.stop()
    }
    let binaries = try ServerBinaries.find(ofVersion: place.version, environment)
    if place.version == nil {
      progress("creating the database cluster")
      try place.makeCluster(with: binaries, run)
    }
    progress("starting PostgreSQL \(binaries.major)")
    try postmaster.start(with: binaries, run)
  }
}
