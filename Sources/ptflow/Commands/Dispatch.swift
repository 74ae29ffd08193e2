import ArgumentParser
import Postgres
import SQL

/// Fires a transition, or those of a file.
struct Dispatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fire a transition of an instance, or the transitions listed in a file.",
    usage: """
      ptflow dispatch <net> <id> <action> [<payload>] [--multiple <multiple>] [--expected <expected>] [--key <key>]
      ptflow dispatch [<net>] --file <file> [--from-line <from-line>] [--batch <batch>]
      """,
    discussion: """
      A file has one event per line, each a JSON object with the names of the arguments:

        {"net": "order", "id": "o-4711", "action": "pay", "key": "7f3a"}

      payload, multiple, expected and key are optional, and net is when it is given as an argument. Empty lines are \
      skipped. Events are stored in the order of the lines, one batch after another. Memory does not grow with the file.

      It stops at the first line that is malformed or refused: the lines before it are stored, and no later one. \
      Correct the line and continue with --from-line. An event with a key can be sent again: it is not stored twice.

      Exit codes with --file:
        0    all lines are stored
        1    a line is malformed or refused, or the file cannot be read
        2    the database failed or went away
        130  stopped by control-C
      """)

  @Argument(help: "The net; with --file, the net of events that name none.")
  var net: String?

  @Argument(help: "The instance.")
  var id: String?

  @Argument(help: "The transition.")
  var action: String?

  @Argument(help: "The payload, a JSON value.")
  var payload: String?

  @Option(help: "Fire this many times in a row, as one event.")
  var multiple: Int?

  @Option(help: "Refuse unless the instance is at this seq; 0 means before its first event.")
  var expected: Int?

  @Option(help: "An idempotency key: a second call with it returns the first answer.")
  var key: String?

  @Option(help: "A file with one event per line, in JSON; - is standard input.", completion: .file())
  var file: String?

  @Option(help: "The first line to store, counted from 1.")
  var fromLine: Int?

  @Option(help: "The most events per transaction; large ones are split further. (default: 1000)")
  var batch: Int?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func validate() throws {
    if file == nil {
      for (argument, value) in [("net", net), ("id", id), ("action", action)] where value == nil {
        throw ValidationError("Missing expected argument '<\(argument)>'")
      }
      if fromLine != nil { throw ValidationError("--from-line needs --file") }
      if batch != nil { throw ValidationError("--batch needs --file") }
    } else {
      let ofOne: [(String, Any?)] = [
        ("<id>", id), ("<action>", action), ("<payload>", payload), ("--multiple", multiple), ("--expected", expected),
        ("--key", key),
      ]
      if let (name, _) = ofOne.first(where: { $0.1 != nil }) {
        throw ValidationError("\(name) cannot be used with --file; write it in the lines of the file")
      }
      if file?.isEmpty == true { throw ValidationError("--file is empty; - is standard input") }
      if let fromLine, fromLine < 1 { throw ValidationError("--from-line must be at least 1") }
      if let batch, batch < 1 { throw ValidationError("--batch must be at least 1") }
    }
  }

  func run() throws {
    try reporting(json: output.json) {
      if let file { try store(EventFile(path: file)) } else { try fire() }
    }
  }

  /// Fires one transition.
  private func fire() throws {
    let json = try stored()
    if output.json { return sayJSON(.verbatim(json)) }
    let answer = try Answer(json)
    let times = answer.multiple == 1 ? "" : " times \(answer.multiple ?? 1)"
    let again = answer.replayed == true ? " (replayed)" : ""
    say("\(answer.net) \(answer.id) \(answer.seq): \(action ?? "")\(times)\(again)")
    say("  \(answer.marking)")
  }

  /// What the database answers to one event.
  private func stored() throws -> String {
    let connection = try database.connect()
    do {
      return try Facade(connection).value(
        "ptflow_dispatch",
        [
          ("net", "text", net), ("id", "text", id), ("action", "text", action), ("payload", "jsonb", payload),
          ("multiple", "bigint", multiple.map(String.init)), ("expected", "bigint", expected.map(String.init)),
          ("key", "text", key),
        ], on: connection)
    } catch var error as PostgresError where error.sqlstate == "22P02" && error.hint == nil {
      // Of what is sent, only the payload is text that PostgreSQL has to read.
      error.hint = "Write the payload as JSON in single quotes: '{\"note\": \"by hand\"}'"
      throw error
    }
  }

  /// Fires the transitions of a file.
  private func store(_ file: EventFile) throws {
    let connection = try database.connect()
    let facade = try Facade(connection)
    Interruption.watch(connection)
    var load = EventLoad(file, net: net, firstLine: fromLine ?? 1, batchCount: batch ?? 1000, facade: facade)
    let tally = try load.run(on: connection)
    if output.json {
      return sayJSON([
        "lines": .number(tally.line), "stored": .number(tally.stored), "replayed": .number(tally.replayed),
      ])
    }
    let again = tally.replayed == 0 ? "" : ", \(tally.replayed) already stored"
    say("\(file.name): \(tally.stored) event\(tally.stored == 1 ? "" : "s") stored\(again)")
  }
}
