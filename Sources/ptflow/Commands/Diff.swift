import ArgumentParser
import Postgres
import SQL

/// Shows what changed.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the places of an instance whose tokens differ between two events.")

  @OptionGroup var instance: InstanceArguments

  @Option(help: "The seq of the first event; 0 is the initial marking.")
  var from = 0

  @Option(help: "The seq of the second event; by default the last.")
  var to: Int?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let facade = try Facade(connection)
      let arguments: [Facade.Argument] = [
        ("net", "text", instance.net), ("id", "text", instance.id), ("from_seq", "bigint", "\(from)"),
        ("to_seq", "bigint", to.map(String.init)),
      ]
      if output.json { return sayJSON(.verbatim(try facade.array("ptflow_diff", arguments, on: connection))) }
      let rows = try facade.rows("ptflow_diff", arguments, on: connection)
      if rows.isEmpty { return say("no difference") }
      let columns = ["place", "before", "after", "change"]
      say(table(columns, rows.map { row in columns.map { row[$0] ?? "" } }))
    }
  }
}
