import ArgumentParser
import Postgres
import SQL

/// Shows what happened.
struct Events: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the events of an instance in order.")

  @OptionGroup var instance: InstanceArguments

  @Option(help: "Only events after this seq.")
  var after: Int?

  @Option(help: "The most events to list.")
  var limit: Int?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let facade = try Facade(connection)
      let arguments: [Facade.Argument] = [
        ("net", "text", instance.net), ("id", "text", instance.id), ("after_seq", "bigint", after.map(String.init)),
        ("limit", "bigint", limit.map(String.init)),
      ]
      if output.json { return sayJSON(.verbatim(try facade.array("ptflow_events", arguments, on: connection))) }
      let rows = try facade.rows("ptflow_events", arguments, on: connection)
      if rows.isEmpty { return say("no events") }
      say(
        table(
          ["seq", "action", "multiple", "actor", "role", "at", "payload"],
          rows.map { row in ["seq", "action", "multiple", "actor", "role", "at", "payload"].map { row[$0] ?? "" } }))
    }
  }
}
