import ArgumentParser
import Postgres
import SQL

/// Shows all markings of a time.
struct States: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the markings of all instances of a net, now or at a time.")

  @Argument(help: "The net.")
  var net: String

  @Option(help: "The time; by default now.")
  var asOfTime: String?

  @Option(help: "Only instances whose id comes after this one.")
  var after: String?

  @Option(help: "The most instances to show.")
  var limit: Int?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let facade = try Facade(connection)
      let arguments: [Facade.Argument] = [
        ("net", "text", net), ("time", "timestamptz", asOfTime ?? "infinity"), ("after_id", "text", after),
        ("limit", "bigint", limit.map(String.init)),
      ]
      if output.json { return sayJSON(.verbatim(try facade.array("ptflow_states_as_of", arguments, on: connection))) }
      let rows = try facade.rows("ptflow_states_as_of", arguments, on: connection)
      if rows.isEmpty { return say("no instances") }
      let columns = ["id", "seq", "at", "state"]
      say(table(columns, rows.map { row in columns.map { row[$0] ?? "" } }))
    }
  }
}
