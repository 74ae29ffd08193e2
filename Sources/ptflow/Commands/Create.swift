import ArgumentParser
import SQL

/// Makes an instance.
struct Create: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Create an instance in the initial marking.")

  @OptionGroup var instance: InstanceArguments
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let json = try Facade(connection).value(
        "ptflow_create", [("net", "text", instance.net), ("id", "text", instance.id)], on: connection)
      if output.json { return sayJSON(.verbatim(json)) }
      let answer = try Answer(json)
      say("\(answer.net) \(answer.id) 0: \(answer.replayed == true ? "already exists" : "created")")
      say("  \(answer.marking)")
    }
  }
}
