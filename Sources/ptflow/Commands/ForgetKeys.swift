import ArgumentParser
import Installer
import Postgres

/// Takes idempotency keys out of the log.
struct ForgetKeys: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget-keys",
    abstract: "Remove the keys of old events; the chain stays verifiable.",
    discussion: """
      A call that comes again with a forgotten key fires again. Nobody fires in the net meanwhile.
      """)

  @Argument(help: "The net.")
  var net: String

  @Option(help: "The time before which keys are removed.")
  var before: String

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      try demandEngine(connection)
      guard let count = try forgetKeys(before: before, of: net, on: connection) else {
        throw PostgresError.noSuchNet(net)
      }
      if output.json { return sayJSON(["forgotten": .number(count)]) }
      say("\(net): \(count) key\(count == 1 ? "" : "s") removed")
    }
  }
}

extension PostgresError {
  /// No net of that name is installed.
  static func noSuchNet(_ net: String) -> Self {
    Self(severity: "ERROR", sqlstate: "PT404", message: "no net is called \(net)", hint: "See ptflow list.")
  }
}
