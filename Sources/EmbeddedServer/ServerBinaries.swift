import Glibc

/// The installed programs of one version of PostgreSQL.
struct ServerBinaries: Hashable, Sendable {
  let directory: String
  let major: Int

  var initdb: String { directory + "/initdb" }
  var postgres: String { directory + "/postgres" }

  /// Finds the programs: in `PG_BIN` alone when it is set, else the newest that Debian's packages installed, else where
  /// `pg_config` says, or on the `PATH`.
  /// Of a cluster's version, since no other can run it, or of any.
  static func find(
    ofVersion version: Int?, _ environment: [String: String]
  ) throws(EmbeddedServerError) -> ServerBinaries {
    if let directory = environment["PG_BIN"], !directory.isEmpty {
      // The programs run away from the caller's directory, where a path from there would lead nowhere.
      guard let binaries = realPath(directory).flatMap({ ServerBinaries($0) }) else { throw .noBinariesIn(directory) }
      guard version == nil || binaries.major == version else { throw .noBinariesOfVersion(version ?? 0) }
      return binaries
    }
    let match = { (directory: String) -> ServerBinaries? in
      ServerBinaries(directory).flatMap { version == nil || $0.major == version ? $0 : nil }
    }
    if let found = packaged.lazy.compactMap(match).first ?? others(environment).lazy.compactMap(match).first {
      return found
    }
    throw version.map { .noBinariesOfVersion($0) } ?? .noBinaries
  }

  private init?(_ directory: String) {
    guard access(directory + "/initdb", X_OK) == 0, access(directory + "/postgres", X_OK) == 0,
      let text = output(of: [directory + "/postgres", "--version"]), let major = majorVersion(text)
    else { return nil }
    self.directory = directory
    self.major = major
  }

  /// Where Debian's packages put each version, the newest first.
  private static var packaged: [String] {
    let versions = entries(of: "/usr/lib/postgresql").compactMap { Int($0) }.sorted(by: >)
    return versions.map { "/usr/lib/postgresql/\($0)/bin" }
  }

  private static func others(_ environment: [String: String]) -> [String] {
    let path = (environment["PATH"] ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    let config = path.map { $0 + "/pg_config" }.first { access($0, X_OK) == 0 }
    let configured = config.flatMap { output(of: [$0, "--bindir"]) }.map(trimmed)
    return [configured, "/usr/local/pgsql/bin"].compactMap(\.self) + path
  }
}

/// The major version in what `postgres --version` prints: `postgres (PostgreSQL) 15.18 (Debian …)`, `… 19devel`.
func majorVersion(_ text: String) -> Int? {
  let digits = text.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber }
  return Int(digits)
}

/// What a program prints when it succeeds.
private func output(of command: [String]) -> String? {
  guard let (status, output) = try? spawn(command, input: "", environment: [:], lock: nil), status == 0 else {
    return nil
  }
  return output
}
