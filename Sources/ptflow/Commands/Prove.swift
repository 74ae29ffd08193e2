import ArgumentParser
import Chain
import Foundation
import Installer
import Postgres

/// Proves the history of one instance.
struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a proof that an anchor contains the history of an instance.",
    discussion: """
      The proof holds the net, the events of the instance up to the anchor, and the way from them to the anchor's root.
      Whoever knows the root checks it without the database: ptflow verify --proof FILE --root ROOT.
      """)

  @OptionGroup var instance: InstanceArguments

  @Option(help: "A file written by ptflow anchor -o.", completion: .file())
  var anchor: String

  @Option(name: .shortAndLong, help: "The output file; standard output by default.", completion: .file())
  var output: String?

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    try reporting {
      let heads = try AnchoredHeads(path: anchor).heads
      guard let index = heads.firstIndex(where: { $0.belongs(to: instance.net, instance.id) }) else {
        throw UnusableAnchor(path: anchor, reason: "it was made before \(instance.net) \(instance.id) began")
      }
      let connection = try database.connect()
      try demandEngine(connection)
      guard let proof = try prove(index, of: heads, on: connection) else {
        let reason = "the database has another history of \(instance.net) \(instance.id); see ptflow verify"
        throw UnusableAnchor(path: anchor, reason: reason)
      }
      let data = try proof.data
      if let output { try write(data, to: output) } else { FileHandle.standardOutput.write(data) }
    }
  }
}
