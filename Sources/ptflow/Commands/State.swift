import ArgumentParser
import SQL

/// Shows the marking.
struct State: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show the marking of an instance, now or as it was.")

  @OptionGroup var instance: InstanceArguments

  @Option(help: "As of this event; 0 for the beginning.")
  var asOfSeq: Int?

  @Option(help: "As of this time.")
  var asOfTime: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let json = try Facade(connection).value(
        "ptflow_state",
        [
          ("net", "text", instance.net), ("id", "text", instance.id),
          ("as_of_seq", "bigint", asOfSeq.map(String.init)), ("as_of_time", "timestamptz", asOfTime),
        ], on: connection)
      if output.json { return print(json) }
      let answer = try Answer(json)
      print("\(answer.net) \(answer.id), seq \(answer.seq), \(answer.at)")
      let places = answer.state.sorted { $0.key < $1.key }
      print(table(["place", "tokens"], places.map { [$0.key, "\($0.value)"] }))
    }
  }
}
