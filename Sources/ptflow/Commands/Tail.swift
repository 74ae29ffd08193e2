import ArgumentParser
import Foundation
import Postgres
import SQL

/// Follows the log.
struct Tail: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the events of all instances, and go on with those that come.",
    discussion: """
      Events come in the order of ptflow_feed, in which none is skipped. With --json each is a line, with the cursor after \
      which --from goes on. Stop it with control-C.
      """)

  @Option(name: .customLong("net"), help: "Only this net; may be given several times.")
  var nets: [String] = []

  @Option(name: .customLong("action"), help: "Only this transition; may be given several times.")
  var actions: [String] = []

  @Option(help: "Only this instance.")
  var id: String?

  @Option(help: "Where to begin: now, beginning, or a cursor.")
  var from = "now"

  @Flag(inversion: .prefixedNo, help: "Go on with events that come.")
  var follow = true

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let facade = try Facade(connection)
      Interruption.watch()
      var cursor: String? = from == "beginning" ? nil : from
      if from == "now" { cursor = try facade.value("ptflow_cursor", [], on: connection) }
      while !Interruption.isAskedFor {
        let count =
          output.json
          ? try printLines(&cursor, facade, connection) : try printWords(&cursor, facade, connection)
        if count == page { continue }
        if !follow { return }
        usleep(250_000)
      }
      throw ExitStatus.interrupted.code
    }
  }

  /// How many events one call asks for.
  private var page: Int { 1000 }

  private func arguments(_ cursor: String?) -> [Facade.Argument] {
    [
      ("after", "text", cursor), ("limit", "bigint", "\(page)"), ("nets", "text[]", array(nets)),
      ("actions", "text[]", array(actions)),
    ]
  }

  /// Prints the next events as JSON; how many there were.
  private func printLines(
    _ cursor: inout String?, _ facade: Facade, _ connection: borrowing Connection
  ) throws -> Int {
    let lines = try facade.lines("ptflow_feed", arguments(cursor), on: connection)
    for line in lines {
      cursor = line.cursor
      if let id, (try? Event(line.json).id) != id { continue }
      sayJSON(.verbatim(line.json))
    }
    fflush(nil)
    return lines.count
  }

  /// Prints the next events for people; how many there were.
  private func printWords(
    _ cursor: inout String?, _ facade: Facade, _ connection: borrowing Connection
  ) throws -> Int {
    let rows = try facade.rows("ptflow_feed", arguments(cursor), on: connection)
    for row in rows {
      cursor = row["cursor"]
      if let id, row["id"] != id { continue }
      let times: Words = row["multiple"] == "1" ? "" : " times \(row["multiple"] ?? "")"
      let action: Words = row["action"].map { "\($0)" } ?? "(created)"
      let name: Words = "\(row["net"] ?? "") \(row["id"] ?? "") \(row["seq"] ?? "")"
      say("\(row["at"] ?? "")  \(name): \(action)\(times)  \(row["payload"] ?? "")  by \(row["actor"] ?? "")")
    }
    fflush(nil)
    return rows.count
  }

  /// Texts as PostgreSQL reads an array; nil for none.
  private func array(_ texts: [String]) -> String? {
    guard !texts.isEmpty else { return nil }
    let quoted = texts.map { text in
      "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
    return "{\(quoted.joined(separator: ","))}"
  }

  /// What is looked at of an event.
  private struct Event: Decodable {
    let id: String

    init(_ json: String) throws { self = try JSONDecoder().decode(Event.self, from: Data(json.utf8)) }
  }
}
