import ArgumentParser
import EmbeddedServer
import Foundation
import Postgres

/// Which database a command works on.
struct DatabaseOptions: ParsableArguments {
  @Option(name: .customLong("db"), help: "The database, as a URL or key=value words.")
  var database: String?

  func validate() throws {
    if database?.isEmpty == true { throw ValidationError("--db is empty; omit it for the default") }
  }

  /// Opens a session; without a database being named, with the embedded server, which is started if need be.
  func connect() throws -> Connection {
    try Connection(try conninfo())
  }

  /// The connection string of the database.
  func conninfo() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    if let database { return database }
    if let url = environment["DATABASE_URL"], !url.isEmpty { return url }
    let variables = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE"]
    if variables.contains(where: { environment[$0]?.isEmpty == false }) { return "" }
    return try EmbeddedServer.ofThisProject.start()
  }
}

extension EmbeddedServer {
  /// The server of the current directory.
  static var ofThisProject: EmbeddedServer {
    EmbeddedServer(project: FileManager.default.currentDirectoryPath) { step in
      standardError("ptflow: \(step)")
    }
  }
}
