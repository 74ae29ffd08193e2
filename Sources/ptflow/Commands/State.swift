import ArgumentParser
import SQL

/// Shows the marking.
struct State: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show the marking of an instance, now or in the past.")

  @OptionGroup var instance: InstanceArguments

  @Option(help: "The marking after this event; 0 is the initial marking.")
  var asOfSeq: Int?

  @Option(help: "The marking at this time.")
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
      if output.json { return sayJSON(.verbatim(json)) }
      let answer = try Answer(json)
      say("\(answer.net) \(answer.id), seq \(answer.seq), \(answer.at)")
      let places = answer.state.sorted { $0.key < $1.key }
      say(table(["place", "tokens"], places.map { [$0.key, "\($0.value)"] }))
    }
  }
}
