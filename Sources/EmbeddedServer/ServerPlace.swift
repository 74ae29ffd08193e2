/// Where the server of a project keeps its things, and who runs it.
struct ServerPlace: Hashable, Sendable {
  /// The server's own directory, which only its user and root can enter.
  let home: String
  /// Who runs the server: the caller, or where that is root the user `postgres`.
  let user: OSUser

  /// The cluster. It is complete: it is made under another name.
  var data: String { home + "/data" }
  /// A cluster that is being made.
  var unfinished: String { home + "/data.new" }
  /// What the server says.
  var log: String { home + "/server.log" }

  /// The major version of PostgreSQL that made the cluster; nil when there is no cluster.
  var version: Int? { readFile(data + "/PG_VERSION").flatMap { Int(trimmed($0)) } }

  /// Where the socket is, which only the server's user and root may reach.
  ///
  /// The address of a socket holds 107 bytes, and a list of hosts is separated by commas: a home that is too long or has
  /// other characters than plain ones gives way to a short directory of its own.
  var socketDirectory: String {
    let fits = home.utf8.count + Self.socketName.utf8.count <= 107
    return fits && home.unicodeScalars.allSatisfy(isPlain) ? home : temporarySocketDirectory
  }

  /// The directory that is used when the home will not do.
  var temporarySocketDirectory: String { temporaryPrefix + fingerprint(of: home) }

  /// Whether a directory was made for a socket of this user's, for this home or for where it was before.
  func isTemporary(_ directory: String) -> Bool { directory.hasPrefix(temporaryPrefix) }

  private var temporaryPrefix: String { "/tmp/ptflow-\(user.id)-" }

  /// The socket itself.
  var socket: String { socketDirectory + Self.socketName }

  /// What PostgreSQL calls its socket.
  private static let socketName = "/.s.PGSQL.5432"

  /// What to give to psql, libpq and whatever is made with it.
  ///
  /// Names the port and the user, since the environment of the caller might name others.
  var url: String {
    "postgresql:///\(EmbeddedServer.database)?host=\(socketDirectory)&port=5432&user=\(EmbeddedServer.database)"
  }
}

/// Whether a character means nothing to a URL, a shell or a list of hosts.
private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "-", "_": true
  default: false
  }
}

/// A short name for a path, always the same (FNV-1a).
func fingerprint(of path: String) -> String {
  let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
