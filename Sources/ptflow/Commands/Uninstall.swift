import ArgumentParser
import Postgres

/// Removes a net.
struct Uninstall: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove a net; refused while it has instances, unless told so.")

  @Argument(help: "The net.")
  var net: String

  @Flag(help: "Remove its instances and their events as well. They are lost.")
  var withData = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      try demandEngine(connection)
      let rows = try connection.query("SELECT ptflow.uninstall($1, $2)", [net, withData ? "true" : "false"])
      let instances = rows[0][0].flatMap { Int($0) } ?? 0
      if output.json {
        print(JSONValue.object([("net", .string(net)), ("instances", .number(instances))]).text)
      } else {
        print("\(net): removed" + (instances > 0 ? ", with \(instances) instance\(instances == 1 ? "" : "s")" : ""))
      }
    }
  }
}
