import ArgumentParser
import Chain
import Foundation
import Installer
import Postgres
import SQL

/// Checks the chains.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify the hash chains of events; exits with 1 if one is broken.",
    discussion: """
      Every hash is recomputed and every marking is replayed. --anchor FILE also checks that each instance still has the \
      history that was anchored. --proof FILE --anchor ROOT checks one proof against the root of an anchor, without a \
      database.
      """)

  @Argument(help: "The net; by default all nets.")
  var net: String?

  @Argument(help: "The instance; by default all instances.")
  var id: String?

  @Option(help: "A file written by ptflow anchor -o; with --proof, the file or its root.", completion: .file())
  var anchor: String?

  @Option(help: "A file written by ptflow prove.", completion: .file())
  var proof: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func validate() throws {
    if proof != nil, net != nil {
      throw ValidationError("with --proof, give no net and no instance: the proof names them")
    }
    if proof != nil, anchor == nil { throw ValidationError("--proof needs the anchor: --anchor ROOT") }
  }

  func run() throws {
    try reporting(json: output.json) {
      if let proof, let anchor { return try check(proof, against: anchor) }
      let file = try anchor.map { try AnchorFile(path: $0) }
      let connection = try database.connect()
      let problems = try chainProblems(connection) + (file.map { try anchorProblems($0, connection) } ?? [])
      if output.json {
        sayJSON(.array(problems.map(\.jsonValue)))
      } else if problems.isEmpty {
        say("\([net, id].compactMap { $0 }.joined(separator: " "))\(net == nil ? "all nets" : ""): intact")
      } else {
        say(table(ChainProblem.head, problems.map(\.cells)))
      }
      if !problems.isEmpty { throw ExitStatus.refused.code }
    }
  }

  /// What `ptflow_verify` says.
  private func chainProblems(_ connection: borrowing Connection) throws -> [ChainProblem] {
    let facade = try Facade(connection)
    let nets = try net.map { [$0] } ?? Catalogue(of: connection).nets(connection).map(\.net)
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
      throw UnusableAnchor(path: anchor, reason: "neither a file nor a root (64 hexadecimal digits)")
    }
    let root = try isRoot ? anchor.lowercased() : AnchorFile(path: anchor).header.root
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let data = FileManager.default.contents(atPath: proof), let read = try? decoder.decode(Proof.self, from: data)
    else { throw UnusableAnchor(path: proof, reason: "not a file written by ptflow prove") }
    let isTrue = read.root.map { "\($0)" } == root
    if output.json {
      let head = read.head
      sayJSON([
        "proved": .truth(isTrue), "net": .string(read.net), "id": .string(read.id), "seq": JSONValue(head?.seq),
        "hash": JSONValue(head?.hash),
      ])
    } else if isTrue {
      say(
        "\(read.net) \(read.id): proved: \(read.events.count) event\(read.events.count == 1 ? "" : "s"), exactly as anchored"
      )
    } else {
      say("\(read.net) \(read.id): not proved: another history was anchored, or the proof was changed")
    }
    if !isTrue { throw ExitStatus.refused.code }
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
