import ArgumentParser
import Chain
import Foundation
import Installer
import Postgres
import SQL

/// Checks the chains.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the chains of events; exits with 1 when one is broken.",
    discussion: """
      Every hash is computed again and every marking replayed. With the file of an anchor, it is also checked that each
      instance still has the history that was anchored. With --proof nothing but the proof is read: no database, and of
      the anchor only its root.
      """)

  @Argument(help: "The net; all of them without it.")
  var net: String?

  @Argument(help: "The instance; all of them without it.")
  var id: String?

  @Option(help: "A file of ptflow anchor -o, or for a proof its root.", completion: .file())
  var anchor: String?

  @Option(help: "A file of ptflow prove.", completion: .file())
  var proof: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func validate() throws {
    if proof != nil, net != nil { throw ValidationError("a proof says itself which instance it is of") }
    if proof != nil, anchor == nil { throw ValidationError("say which anchor the proof belongs to: --anchor ROOT") }
  }

  func run() throws {
    try reporting(json: output.json) {
      if let proof, let anchor { return try check(proof, against: anchor) }
      let file = try anchor.map { try AnchorFile(path: $0) }
      let connection = try database.connect()
      let problems = try chainProblems(connection) + (file.map { try anchorProblems($0, connection) } ?? [])
      if output.json {
        print(JSONValue.array(problems.map(\.jsonValue)).text)
      } else if problems.isEmpty {
        print("\([net, id].compactMap { $0 }.joined(separator: " "))\(net == nil ? "all nets" : ""): intact")
      } else {
        print(table(ChainProblem.head, problems.map(\.cells)))
      }
      if !problems.isEmpty { throw ExitCode(1) }
    }
  }

  /// What `ptflow_verify` says.
  private func chainProblems(_ connection: borrowing Connection) throws -> [ChainProblem] {
    let facade = try Facade(connection)
    let nets = try net.map { [$0] } ?? Catalogue.read(of: connection) { try $0.nets($1).map(\.net) }
    var progress = ProgressBar(total: nets.count, label: "verifying")
    var problems: [ChainProblem] = []
    for net in nets {
      progress.advance(net)
      let arguments: [Facade.Argument] = [("net", "text", net), ("id", "text", id)]
      problems += try facade.rows("ptflow_verify", arguments, on: connection).map { row in
        ChainProblem(
          net: net, instance: row["instance"] ?? "", seq: row["seq"] ?? "", problem: row["problem"] ?? "",
          expected: row["expected"], found: row["found"])
      }
    }
    progress.finish()
    return problems
  }

  /// The anchored heads that the log does not bear out.
  private func anchorProblems(_ file: AnchorFile, _ connection: borrowing Connection) throws -> [ChainProblem] {
    let asked = file.heads.filter { (net == nil || $0.net == net) && (id == nil || $0.id == id) }
    return try unconfirmed(asked, on: connection).map { head in
      ChainProblem(
        net: head.net, instance: head.id, seq: "\(head.seq)", problem: "anchor", expected: head.hash, found: nil)
    }
  }

  /// Checks a proof without a database.
  private func check(_ proof: String, against anchor: String) throws {
    let isRoot = Hash(anchor) != nil
    guard isRoot || FileManager.default.fileExists(atPath: anchor) else {
      throw UnusableAnchor(path: anchor, reason: "this is neither a file nor a root, which has 64 hexadecimal digits")
    }
    let root = try isRoot ? anchor.lowercased() : AnchorFile(path: anchor).header.root
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let data = FileManager.default.contents(atPath: proof), let read = try? decoder.decode(Proof.self, from: data)
    else { throw UnusableAnchor(path: proof, reason: "it is not what ptflow prove writes") }
    let isTrue = read.root.map { "\($0)" } == root
    if output.json {
      let head = read.head
      print(
        JSONValue.object([
          ("proved", .truth(isTrue)), ("net", .string(read.net)), ("id", .string(read.id)),
          ("seq", JSONValue(head?.seq)), ("hash", JSONValue(head?.hash)),
        ]).text)
    } else if isTrue {
      print("\(read.net) \(read.id): these \(read.events.count) events, and no others, were anchored")
    } else {
      print("\(read.net) \(read.id): this history was not anchored, or the proof was changed")
    }
    if !isTrue { throw ExitCode(1) }
  }
}

/// Something that is wrong with a chain.
private struct ChainProblem {
  let net: String
  let instance: String
  let seq: String
  let problem: String
  let expected: String?
  let found: String?

  static let head = ["net", "instance", "seq", "problem", "expected", "found"]

  var cells: [String] { [net, instance, seq, problem, expected ?? "", found ?? ""] }

  var jsonValue: JSONValue {
    [
      "net": .string(net), "instance": .string(instance), "seq": .verbatim(seq), "problem": .string(problem),
      "expected": JSONValue(expected), "found": JSONValue(found),
    ]
  }
}
