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
      Every hash is computed again, and every event fired again from the marking before it. With the file of an anchor,
      it is also checked that each instance still has the history that was anchored, and the anchor's root is printed:
      compare it with the one that was published, or give that as --root. With --proof nothing but the proof is read: no
      database, and of the anchor only its root.
      """)

  @Argument(help: "The net; by default all nets.")
  var net: String?

  @Argument(help: "The instance; by default all instances.")
  var id: String?

  @Option(help: "A file of ptflow anchor -o; for a proof, its root will do.", completion: .file())
  var anchor: String?

  @Option(help: "The root that was published, 64 hexadecimal digits; the anchor must have it.", transform: Self.hash)
  var root: Hash?

  @Option(help: "A file of ptflow prove.", completion: .file())
  var proof: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  private static func hash(_ digits: String) throws -> Hash {
    guard let hash = Hash(digits) else { throw ValidationError("a root has 64 hexadecimal digits") }
    return hash
  }

  private static let noRoot = ValidationError("say which anchor the proof belongs to: --root ROOT")

  func validate() throws {
    if proof != nil, net != nil { throw ValidationError("a proof says itself which instance it is of") }
    if proof != nil, anchor == nil, root == nil { throw Self.noRoot }
    if proof == nil, anchor == nil, root != nil {
      throw ValidationError("say which anchor has this root: --anchor FILE, or --proof FILE")
    }
  }

  func run() throws {
    try reporting(json: output.json) {
      if let proof { return try check(try Proof(path: proof), against: try knownRoot()) }
      let file = try anchor.map { try AnchoredHeads(path: $0) }
      if let file { try demand(file.header.root) }
      let connection = try database.connect()
      let nets = try net.map { [$0] } ?? Catalogue.read(of: connection) { try $0.nets($1).map(\.net) }
      tellDrift(of: nets, connection)
      let problems = try chainProblems(of: nets, connection) + (file.map { try anchorProblems($0, connection) } ?? [])
      if output.json {
        sayJSON(.array(problems.map(\.jsonValue)))
      } else {
        if let file { say("anchor of \(file.header.instances) instances: \(file.header.root)") }
        if problems.isEmpty {
          say("\([net, id].compactMap { $0 }.joined(separator: " "))\(net == nil ? "all nets" : ""): intact")
        } else {
          say(table(ChainProblem.head, problems.map(\.cells)))
        }
      }
      if !problems.isEmpty { throw ExitStatus.refused.code }
    }
  }

  /// Says when the nets are not as ptflow writes them: then what was verified is the log, but not who writes it.
  private func tellDrift(of nets: [String], _ connection: borrowing Connection) {
    guard let faults = glance(at: nets, on: connection)?.faults, !faults.isEmpty else { return }
    let count: Words = faults.count == 1 ? "1 difference" : "\(faults.count) differences"
    standardError("ptflow: \(count) from what ptflow writes, see ptflow doctor")
  }

  /// Refuses an anchor that has another root than the published one.
  private func demand(_ found: Hash) throws {
    guard let anchor, let root, root != found else { return }
    throw UnusableAnchor(path: anchor, reason: "its root is \(found), not the one that was given")
  }

  /// The root to which a proof has to lead.
  private func knownRoot() throws -> Hash {
    guard let anchor else {
      guard let root else { throw Self.noRoot }
      return root
    }
    let found: Hash
    if FileManager.default.fileExists(atPath: anchor) {
      found = try AnchoredHeads(path: anchor).header.root
    } else if let hash = Hash(anchor) {
      found = hash
    } else {
      throw UnusableAnchor(path: anchor, reason: "this is neither a file nor a root, which has 64 hexadecimal digits")
    }
    try demand(found)
    return found
  }

  /// What `ptflow_verify` says.
  private func chainProblems(of nets: [String], _ connection: borrowing Connection) throws -> [ChainProblem] {
    let facade = try Facade(connection)
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
  private func anchorProblems(_ file: AnchoredHeads, _ connection: borrowing Connection) throws -> [ChainProblem] {
    let asked = file.heads.filter { $0.belongs(to: net ?? $0.net, id ?? $0.id) }
    return try unconfirmed(asked, on: connection).map { head in
      ChainProblem(
        net: head.net, instance: head.id, seq: "\(head.seq)", problem: "anchor", expected: "\(head.hash)", found: nil)
    }
  }

  /// Checks a proof without a database.
  private func check(_ proof: Proof, against root: Hash) throws {
    let problems = proof.problems(against: root)
    let head = proof.head
    if output.json {
      sayJSON(
        .object([
          ("proved", .truth(problems.isEmpty)), ("net", .string(proof.net)), ("id", .string(proof.id)),
          ("seq", .number(head.seq)), ("hash", .string("\(head.hash)")),
          ("problems", .array(problems.map(\.jsonValue))),
        ]))
    } else if problems.isEmpty {
      say(
        "\(proof.net) \(proof.id): these \(head.seq) events, and no others, were anchored; the net allows all of them")
    } else {
      say("\(proof.net) \(proof.id): not proved")
      say(table(["seq", "problem"], problems.map { [$0.seq.map(String.init) ?? "", "\($0)"] }))
    }
    if !problems.isEmpty { throw ExitStatus.refused.code }
  }
}

extension ProofProblem {
  fileprivate var jsonValue: JSONValue { ["seq": JSONValue(seq), "problem": .string(description)] }
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
