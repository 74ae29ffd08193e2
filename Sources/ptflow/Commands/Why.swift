import ArgumentParser
import Postgres
import SQL

/// Shows why something cannot be done.
struct Why: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the conditions that keep a transition from being enabled.")

  @OptionGroup var instance: InstanceArguments

  @Argument(help: "The transition.")
  var action: String

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let facade = try Facade(connection)
      let arguments: [Facade.Argument] = [
        ("net", "text", instance.net), ("id", "text", instance.id), ("action", "text", action),
      ]
      if output.json { return sayJSON(.verbatim(try facade.array("ptflow_why_not", arguments, on: connection))) }
      let rows = try facade.rows("ptflow_why_not", arguments, on: connection)
      if rows.isEmpty { return say("\(action) is enabled") }
      say(
        table(
          ["condition", "place", "tokens", "need"],
          rows.map { [$0["condition"] ?? "", $0["place"] ?? "", $0["tokens"] ?? "", $0["need"] ?? ""] }))
    }
  }
}
