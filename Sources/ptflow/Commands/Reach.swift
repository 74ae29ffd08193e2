import ArgumentParser
import Diagnostics
import NetAnalysis
import PetriNet

/// Says whether a marking can be reached.
struct Reach: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say whether a net can come into some situation, and how.",
    discussion: """
      A query compares sums of tokens: ptflow reach game.pflow 'X_WON >= 1 and O_WON >= 1'. It knows + - *, = <> < <= > >=, \
      and, or, not, parentheses, deadlock, and enabled(transition). A name that is no word stands in quotes.

      Exits with 0 when it is reachable or never is, with 1 when that was not decided within the limits, and with 130 when
      control-C ended it before.
      """)

  @Argument(help: "The file of the net.", completion: .file())
  var net: String

  @Argument(help: "What to look for.")
  var query: String

  @OptionGroup var patience: Patience
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let net = try ReadNet(path: net, name: net.netName).net
      let meant: Query
      do throws(QueryError) {
        meant = try Query(query, of: net)
      } catch {
        throw UnreadableQuery(query: query, error: error)
      }
      Interruption.watch()
      let clock = patience.clock(net.name)
      func bounds() -> [Int?] { LinearFacts(of: net, shouldStop: { clock(.bounding) >= 1 }).bounds.map { $0?.most } }
      let found = reach(meant, in: net, bounds: bounds(), limits: patience.limits, clock: clock)
      print(output.json ? jsonValue(found, net).text : words(found, net))
      if case .undecided = found.answer { throw ExitCode(Interruption.isAskedFor ? Interruption.exitCode : 1) }
    }
  }

  private func words(_ found: Reachability, _ net: Net) -> String {
    switch found.answer {
    case .reachable(let marking, let path):
      let names = path.map { net.transitions[$0].name }
      let way = names.isEmpty ? "at the beginning" : "after " + names.joined(separator: ", ")
      return "reachable: \(way)\n  \(net.words(marking))"
    case .never(let reason): return "never: \(reason)"
    case .undecided(let stop): return "not decided by \(found.markings) markings: \(patience.words(stop))"
    }
  }

  private func jsonValue(_ found: Reachability, _ net: Net) -> JSONValue {
    let markings = ("markings_found", JSONValue.number(found.markings))
    switch found.answer {
    case .reachable(let marking, let path):
      let state = zip(net.places, marking.counts).map { ($0.name, JSONValue.number($1)) }
      return .object([
        ("reachable", .truth(true)), ("witness", .array(path.map { .string(net.transitions[$0].name) })),
        ("state", .object(state)), markings,
      ])
    case .never(let reason): return .object([("reachable", .truth(false)), ("reason", .string(reason)), markings])
    case .undecided(let stop):
      return .object([("reachable", .null), ("reason", .string(patience.words(stop))), markings])
    }
  }
}

/// A query that is none.
struct UnreadableQuery: Error {
  let query: String
  let error: QueryError

  private var diagnostic: Diagnostic {
    Diagnostic(.error, error.message, at: SourceLocation(file: "query", line: 1, column: error.column))
  }

  /// What is wrong, for people.
  var words: String { diagnostic.rendered(in: SourceFile(name: "query", text: query)) }

  /// The same for programs.
  var jsonValue: JSONValue { diagnostic.jsonValue }
}
