import ArgumentParser
import Diagnostics
import Foundation
import NetAnalysis
import PetriNet

/// Says whether a marking can be reached, or whether a property of runs holds.
struct Reach: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decide whether a marking is reachable, or whether a property of runs holds; show the firings.",
    discussion: """
      A query compares sums of tokens:

        ptflow reach game.ptflow.yaml 'X_WON >= 1 and O_WON >= 1'

      It may use + - *, = <> < <= > >=, and, or, not, ->, parentheses, deadlock, and enabled(transition). A name that is \
      not a plain word is written in double quotes.

      A property is about runs. It may also use AG, AF, AX, EG, EF, EX, A[p U q] and E[p U q]:

        ptflow reach net.pflow 'AG (asked >= 1 -> AF answered >= 1)'

      docs/analysis.md defines them. --queries decides all queries and properties of a file.

      The exit code is 0 when all is decided, 1 when a limit was reached first or a line of the file has an error, and 130 \
      on control-C.
      """)

  @Argument(help: "The file of the net.", completion: .file())
  var net: String

  @Argument(help: "The query or property.")
  var query: String?

  @Option(
    help: """
      A file of queries and properties: one per line, optionally with a name and a colon before it, or the XML of the \
      Model Checking Contest.
      """,
    completion: .file())
  var queries: String?

  @OptionGroup var patience: Patience
  @OptionGroup var output: JSONOption

  func validate() throws {
    guard (query == nil) != (queries == nil) else { throw ValidationError("give either a query or --queries") }
  }

  func run() throws {
    try reporting(json: output.json) {
      let net = try ReadNet(path: net).net
      if let queries { return try runAll(queries, net) }
      let text = query ?? ""
      let property: Property
      do throws(QueryError) {
        property = try Property(text, of: net)
      } catch {
        throw UnreadableQuery(query: text, error: error)
      }
      Interruption.watch()
      let (verifier, clock) = (verifier(of: net), patience.clock(net.name))
      guard let meant = property.query else {
        let found = verifier.verify(property, clock: clock)
        if output.json { sayJSON(.object(members(found, net))) } else { say(words(found, net)) }
        if found.holds == nil { throw undecided }
        return
      }
      let found = verifier.reach(meant, clock: clock)
      if output.json { sayJSON(jsonValue(found, net)) } else { say(words(found, net)) }
      if case .undecided = found.answer { throw undecided }
    }
  }

  private func verifier(of net: Net) -> Verifier {
    Verifier(of: net, limits: patience.limits) { clock in
      LinearFacts(of: net, shouldStop: { clock(.bounding) >= 1 }).bounds.map { $0?.most }
    }
  }

  /// What ends the program when something was not decided.
  private var undecided: ExitCode { (Interruption.isAskedFor ? ExitStatus.interrupted : .refused).code }

  /// Decides each property of a file, each within the limits.
  private func runAll(_ path: String, _ net: Net) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw UnreadableQueries(path: path) }
    let properties = namedProperties(String(decoding: data, as: UTF8.self), of: net)
    Interruption.watch()
    let verifier = verifier(of: net)
    var (answers, isDecided) = ([JSONValue](), true)
    for named in properties where !Interruption.isAskedFor {
      switch named.property {
      case .failure(let error):
        isDecided = false
        answers.append(.object([("name", .string(named.name)), ("error", .string(error.message.description))]))
        if !output.json { say("\(named.name): error: \(error.message)") }
      case .success(let property):
        let found = verifier.verify(property, clock: patience.clock(named.name))
        isDecided = isDecided && found.holds != nil
        answers.append(.object([("name", .string(named.name))] + members(found, net)))
        if !output.json { say("\(named.name): \(words(found, net))") }
      }
    }
    if output.json { sayJSON(.object([("answers", .array(answers))])) }
    if !isDecided || Interruption.isAskedFor { throw undecided }
  }

  private func words(_ found: Verification, _ net: Net) -> Words {
    guard let holds = found.holds else { return "\(found.reason): \(found.stop.map { patience.words($0) } ?? "")" }
    var lines: [Words] = ["\(holds ? "true" : "false"): \(found.reason)"]
    if !found.witness.isEmpty {
      let names = found.witness.map { net.transitions[$0].name }
      let start = found.loop?.lowerBound ?? names.count
      let parts = [
        start > 0 ? ["after \(names[..<start].joined(separator: ", "))"] : [],
        start < names.count ? ["for ever \(names[start...].joined(separator: ", "))"] : [],
      ].flatMap(\.self)
      lines.append("  \(parts.joined(separator: ", "))")
    }
    return Words(lines)
  }

  private func members(_ found: Verification, _ net: Net) -> [(String, JSONValue)] {
    func names(_ path: some Sequence<Int>) -> JSONValue { .array(path.map { .string(net.transitions[$0].name) }) }
    return [
      ("holds", found.holds.map { .truth($0) } ?? .null),
      ("reason", .string(found.stop.map { patience.words($0) } ?? found.reason)), ("witness", names(found.witness)),
      ("loop", found.loop.map { names(found.witness[$0]) } ?? .null), ("markings_found", .number(found.markings)),
    ]
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

/// A file of queries that cannot be read.
struct UnreadableQueries: Reportable, CustomStringConvertible {
  let path: String

  /// What is wrong, for people.
  var description: String { "cannot read \(path): it must be a regular file that you may read" }
}
