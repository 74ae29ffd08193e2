import ArgumentParser
import SQL

/// Fires a transition.
struct Dispatch: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Fire a transition of an instance.")

  @OptionGroup var instance: InstanceArguments

  @Argument(help: "The transition.")
  var action: String

  @Argument(help: "The payload, a JSON value.")
  var payload: String?

  @Option(help: "Fire so many times in a row, as one event.")
  var multiple: Int?

  @Option(help: "Only when the instance has this seq; 0 before its first event.")
  var expected: Int?

  @Option(help: "A name for the event: given again, the first answer comes again.")
  var key: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let json = try Facade(connection).value(
        "ptflow_dispatch",
        [
          ("net", "text", instance.net), ("id", "text", instance.id), ("action", "text", action),
          ("payload", "jsonb", payload), ("multiple", "bigint", multiple.map(String.init)),
          ("expected", "bigint", expected.map(String.init)), ("key", "text", key),
        ], on: connection)
      if output.json { return print(json) }
      let answer = try Answer(json)
      let times = answer.multiple == 1 ? "" : " times \(answer.multiple ?? 1)"
      let replayed = answer.replayed == true ? " (replayed)" : ""
      print("\(answer.net) \(answer.id) \(answer.seq): \(action)\(times)\(replayed)")
      print("  \(answer.marking)")
    }
  }
}
