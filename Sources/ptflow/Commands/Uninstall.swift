import ArgumentParser
import Postgres

/// Removes a net.
struct Uninstall: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove a net; refused if it has instances, unless --with-data is given.")

  @Argument(help: "The net.")
  var net: String

  @Flag(help: "Delete its instances and their events, too. They are lost.")
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
        sayJSON(["net": .string(net), "instances": .number(instances)])
      } else {
        let lost = instances > 0 ? ", with \(instances) instance\(instances == 1 ? "" : "s")" : ""
        say("\(net): removed\(lost)")
      }
    }
  }
}
