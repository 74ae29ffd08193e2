extension EmbeddedServer {
  /// How the server of a project is, and where.
  public struct Status: Hashable, Sendable {
    /// How a server can be.
    public enum State: String, Hashable, Sendable {
      /// It runs; it may still be starting.
      case running
      /// It was stopped in order.
      case stopped
      /// It ended without having been stopped; the next start repairs that.
      case crashed
      /// There is no cluster.
      case none
      /// There is one, but it belongs to another user.
      case inaccessible
      /// There is one, but it was not made here by the caller.
      case foreign
    }

    /// How it is.
    public var state: State
    /// The postmaster's process, when it runs.
    public var pid: Int32?
    /// The major version of PostgreSQL that made the cluster.
    public var version: Int?
    /// The cluster.
    public var dataDirectory: String?
    /// Where the socket is when the server runs.
    public var socketDirectory: String?
    /// What the server says.
    public var logFile: String?
    /// The URL to connect to.
    public var url: String?
  }

  /// How the server is at the moment; changes and waits for nothing.
  public func status() -> Status {
    do {
      guard let place = try ServerPlace.existing(in: ProjectDirectory(project), records), let version = place.version
      else {
        return Status(state: .none)
      }
      let postmaster = Postmaster(place: place)
      let pid = postmaster.pid
      return Status(
        state: pid != nil ? .running : postmaster.hasPIDFile ? .crashed : .stopped, pid: pid, version: version,
        dataDirectory: place.data, socketDirectory: place.socketDirectory, logFile: place.log, url: place.url)
    } catch EmbeddedServerError.notYours {
      return Status(state: .inaccessible)
    } catch EmbeddedServerError.notMadeHere {
      return Status(state: .foreign)
    } catch {
      return Status(state: .none)
    }
  }
}
