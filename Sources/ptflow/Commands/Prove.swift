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
      The proof holds the events of the instance up to the anchor, and the hashes that lead from them to the anchor's \
      root. Who knows the root can check it without the database: ptflow verify --proof FILE --anchor ROOT.
      """)

  @OptionGroup var instance: InstanceArguments

  @Option(help: "A file written by ptflow anchor -o.", completion: .file())
  var anchor: String

  @Option(name: .shortAndLong, help: "The output file; standard output by default.", completion: .file())
  var output: String?

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    try reporting {
      let file = try AnchorFile(path: anchor)
      guard let index = file.heads.firstIndex(where: { $0.net == instance.net && $0.id == instance.id }) else {
        throw UnusableAnchor(
          path: anchor, reason: "it does not contain \(instance.net) \(instance.id), which was created later")
      }
      let connection = try database.connect()
      try demandEngine(connection)
      guard let proof = try prove(index, of: file.heads, on: connection) else {
        let reason = "the database has another history of \(instance.net) \(instance.id); run ptflow verify"
        throw UnusableAnchor(path: anchor, reason: reason)
      }
      let encoder = JSONEncoder()
      encoder.keyEncodingStrategy = .convertToSnakeCase
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let data = try encoder.encode(proof) + Data("\n".utf8)
      if let output { try write(data, to: output) } else { FileHandle.standardOutput.write(data) }
    }
  }
}
