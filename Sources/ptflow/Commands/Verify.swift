import ArgumentParser
import Postgres
import SQL

/// Checks the chain.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the chains of events; exits with 1 when one is broken.")

  @Argument(help: "The net.")
  var net: String

  @Argument(help: "The instance; all of them without it.")
  var id: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let facade = try Facade(connection)
      let arguments: [Facade.Argument] = [("net", "text", net), ("id", "text", id)]
      let rows = try facade.rows("ptflow_verify", arguments, on: connection)
      if output.json {
        print(try facade.array("ptflow_verify", arguments, on: connection))
      } else if rows.isEmpty {
        print("\(net)\(id.map { " \($0)" } ?? ""): intact")
      } else {
        let columns = ["instance", "seq", "problem", "expected", "found"]
        print(table(columns, rows.map { row in columns.map { row[$0] ?? "" } }))
      }
      if !rows.isEmpty { throw ExitCode(1) }
    }
  }
}
