import ArgumentParser
import Diagnostics
import Foundation
import NetAnalysis
import PetriNet

/// Says whether a marking can be reached.
struct Reach: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say whether a net can come into some situation, and how.",
    discussion: """
      A query compares sums of tokens: ptflow reach game.pflow 'X_WON >= 1 and O_WON >= 1'. It knows + - *, = <> < <= > >=, \
      and, or, not, ->, parentheses, deadlock, and enabled(transition). A name that is no word stands in quotes.

      A property speaks of runs, by AG, AF, AX, EG, EF, EX and A[… U …], E[… U …]: 'AG (asked >= 1 -> AF answered >= 1)'. \
      docs/analysis.md says what they mean.

      Exits with 0 when all is decided, with 1 when something was not decided within the limits, and with 130 when \
      control-C ended it before.
      """)

  @Argument(help: "The file of the net.", completion: .file())
  var net: String

  @Argument(help: "What to look for, or what to decide.")
  var query: String?

  @Option(
    help: "A file of properties to decide: a line each, with a name before a colon if wanted, or the contest's XML.",
    completion: .file())
  var queries: String?

  @OptionGroup var patience: Patience
  @OptionGroup var output: JSONOption

  func validate() throws {
    guard (query == nil) != (queries == nil) else { throw ValidationError("give either a query or --queries") }
  }

  func run() throws {
    try reporting(json: output.json) {
      let net = try ReadNet(path: net, name: net.netName).net
      if let queries { return try runAll(queries, net) }
      let text = query ?? ""
      let property: Property
      do throws(QueryError) {
        property = try Property(text, of: net)
      } catch {
        throw UnreadableQuery(query: text, error: error)
      }
      Interruption.watch()
      let clock = patience.clock(net.name)
      func bounds() -> [Int?] { LinearFacts(of: net, shouldStop: { clock(.bounding) >= 1 }).bounds.map { $0?.most } }
      guard let meant = property.query else {
        let found = verify(property, of: net, bounds: bounds(), limits: patience.limits, clock: clock)
        print(output.json ? JSONValue.object(members(found, net)).text : words(found, net))
        if found.holds == nil { throw ExitCode(Interruption.isAskedFor ? Interruption.exitCode : 1) }
        return
      }
      let found = reach(meant, in: net, bounds: bounds(), limits: patience.limits, clock: clock)
      print(output.json ? jsonValue(found, net).text : words(found, net))
      if case .undecided = found.answer { throw ExitCode(Interruption.isAskedFor ? Interruption.exitCode : 1) }
    }
  }

  /// Decides each property of a file, each within the limits.
  private func runAll(_ path: String, _ net: Net) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("\(path) cannot be read")
    }
    let properties = namedProperties(String(decoding: data, as: UTF8.self), of: net)
    Interruption.watch()
    var known: [Int?]?
    var (answers, isDecided) = ([JSONValue](), true)
    for named in properties where !Interruption.isAskedFor {
      switch named.property {
      case .failure(let error):
        isDecided = false
        answers.append(.object([("name", .string(named.name)), ("error", .string(error.message.description))]))
        if !output.json { print("\(named.name): error: \(error.message)") }
      case .success(let property):
        let clock = patience.clock(named.name)
        func bounds() -> [Int?] {
          let bounds = known ?? LinearFacts(of: net, shouldStop: { clock(.bounding) >= 1 }).bounds.map { $0?.most }
          known = bounds
          return bounds
        }
        let found = verify(property, of: net, bounds: bounds(), limits: patience.limits, clock: clock)
        isDecided = isDecided && found.holds != nil
        answers.append(.object([("name", .string(named.name))] + members(found, net)))
        if !output.json { print("\(named.name): \(words(found, net))") }
      }
    }
    if output.json { print(JSONValue.object([("answers", .array(answers))]).text) }
    if Interruption.isAskedFor { throw ExitCode(Interruption.exitCode) }
    if !isDecided { throw ExitCode(1) }
  }

  private func words(_ found: Verification, _ net: Net) -> String {
    guard let holds = found.holds else { return "\(found.reason): \(found.stop.map { patience.words($0) } ?? "")" }
    var lines = ["\(holds ? "true" : "false"): \(found.reason)"]
    if !found.witness.isEmpty {
      let names = found.witness.map { net.transitions[$0].name }
      let start = found.loop?.lowerBound ?? names.count
      let parts = [
        start > 0 ? ["after \(names[..<start].joined(separator: ", "))"] : [],
        start < names.count ? ["for ever \(names[start...].joined(separator: ", "))"] : [],
      ].flatMap(\.self)
      lines.append("  " + parts.joined(separator: ", "))
    }
    return lines.joined(separator: "\n")
  }

  private func members(_ found: Verification, _ net: Net) -> [(String, JSONValue)] {
    func names(_ path: some Sequence<Int>) -> JSONValue { .array(path.map { .string(net.transitions[$0].name) }) }
    return [
      ("holds", found.holds.map { .truth($0) } ?? .null),
      ("reason", .string(found.stop.map { patience.words($0) } ?? found.reason)), ("witness", names(found.witness)),
      ("loop", found.loop.map { names(found.witness[$0]) } ?? .null), ("markings_found", .number(found.markings)),
    ]
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
