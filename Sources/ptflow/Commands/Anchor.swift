import ArgumentParser
import Chain
import Installer
import Postgres

/// Sums all chains up in one hash.
struct Anchor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print one hash over the histories of all instances, to be published.",
    discussion: """
      It is the root of a Merkle tree (RFC 6962) over the last hash of every instance. Whoever knows it can tell later
      whether any of the histories was rewritten, whatever the owner of the database does: ptflow verify --anchor FILE
      --root ROOT tells for all of them, ptflow prove for one.
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
      let anchor = AnchoredHeads(try heads(connection))
      if let output { try write(anchor.data, to: output) }
      if format.json {
        sayJSON(
          .object([
            ("root", .string("\(anchor.header.root)")), ("instances", .number(anchor.header.instances)),
            ("at", .string(anchor.header.at)),
          ]))
      } else {
        say("\(anchor.header.root)")
      }
    }
  }
}
