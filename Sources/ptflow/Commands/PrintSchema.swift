import ArgumentParser
import Foundation
import NetFormats

/// Prints the JSON Schema of the native format.
struct PrintSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of *.ptflow.yaml, for editors.",
    discussion: """
      An editor that knows it completes keys and marks mistakes. For the YAML extension of Visual Studio Code:
        ptflow schema > ptflow.schema.json
      and the first line of a net
        # yaml-language-server: $schema=ptflow.schema.json
      """)

  @Option(name: .shortAndLong, help: "The output file; standard output by default.", completion: .file())
  var output: String?

  func run() throws {
    try reporting {
      let data = Data(nativeSchema.utf8)
      if let output { try write(data, to: output) } else { FileHandle.standardOutput.write(data) }
    }
  }
}
