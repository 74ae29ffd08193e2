import ArgumentParser
import Postgres
import SQL

/// Shows what can be done.
struct Enabled: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the enabled transitions and the roles that may fire them.")

  @OptionGroup var instance: InstanceArguments
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let facade = try Facade(connection)
      let arguments: [Facade.Argument] = [("net", "text", instance.net), ("id", "text", instance.id)]
      if output.json { return sayJSON(.verbatim(try facade.array("ptflow_enabled", arguments, on: connection))) }
      let rows = try facade.rows("ptflow_enabled", arguments, on: connection)
      if rows.isEmpty { return say("no transition is enabled") }
      say(
        table(
          ["action", "role", "you may"],
          rows.map { [$0["action"] ?? "", $0["role"] ?? "", $0["may_fire"] == "t" ? "yes" : "no"] }))
    }
  }
}
