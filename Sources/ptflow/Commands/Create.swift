import ArgumentParser
import SQL

/// Makes an instance.
struct Create: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Make an instance in the initial marking.")

  @OptionGroup var instance: InstanceArguments
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let json = try Facade(connection).value(
        "ptflow_create", [("net", "text", instance.net), ("id", "text", instance.id)], on: connection)
      if output.json { return print(json) }
      let answer = try Answer(json)
      print("\(answer.net) \(answer.id) 0: \(answer.replayed == true ? "was there already" : "created")")
      print("  \(answer.marking)")
    }
  }
}
