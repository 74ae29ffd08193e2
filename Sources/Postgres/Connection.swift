import CLibPQ

/// A session with a PostgreSQL server, closed when it goes out of scope.
///
/// It cannot be copied or shared, since a session does one thing at a time: work that runs side by side opens a
/// connection in each task or thread.
public struct Connection: ~Copyable {
  let raw: OpaquePointer
  /// libpq points at it for as long as the session lives.
  private let notices: NoticeReceiver

  /// Opens a session.
  ///
  /// Text is UTF-8 on both sides, whatever the environment says, and the server's activity view shows `ptflow` unless
  /// the connection string names another application.
  ///
  /// - Parameters:
  ///   - conninfo: a URL (`postgresql://…` or `postgres://…`) or `key=value` words. What it leaves out is taken from the
  ///     environment (`PGHOST` and so on), as psql does; the empty string leaves out everything.
  ///   - onNotice: gets the messages that are no errors, such as `RAISE NOTICE`; without it they are dropped.
  /// - Throws: what is wrong with the connection string, or why the server cannot be reached.
  public init(
    _ conninfo: String, onNotice: @escaping (PostgresNotice) -> Void = { _ in }
  ) throws(PostgresError) {
    try checkConnectionString(conninfo)
    // The string is given as the database's name, which libpq expands in place; what follows it overrides it.
    let keywords = ["fallback_application_name", "dbname", "client_encoding"]
    let values = ["ptflow", conninfo, "UTF8"]
    let opened = withCStrings(keywords) { keywords in
      withCStrings(values) { values in PQconnectdbParams(keywords, values, 1) }
    }
    guard let opened else { throw .outOfMemory }
    guard PQstatus(opened) == CONNECTION_OK else {
      let error = PostgresError.connectionFailure(String(cString: PQerrorMessage(opened)), conninfo: conninfo)
      PQfinish(opened)
      throw error
    }
    raw = opened
    notices = NoticeReceiver(onNotice)
    notices.attach(to: opened)
  }

  deinit { PQfinish(raw) }

  /// The server's version as a number: 150018 is 15.18.
  public var serverVersion: Int { Int(PQserverVersion(raw)) }

  /// Whether the session is there, as far as is known: once a statement met with a lost connection, it is not.
  public var isOpen: Bool { PQstatus(raw) == CONNECTION_OK }

  /// The process on the server that serves this session, as `pg_stat_activity.pid` has it.
  public var backendPID: Int { Int(PQbackendPID(raw)) }

  /// A handle with which another thread, or a signal handler, interrupts the statement that runs here.
  public var canceller: Canceller { Canceller(of: raw) }
}
