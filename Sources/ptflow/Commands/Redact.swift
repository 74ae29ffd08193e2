import ArgumentParser
import Installer
import Postgres

/// Takes payloads out of the log.
struct Redact: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove the payloads of events for ever; the chain stays verifiable.",
    discussion: """
      A payload is chained by its hash, which is kept. Nobody fires in the net meanwhile. Backups, replicas and the \
      write-ahead log keep what they have.
      """)

  @OptionGroup var instance: InstanceArguments

  @Option(help: "The seq of the first event.")
  var from: Int

  @Option(help: "The seq of the last event; by default the first alone.")
  var to: Int?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func validate() throws {
    guard from >= 1, to ?? from >= from else { throw ValidationError("--from must be at least 1, and --to not less") }
  }

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      try demandEngine(connection)
      let count = try redact(from...(to ?? from), of: instance.id, in: instance.net, on: connection)
      guard let count else { throw PostgresError.noSuchNet(instance.net) }
      if output.json { return sayJSON(["redacted": .number(count)]) }
      say("\(instance.net) \(instance.id): \(count) payload\(count == 1 ? "" : "s") removed")
    }
  }
}
