import ArgumentParser
import Installer
import Postgres

/// Holds the states that nets keep against their logs.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare the states that nets keep with the log, and repair them.",
    discussion: """
      A net that keeps its states has the current markings in a table, which follows the log. Each row is derived again \
      from the log and compared; the exit code is 1 if one differs. With --repair such rows are written anew, and nobody \
      fires in that net meanwhile. Whether the log itself is right says ptflow verify.
      """)

  @Argument(help: "The net; by default all nets.")
  var net: String?

  @Flag(help: "Write the rows anew that are not what the log says.")
  var repair = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      try demandEngine(connection)
      var progress: ProgressBar?
      let results = try Installer.replay(net, repairing: repair, on: connection) { net, total in
        if progress == nil { progress = ProgressBar(total: total, label: "replaying") }
        progress?.advance(net)
      }
      progress?.finish()
      if let net, results.isEmpty { throw PostgresError.noSuchNet(net) }
      if output.json {
        sayJSON(.array(results.map(\.jsonValue)))
      } else {
        say(Words(results.map { $0.words(repaired: repair) }))
      }
      if !repair, results.contains(where: { $0.wrong > 0 }) { throw ExitStatus.refused.code }
    }
  }
}

extension Installer.Replay {
  fileprivate func words(repaired: Bool) -> Words {
    guard let rows else { return "\(net): keeps no states; they are read from the log" }
    let states: Words = "\(rows) state\(rows == 1 ? "" : "s")"
    if wrong == 0 { return "\(net): \(states), as the log says" }
    return repaired
      ? "\(net): \(states), \(wrong) written anew"
      : "\(net): \(states), \(wrong) not as the log says; repair them: ptflow replay \(net) --repair"
  }

  fileprivate var jsonValue: JSONValue {
    ["net": .string(net), "states": JSONValue(rows), "wrong": .number(wrong)]
  }
}
