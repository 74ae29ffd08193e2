import ArgumentParser
import Postgres
import SQL

/// Fires a transition, or those of a file.
struct Dispatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fire a transition of an instance, or all those that a file lists.",
    usage: """
      ptflow dispatch <net> <id> <action> [<payload>] [--multiple <multiple>] [--expected <expected>] [--key <key>]
      ptflow dispatch [<net>] --file <file> [--from-line <from-line>] [--batch <batch>]
      """,
    discussion: """
      A file has one event a line, each a JSON object with the names of the arguments:

        {"net": "order", "id": "o-4711", "action": "pay", "key": "7f3a"}

      payload, multiple, expected and key may be left out, and so may net when it is given as an argument. Empty lines \
      are skipped. Events are stored in the order of their lines, a batch at a time, in little memory however long the \
      file is.

      At a line that cannot be read or is refused, it stops with 1: all lines before it are stored, and nothing from it \
      on, so that --from-line goes on once the line is mended. When the database fails or goes away, it stops with 2, \
      on control-C with 130, and says which lines are stored. Events with a key can simply be sent again: those that \
      are there already are counted, and not stored twice.
      """)

  @Argument(help: "The net; with --file, the one of events that name none.")
  var net: String?

  @Argument(help: "The instance.")
  var id: String?

  @Argument(help: "The transition.")
  var action: String?

  @Argument(help: "The payload, a JSON value.")
  var payload: String?

  @Option(help: "Fire so many times in a row, as one event.")
  var multiple: Int?

  @Option(help: "Only when the instance has this seq; 0 before its first event.")
  var expected: Int?

  @Option(help: "A name for the event: given again, the first answer comes again.")
  var key: String?

  @Option(help: "A file with one event a line, in JSON; - is standard input.", completion: .file())
  var file: String?

  @Option(help: "Begin with this line of the file, counted from 1.")
  var fromLine: Int?

  @Option(help: "Store so many events in one transaction, or fewer when they are large. (default: 1000)")
  var batch: Int?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func validate() throws {
    if file == nil {
      for (argument, value) in [("net", net), ("id", id), ("action", action)] where value == nil {
        throw ValidationError("Missing expected argument '<\(argument)>'")
      }
      if fromLine != nil { throw ValidationError("--from-line is for --file") }
      if batch != nil { throw ValidationError("--batch is for --file") }
    } else {
      let ofOne: [(String, Any?)] = [
        ("<id>", id), ("<action>", action), ("<payload>", payload), ("--multiple", multiple), ("--expected", expected),
        ("--key", key),
      ]
      if let (name, _) = ofOne.first(where: { $0.1 != nil }) {
        throw ValidationError("\(name) is for one event; with --file, it stands in the file's lines")
      }
      if file?.isEmpty == true { throw ValidationError("--file needs a name; - is standard input") }
      if let fromLine, fromLine < 1 { throw ValidationError("--from-line counts from 1") }
      if let batch, batch < 1 { throw ValidationError("--batch is at least 1") }
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
    if output.json { return print(json) }
    let answer = try Answer(json)
    let times = answer.multiple == 1 ? "" : " times \(answer.multiple ?? 1)"
    let again = answer.replayed == true ? " (replayed)" : ""
    print("\(answer.net) \(answer.id) \(answer.seq): \(action ?? "")\(times)\(again)")
    print("  \(answer.marking)")
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
      error.hint = "Give the payload as JSON, in the shell's quotes: '{\"note\": \"by hand\"}'"
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
      let answer: JSONValue = [
        "lines": .number(tally.line), "stored": .number(tally.stored), "replayed": .number(tally.replayed),
      ]
      return print(answer.text)
    }
    let again = tally.replayed == 0 ? "" : ", \(tally.replayed) \(tally.replayed == 1 ? "was" : "were") there already"
    print("\(file.name): \(tally.stored) event\(tally.stored == 1 ? "" : "s") stored\(again)")
  }
}
