import ArgumentParser
import Diagnostics
import NetAnalysis
import PetriNet

/// Says whether a marking can be reached.
struct Reach: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decide whether a marking with some property is reachable, and by which firings.",
    discussion: """
      A query compares sums of tokens:

        ptflow reach game.pflow 'X_WON >= 1 and O_WON >= 1'

      It may use + - *, = <> < <= > >=, and, or, not, parentheses, deadlock, and enabled(transition). A name that is not a \
      plain word is written in double quotes.

      The exit code is 0 when the property is reachable or proved unreachable, 1 when a limit was reached first, and 130 \
      on control-C.
      """)

  @Argument(help: "The file of the net.", completion: .file())
  var net: String

  @Argument(help: "The query.")
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
      let found = reach(
        meant, in: net, bounds: LinearFacts(of: net).bounds.map { $0?.most }, limits: patience.limits, clock: clock)
      if output.json { sayJSON(jsonValue(found, net)) } else { say(words(found, net)) }
      if case .undecided = found.answer { throw (Interruption.isAskedFor ? ExitStatus.interrupted : .refused).code }
    }
  }

  private func words(_ found: Reachability, _ net: Net) -> Words {
    switch found.answer {
    case .reachable(let marking, let path):
      let names = path.map { net.transitions[$0].name }
      let way = names.isEmpty ? "in the initial marking" : "after " + names.joined(separator: ", ")
      return "reachable: \(way)\n  \(net.words(marking))"
    case .never(let reason): return "unreachable: \(reason)"
    case .undecided(let stop): return "undecided after \(found.markings) markings: \(patience.words(stop))"
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
struct UnreadableQuery: Reportable {
  let query: String
  let error: QueryError

  private var diagnostic: Diagnostic {
    Diagnostic(.error, error.message, at: SourceLocation(file: "query", line: 1, column: error.column))
  }

  /// What is wrong, for people.
  var words: Words { Words(printable: diagnostic.rendered(in: SourceFile(name: "query", text: query))) }

  /// The same for programs.
  var jsonValue: JSONValue { diagnostic.jsonValue }
}
