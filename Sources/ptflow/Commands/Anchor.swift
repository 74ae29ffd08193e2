import ArgumentParser
import Foundation
import Installer
import Postgres

/// Sums all chains up in one hash.
struct Anchor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print one hash over the histories of all instances, to be published.",
    discussion: """
      The hash is the root of a Merkle tree (RFC 6962) over the last hash of every instance. Who knows it can detect later \
      that a history was rewritten, even by the owner of the database: ptflow verify --anchor FILE checks all instances, \
      ptflow prove makes a proof for one.
      """)

  @Option(
    name: .shortAndLong, help: "Write the anchor to this file; verify --anchor and prove need it.", completion: .file())
  var output: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var format: JSONOption

  func run() throws {
    try reporting(json: format.json) {
      let connection = try database.connect()
      try demandEngine(connection)
      let file = AnchorFile(try heads(connection), at: Date())
      if let output { try write(file.data, to: output) }
      if format.json {
        sayJSON([
          "root": .string(file.header.root), "instances": .number(file.header.instances),
          "at": .string(file.header.at),
        ])
      } else {
        say("\(file.header.root)")
      }
    }
  }
}
