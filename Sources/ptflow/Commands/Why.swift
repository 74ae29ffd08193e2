import ArgumentParser
import Postgres
import SQL

/// Shows why something cannot be done.
struct Why: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the conditions that keep a transition from being enabled.",
    discussion: """
      A transition may have a guard, or a schema for its payload. They are asked with the payload that is given. Without \
      one only a guard is listed that is false whatever the payload is.
      """)

  @OptionGroup var instance: InstanceArguments

  @Argument(help: "The transition.")
  var action: String

  @Option(help: "The payload with which it would be fired, a JSON value.")
  var payload: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let facade = try Facade(connection)
      let arguments: [Facade.Argument] = [
        ("net", "text", instance.net), ("id", "text", instance.id), ("action", "text", action),
        ("payload", "jsonb", payload),
      ]
      if output.json { return sayJSON(.verbatim(try facade.array("ptflow_why_not", arguments, on: connection))) }
      let rows = try facade.rows("ptflow_why_not", arguments, on: connection)
      if rows.isEmpty { return say("\(action) is enabled") }
      let places = rows.filter { $0["place"] != nil }
      if !places.isEmpty {
        say(
          table(
            ["condition", "place", "tokens", "need"],
            places.map { [$0["condition"] ?? "", $0["place"] ?? "", $0["tokens"] ?? "", $0["need"] ?? ""] }))
      }
      let rules = rows.filter { $0["place"] == nil }
      if !rules.isEmpty {
        say(
          table(
            ["condition", "rule", "saw"],
            rules.map { [$0["condition"] ?? "", $0["rule"] ?? "", $0["saw"] ?? ""] }))
      }
    }
  }
}
